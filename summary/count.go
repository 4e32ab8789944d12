// Package summary holds the results of counting records. It knows how to merge
// two of them, and nothing about how they were made: results come from blocks,
// from whole sources that count by themselves, and from both together.
package summary

import (
	"fmt"

	"github.com/lxlog/lx/logs"
)

// Certainty says how a count relates to the truth.
type Certainty uint8

const (
	Exact    Certainty = iota // it is the number
	AtLeast                   // there may be more: a source cannot say exactly
	Counting                  // so far: the work goes on
)

// A Count is a number of records and what it is worth.
type Count struct {
	N         int64
	Certainty Certainty
}

// Add returns the sum, as certain as the less certain of the two.
func (c Count) Add(d Count) Count {
	return Count{c.N + d.N, max(c.Certainty, d.Certainty)}
}

// String is "6,180", "6,180+" for at least, "6,180 so far".
func (c Count) String() string {
	s := Thousands(c.N)
	switch c.Certainty {
	case AtLeast:
		return s + "+"
	case Counting:
		return s + " so far"
	}
	return s
}

// Thousands writes n with a comma between each three digits.
func Thousands(n int64) string {
	if n < 0 {
		return "-" + Thousands(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", Thousands(n/1000), n%1000)
}

// ByLevel counts records by level; index 0 is records without one.
type ByLevel [logs.Levels]int64

// Total is the sum over all levels.
func (b *ByLevel) Total() (n int64) {
	for _, c := range b {
		n += c
	}
	return n
}

// Add merges o into b.
func (b *ByLevel) Add(o *ByLevel) {
	for i := range o {
		b[i] += o[i]
	}
}
