package query

import (
	"strings"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// A timeTest decides about a time: @timestamp:"2026-03-14" holds for the whole
// day. A wildcard or a regular expression looks at the time in UTC as RFC 3339 writes it.
type timeTest struct {
	times []when.Interval
	whole test // for texts that are no times; all of it for wildcards and regular expressions
	parse *timeParser
}

func byTime(v Value, s scope) *timeTest {
	t := &timeTest{whole: byWhole(v), parse: newTimeParser(s.env)}
	if v.Kind == Plain || v.Kind == Quoted {
		for _, text := range v.Alternatives() {
			if i, err := when.Typed(text, s.env.Now, s.env.Location); err == nil {
				t.times = append(t.times, i)
			}
		}
	}
	return t
}

// core decides about the time of a record.
func (t *timeTest) core(r *logs.Record) bool {
	return r.Time != logs.NoTime && t.instant(r.Time)
}

func (t *timeTest) instant(nanos int64) bool {
	for _, i := range t.times {
		if orderInTime(nanos, i) == 0 {
			return true
		}
	}
	if _, equal := t.whole.(*equalTest); equal {
		return false
	}
	var buffer [40]byte
	return t.whole.holds(logs.TextValue(string(when.AppendRFC3339(buffer[:0], nanos))))
}

// holds decides about a further field that has a time's name.
func (t *timeTest) holds(v logs.Value) bool {
	if t.whole.holds(v) {
		return true
	}
	if len(t.times) == 0 {
		return false
	}
	nanos, ok := t.parse.read(v.Str)
	return ok && t.instant(nanos)
}

// orderInTime is below 0, 0 or above 0 as the instant lies before, in or behind i.
func orderInTime(nanos int64, i when.Interval) int {
	switch {
	case nanos < i.From:
		return -1
	case nanos >= i.To:
		return 1
	}
	return 0
}

// A timeParser reads values that are times, for any number of goroutines.
type timeParser struct{ pool sync.Pool }

func newTimeParser(e *Env) *timeParser {
	loc := e.Location
	return &timeParser{sync.Pool{New: func() any { return &timeReader{p: when.NewParser(loc)} }}}
}

type timeReader struct {
	p    *when.Parser
	text []byte
}

// maxTime is how long a time may be written, in bytes.
const maxTime = 100

// read reads an instant; a time that leaves its year or day open is none.
func (t *timeParser) read(s string) (nanos int64, ok bool) {
	if len(s) > maxTime || !strings.ContainsAny(s, "0123456789") {
		return 0, false
	}
	r := t.pool.Get().(*timeReader)
	defer t.pool.Put(r)
	r.text = append(r.text[:0], s...)
	stamp, ok := r.p.Whole(r.text)
	return stamp.Nanos, ok && stamp.Missing&(when.Year|when.Date) == 0
}
