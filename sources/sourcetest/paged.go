package sourcetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// A Paged is a source that answers queries itself, page by page, and has no streams.
type Paged struct {
	// PageSize bounds the hits of a page beside the limit of the request.
	PageSize int
	// Wider has it leave out the query and say so: its answers hold every match, and others.
	Wider bool
	// Notes are what it says with each page and its totals that it could not do.
	Notes []string
	// Tells has it tell news of what is added once it runs.
	Tells bool
	// Partial has it leave out every third hit of its answers, and say so.
	Partial bool

	name string

	mu    sync.Mutex
	hits  []sources.Hit // in order
	trips int
	err   error
	gate  chan struct{}    // nil: open
	held  chan struct{}    // has a value for each question that came to the gate
	to    sources.Sink     // of Run; nil: it does not run, or tells no news
	news  int64            // pieces of news so far
	piece map[string]int64 // of a hit that news told of, by ID
}

// NewPaged returns a server that holds the records, which keep their order where their times are equal.
func NewPaged(name string, records ...*logs.Record) *Paged {
	p := &Paged{name: name, PageSize: 10, piece: map[string]int64{}}
	p.Add(records...)
	return p
}

// Records decodes a text of the toy format, the same records that Indexer makes of it.
func Records(text string) (out []*logs.Record) {
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); i++ {
		raw := lines[i]
		for i+1 < len(lines) && scanLine([]byte(lines[i+1]), 0).joins && lines[i+1] != "" {
			i++
			raw += lines[i]
		}
		if raw != "" {
			r := &logs.Record{}
			r.Reset()
			toy{}.Decode([]byte(raw), r)
			out = append(out, r)
		}
	}
	return out
}

// Add puts further records into the index, and tells of them as one piece of news.
func (p *Paged) Add(records ...*logs.Record) { p.Put(records...)() }

// Put puts further records into the index, and returns what tells of them as one piece of news.
func (p *Paged) Put(records ...*logs.Record) (tell func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.news++
	p.add(p.news, records)
	return p.teller(false)
}

// TellAgain tells once more of the piece of news that was told last.
func (p *Paged) TellAgain() {
	p.mu.Lock()
	tell := p.teller(false)
	p.mu.Unlock()
	tell()
}

// teller tells of the last piece of news, if anybody listens. It is called with mu held.
func (p *Paged) teller(more bool) (tell func()) {
	to, of := p.to, sources.News{Number: p.news, Set: p, More: more}
	return func() {
		if to != nil {
			to.Arrive(of)
		}
	}
}

// AddLast is Add to the piece of news that was told last, which is told again.
func (p *Paged) AddLast(records ...*logs.Record) {
	p.mu.Lock()
	p.add(p.news, records)
	tell := p.teller(true)
	p.mu.Unlock()
	tell()
}

// add is called with mu held.
func (p *Paged) add(piece int64, records []*logs.Record) {
	for _, r := range records {
		n := len(p.hits) + 1
		r.Resource = &logs.Resource{Source: p.name}
		h := sources.Hit{Position: sources.Position{Time: r.Time, Sequence: int64(n)}, ID: fmt.Sprintf("index/%d", n), Record: r}
		p.hits, p.piece[h.ID] = append(p.hits, h), piece
	}
	slices.SortFunc(p.hits, func(a, b sources.Hit) int { return comparePositions(a.Position, b.Position) })
}

func comparePositions(a, b sources.Position) int {
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Sequence, b.Sequence))
}

// Fail has every question fail with err; nil ends that.
func (p *Paged) Fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

// Hold has questions wait until the function that it returns is called.
func (p *Paged) Hold() (release func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	gate := make(chan struct{})
	p.gate, p.held = gate, make(chan struct{}, 100)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.gate = nil
		close(gate)
	}
}

// Held receives a value for each question that comes to wait after Hold, of up to a hundred.
func (p *Paged) Held() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held
}

// Trips is how many questions it was asked.
func (p *Paged) Trips() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.trips
}

// Name implements sources.Source.
func (p *Paged) Name() string { return p.name }

// Run implements sources.Source.
func (p *Paged) Run(ctx context.Context, to sources.Sink) error {
	if p.Tells {
		p.mu.Lock()
		p.news++
		p.to = to
		n := p.news
		p.mu.Unlock()
		to.Arrive(sources.News{Number: n})
	}
	to.Report(sources.Health{Source: p.name, Kind: "server", State: sources.Live})
	<-ctx.Done()
	return nil
}

// trip counts a question, and waits or fails as it was told to.
func (p *Paged) trip(ctx context.Context) error {
	p.mu.Lock()
	p.trips++
	gate, held := p.gate, p.held
	p.mu.Unlock()
	if gate != nil {
		select {
		case held <- struct{}{}:
		default:
		}
		select {
		case <-gate:
		case <-ctx.Done():
		}
	}
	p.mu.Lock()
	err := p.err
	p.mu.Unlock()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// matching returns the hits that the filter selects as far as the server can ask it.
func (p *Paged) matching(f sources.Filter) (out []sources.Hit) {
	var q *query.Query
	if f.Query != nil && !p.Wider {
		q = query.Compile(f.Query, query.Env{Now: f.Now})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.hits {
		if len(f.Among) > 0 && !slices.ContainsFunc(f.Among, func(n sources.News) bool { return n.Number == p.piece[h.ID] }) {
			continue
		}
		if h.Record.Severity >= f.Level && (f.From == logs.NoTime || h.Time >= f.From) && (f.To == logs.NoTime || h.Time < f.To) &&
			(q == nil || q.Match(h.Record)) {
			out = append(out, h)
		}
	}
	return out
}

// Search implements sources.Searcher.
func (p *Paged) Search(ctx context.Context, r sources.Request) (sources.Page, error) {
	if err := p.trip(ctx); err != nil {
		return sources.Page{}, err
	}
	hits := p.matching(r.Filter)
	if r.Backward {
		slices.Reverse(hits)
	}
	hits = slices.DeleteFunc(hits, func(h sources.Hit) bool {
		order := comparePositions(h.Position, r.Start)
		return order == 0 || (order > 0) == r.Backward
	})
	if p.Partial {
		hits = slices.DeleteFunc(hits, func(h sources.Hit) bool { return h.Sequence%3 == 0 })
	}
	n := min(r.Limit, p.PageSize, len(hits))
	return sources.Page{Hits: hits[:n], End: n == len(hits), Wider: p.Wider && r.Query != nil, Partial: p.Partial, Notes: p.Notes}, nil
}

// Count implements sources.Searcher.
func (p *Paged) Count(ctx context.Context, f sources.Filter) (summary.Count, error) {
	t, err := p.Totals(ctx, f)
	if err != nil {
		return summary.Count{}, err
	}
	return t.Records, nil
}

// Totals implements sources.Searcher.
func (p *Paged) Totals(ctx context.Context, f sources.Filter) (*summary.Totals, error) {
	if err := p.trip(ctx); err != nil {
		return nil, err
	}
	t := summary.NewTotals()
	t.Lines, t.Bytes = -1, -1
	for _, h := range p.matching(f) {
		t.Add(h.Record.Time, h.Record.Severity, h.Record.Service, 0, 0, false)
	}
	for _, n := range p.Notes {
		t.Note(summary.Note{Text: p.name + ": " + n})
		t.Records.Certainty = summary.AtLeast
	}
	return t, nil
}
