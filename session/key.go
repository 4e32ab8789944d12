package session

import (
	"cmp"
	"math"

	"github.com/lxlog/lx/logs"
)

// A Key is a record's place in the one order of all sources: by order time, then
// by source, then by position in it. Rows are asked for by key and never by
// number: a number changes whenever a record arrives above it. A key need not be
// that of a record.
type Key struct {
	Time     int64 // order time, nanoseconds since 1970
	Source   int64 // the source's place in the session, and that of the stream in its source
	Sequence int64 // position in it
}

// FirstKey is less than or equal to the key of every record, LastKey greater.
var (
	FirstKey = Key{logs.NoTime, math.MinInt64, math.MinInt64}
	LastKey  = Key{math.MaxInt64, math.MaxInt64, math.MaxInt64}
)

// Compare is -1, 0 or 1.
func (k Key) Compare(o Key) int {
	switch {
	case k.Time != o.Time:
		return cmp.Compare(k.Time, o.Time)
	case k.Source != o.Source:
		return cmp.Compare(k.Source, o.Source)
	}
	return cmp.Compare(k.Sequence, o.Sequence)
}

// Place is the source's place in the session, as in Health. Of a key that is no record's it may be any.
func (k Key) Place() int { return sourceOf(k.Source) }

// An ID is a record's identity: the same for as long as the session lives, whatever arrives or is fetched again.
type ID struct {
	Source     string
	Place      int64  // Key.Source, which tells sources of the same name apart
	Generation int    // of the file
	Offset     int64  // of its first byte in its stream
	Hit        string // for hits of a Searcher: their identity there
}

// streamPlace is the Key.Source of a source's n-th stream; searchers' hits have that of stream 0.
func streamPlace(source int, n int64) int64 { return int64(source)<<32 | min(n, math.MaxUint32) }

// sourceOf is the source's place in the session, of the Key.Source of its streams.
func sourceOf(place int64) int { return int(place >> 32) }
