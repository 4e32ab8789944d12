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
}

// A Position is a place in a source's order: by time, then by Sequence. Of the
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
	Notes []string // what the source could not do or look through, for people
}

// A Hit is one record of an answer.
type Hit struct {
	Position
	ID     string // its identity within the source: "_index/_id"
	Record *logs.Record
}
