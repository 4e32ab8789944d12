package sources

import (
	"context"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// A Searcher is a source that answers queries by itself, page by page, and
// counts without handing over what it counts. Its Run opens no stream for what
// it can be asked for; it reports health, and brings what is live.
type Searcher interface {
	Source

	// Search returns hits in the order of their positions, nearest to r.From
	// first: a page, not more than r.Limit. Each call may cost a round trip.
	Search(ctx context.Context, r Request) (Page, error)

	// Count counts the records that match, as exactly as the source can.
	Count(ctx context.Context, f Filter) (summary.Count, error)

	// Totals counts them by level, service and minute.
	Totals(ctx context.Context, f Filter) (*summary.Totals, error)
}

// A Filter selects records. All of its parts must hold.
type Filter struct {
	Query query.Node    // nil: everything
	Level logs.Severity // the least severity; 0: any, and records without one
	From  int64         // nanoseconds since 1970, inclusive; logs.NoTime: no bound
	To    int64         // exclusive; logs.NoTime: no bound
	Now   time.Time     // what "now" means in Query: the moment when the view was made, which its session fills in
	Among []News        // only records that are among these; none: all that there are
}

// News are records that a Searcher finds now and did not before: a Sink is told of
// them. What was asked for before the first news is to be asked again; after
// that a search misses nothing but what the news since then are about.
type News struct {
	// Number tells pieces of news apart and grows from piece to piece. The same
	// number again is the same piece, of which more was found: its records, those
	// of before among them.
	Number int64
	// Set is what the Searcher knows the records by, for Filter.Among. nil: it is not
	// known which they are, and everything is to be asked again.
	Set any
	// More: the same number was told before, and there may be more of it now. Else what is
	// told again is the same, in case that not all of it was found when it was asked for.
	More bool
}

// A Faceter is a Searcher that counts the values of every field by itself.
type Faceter interface {
	Searcher

	// Facets returns every field of the records that match, with its top most
	// frequent values, in the order of names. Notes say what of it could not be counted.
	Facets(ctx context.Context, f Filter, top int) (list []summary.Facet, notes []string, err error)
}

// A Retrier is a source that waits before it tries again, and can be told not to. When
// its Run has returned an error it may be called again.
type Retrier interface{ Retry() }

// A Position is a place in a source's order: by time, then by Sequence. Time is that
// of the record as finely as the source sorts by it, never later than the record's. Of the
// records with equal times the source alone knows the order; Sequence is that
// order, and the same however often and from whichever side a record is fetched:
// it follows from the record, not from the search. A position to start from need
// not be that of a record; its parts may be the least and greatest there are.
type Position struct {
	Time     int64
	Sequence int64
}

// A Request asks for one page of hits.
type Request struct {
	Filter
	Start    Position
	Backward bool // older ones, from Start down; else newer ones, from Start up; Start itself is left out
	Limit    int
}

// A Page is a run of hits without gaps: every match between Start and the last
// hit is in it.
type Page struct {
	Hits []Hit
	End  bool // there is nothing beyond the last hit
	// Wider: the source could not ask all that the filter says; what it gave holds every match, and others.
	Wider bool
	// Partial: a part of the source did not answer, so that hits may be missing. Later it may.
	Partial bool
	Notes   []string // what the source could not do or look through, for people
}

// A Hit is one record of an answer.
type Hit struct {
	Position
	ID     string // its identity within the source: "_index/_id"
	Record *logs.Record
	Late   bool // news told of it when newer ones were known; the session says so
}
