package session

import (
	"context"
	"io"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// A Row is one record of a view.
type Row struct {
	Key    Key
	ID     ID
	Record *logs.Record // decoded, the caller's to keep

	// Late: it stands more than 2 s before the newest record that had arrived before
	// it in its stream. What a file held when it was opened is never late.
	Late bool
	// Ahead is how far the time that it says lies behind its arrival, where it
	// stands; 0 where that is not more than 2 s. A Searcher's stands at its time, ahead of now.
	Ahead time.Duration
}

// A View is the records of a session that a filter selects. It stays valid while
// records arrive: each call answers for the moment of the call. Safe for many goroutines.
//
// The filter's range selects by order time, and so holds records without a time
// of their own where they stand; its least level leaves out records without one.
// "now" in its query is the moment when the view was made.
type View interface {
	// Filter is what the view selects by.
	Filter() sources.Filter

	// Rows returns up to before rows with keys less than key, and up to after
	// rows from key on, in order. The row of key itself is the first of the
	// latter. Searchers are asked for what is not known yet; one that fails is
	// named in Notes, and the others' rows are there. Work stops when ctx ends.
	Rows(ctx context.Context, key Key, before, after int) (Page, error)

	// Known is Rows of what is here already: no Searcher is asked. A screen shows
	// it until Rows, called beside it, has answered.
	Known(ctx context.Context, key Key, before, after int) (Page, error)

	// Totals counts what the filter selects, exactly where that is possible.
	Totals(ctx context.Context) (*summary.Totals, error)

	// KnownTotals is Totals of what is here already: no Searcher is asked. Of each it has
	// what Totals had last; the count is summary.Counting where that holds no more, or
	// where there is nothing, which a note says that names the Searcher as its Source.
	KnownTotals(ctx context.Context) (*summary.Totals, error)

	// Count is how many records that is, with less work. What is missing from it is in Unread.
	Count(ctx context.Context) (summary.Count, error)

	// Each calls f for every record in order, until f returns false. The record
	// is valid during the call alone. An error names the sources, or the number
	// of records, that could not be read; it comes when all others have been.
	Each(ctx context.Context, f func(Key, *logs.Record) bool) error

	// InOrder is Each in the order of streams, and of the bytes in each, but for
	// records that came as hits of a Searcher.
	InOrder(ctx context.Context, f func(Key, *logs.Record) bool) error

	// Scan calls functions for every record, on all cores and in no order. made is
	// called for each goroutine before it begins, and makes the function that it
	// calls; the record is valid during the call alone, and without its line number.
	// The error is that of Each.
	//
	// Records of a Searcher that counts values by itself are not among them: see Facets.
	//
	// With from, not nil, it is for every record that is whole and that no scan with it
	// has given, also one that ctx ended. Of a Searcher, which is asked once a second
	// at most, these are the records behind the last one given. The error may be ErrAnew.
	Scan(ctx context.Context, from *Scanned, made func() func(*logs.Record)) error

	// Facets counts the values of every field, in the order of names and core fields
	// first, with the top most frequent ones. Notes say what is missing from it. The error is ctx's;
	// then it is what was counted by then.
	Facets(ctx context.Context, top int) (list []summary.Facet, notes []string, err error)

	// Follow calls f for the last records, at most last of them, all where that is
	// negative, in order, and then for every record that becomes whole from now on,
	// as they arrive, until f returns false, ctx ends (which is no error) or all
	// sources have ended. Of a Searcher these are the records that it tells news of.
	Follow(ctx context.Context, last int, f func(Key, *logs.Record) bool) error

	// Arrived counts the records that arrived since a mark: those with keys less
	// than key, and those from it on. A record that was open then is not among them.
	// What was counted is remembered for the mark that was asked for last. The error is ctx's.
	Arrived(ctx context.Context, since *Mark, key Key) (Arrivals, error)

	// Undecoded is the same view, of which Each, InOrder and Follow give records that are
	// not decoded: of those in the store Raw, Time, Guessed, Severity, Marks and
	// Resource alone are told.
	Undecoded() View

	// WriteRaw writes all bytes of the record that stands at the key, as they came,
	// of which Raw holds the first alone where it is marked logs.Cut. The error is
	// w's, or says why they cannot be read. Records that came as hits of a Searcher
	// have no others than Raw.
	WriteRaw(at Key, w io.Writer) error

	// Unread says for each source which records could not be read when they were
	// asked for by now, and that a Searcher could not count when it was asked last.
	Unread() []error
}

// A Page is what Rows found.
type Page struct {
	Rows []Row
	At   int // index in Rows of the first row from the key on
	// Complete says for each source by its name in which times all there is has
	// been found. Where a source is missing, or between its intervals, it is still
	// read, was not asked or has not answered: draw a gap, not silence.
	Complete map[string][]Interval
	Head     bool   // there is nothing before the first row
	Tail     bool   // there is nothing after the last row
	Version  uint64 // of the session: as long as it stays, Rows finds the same
	Fetched  int    // hits of Searchers that are here
	Notes    []string
}

// Interval is the times from From to before To, nanoseconds since 1970.
type Interval struct{ From, To int64 }
