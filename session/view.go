package session

import (
	"context"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// A Key is a record's place in the one order of all sources: by order time, then
// by source, then by position in it. Rows are asked for by key and never by
// number: a number changes whenever a record arrives above it.
type Key struct {
	Time     int64 // order time, nanoseconds since 1970
	Source   int32 // ordinal of the stream or searching source in the session
	Sequence int64 // position in it
}

// Compare is -1, 0 or 1.
func (k Key) Compare(o Key) int {
	switch {
	case k.Time != o.Time:
		return sign(k.Time < o.Time)
	case k.Source != o.Source:
		return sign(k.Source < o.Source)
	case k.Sequence != o.Sequence:
		return sign(k.Sequence < o.Sequence)
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// An ID is a record's identity: the same for as long as the session lives, whatever arrives or is fetched again.
type ID struct {
	Source     string
	Generation int
	Offset     int64  // of its first byte in its stream
	Hit        string // for hits of a Searcher: their identity there
}

// A Row is one record of a view.
type Row struct {
	Key    Key
	ID     ID
	Record *logs.Record // decoded, the caller's to keep
}

// A View is the records of a session that a filter selects. It stays valid while
// records arrive: each call answers for the moment of the call. Safe for many goroutines.
type View interface {
	// Filter is what the view selects by.
	Filter() sources.Filter

	// Rows returns up to before rows with keys less than key, and up to after
	// rows from key on, in order. The row of key itself is the first of the
	// latter. Work stops when ctx ends.
	Rows(ctx context.Context, key Key, before, after int) (Page, error)

	// Totals counts what the filter selects, exactly where that is possible.
	Totals(ctx context.Context) (*summary.Totals, error)

	// Each calls f for every record in order, until f returns false. The record
	// is valid during the call alone.
	Each(ctx context.Context, f func(Key, *logs.Record) bool) error
}

// A Page is what Rows found.
type Page struct {
	Rows []Row
	At   int // index in Rows of the first row from the key on
	// Complete says for each source by its name in which times the page shows all
	// there is. Where a source is missing, or between its intervals, it was not
	// asked or has not answered: draw a gap, not silence.
	Complete map[string][]Interval
	Head     bool // there is nothing before the first row
	Tail     bool // there is nothing after the last row
	Version  uint64
	Notes    []string
}

// Interval is the times from From to before To, nanoseconds since 1970.
type Interval struct{ From, To int64 }

// FirstKey is less than or equal to the key of every record, LastKey greater.
var (
	FirstKey = Key{Time: logs.NoTime}
	LastKey  = Key{Time: 1<<63 - 1, Source: 1<<31 - 1, Sequence: 1<<63 - 1}
)
