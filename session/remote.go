package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// A remote is what a view knows of one Searcher's answer.
type remote struct {
	v     *view
	r     *running
	place int64         // Key.Source of its hits
	turn  chan struct{} // holds one value while hits are asked for

	heard int64     // serial of the news up to which what is known holds, guarded by turn
	came  cameSince // guarded by the turn of view.arrived, as early is
	early cameSince // what came of it that the first look may know

	counting chan struct{}   // holds one value while totals are asked for, and whoever put it there has what follows
	total    *summary.Totals // it and when it is of are written with mu held, too
	totalOf  counted
	only     summary.Count
	onlyOf   counted

	mu       sync.Mutex // guards what follows
	spans    []*span    // apart from each other
	answered bool       // a question at least, so that wider is known
	wider    bool       // the searcher cannot ask all that the filter says
	notes    []string
	err      error     // what the last question failed with
	retry    time.Time // before, it is not asked again, unless somebody wants it since
	wanted   int64     // running.wanted when it failed

	uncounted error // what counting failed with

	first firstLook // guarded by mu until it is taken
}

const (
	pageSize   = 500             // hits asked for at once
	streamSize = 5000            // the same, where all are wanted
	maxPages   = 40              // questions for one call of Rows, where few of the hits match
	maxHits    = 20_000          // hits that a view keeps of one Searcher
	maxCounted = 10_000          // matches that are fetched only to be counted
	maxLooked  = 50_000          // hits that are looked at for them
	freshFor   = time.Second     // how long "there is nothing beyond" holds
	failedFor  = 3 * time.Second // before a Searcher that failed is asked again
)

// position is the least one in the source whose key is not less than k.
func (m *remote) position(k Key) sources.Position {
	switch {
	case k.Source < m.place:
		return sources.Position{Time: k.Time, Sequence: math.MinInt64}
	case k.Source > m.place:
		return next(sources.Position{Time: k.Time, Sequence: math.MaxInt64})
	}
	return sources.Position{Time: k.Time, Sequence: k.Sequence}
}

// around returns the hits before a position, nearest first, and those from it
// on, as far as they are known, and whether there is nothing beyond either end.
func (m *remote) around(p sources.Position) (older, newer []sources.Hit, head, tail bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.spanAt(p)
	if s == nil || s.lo == s.hi {
		return nil, nil, false, false
	}
	i := s.index(p)
	older = slices.Clone(s.hits[:i])
	slices.Reverse(older)
	return older, slices.Clone(s.hits[i:]), s.lo == firstPosition, s.hi == lastPosition
}

// spanAt returns the span that p lies in or borders on, nil where there is none.
func (m *remote) spanAt(p sources.Position) *span {
	for _, s := range m.spans {
		if !before(p, s.lo) && !before(s.hi, p) {
			return s
		}
	}
	return nil
}

// fetch asks until older hits before p and newer ones from it on are known, or there are no more.
func (m *remote) fetch(ctx context.Context, p sources.Position, older, newer int) error {
	select {
	case m.turn <- struct{}{}:
		defer func() { <-m.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := m.expire(); err != nil {
		return err
	}
	if err := m.hear(ctx, p); err != nil {
		return err
	}
	for range maxPages {
		req, ok := m.wanting(p, older, newer)
		if !ok {
			return nil
		}
		if err := m.ask(ctx, p, req); err != nil {
			return err
		}
	}
	return errors.New("few of its records match: searched no further")
}

// expire forgets that there is nothing beyond the newest hit, once that is some
// time ago. It returns what the last question failed with, as long as another is too early.
func (m *remote) expire() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.v.s.o.Now()
	if m.err != nil && now.Before(m.retry) && m.wanted == m.r.wanted() {
		return m.err
	}
	m.spans = slices.DeleteFunc(m.spans, func(s *span) bool { return !s.doubt.IsZero() && now.After(s.doubt) })
	if m.r.tellsNews() {
		return nil
	}
	for _, s := range m.spans {
		if s.hi == lastPosition && now.After(s.until) {
			s.hi = s.lo
			if n := len(s.hits); n > 0 {
				s.hi = next(s.hits[n-1].Position)
			}
		}
	}
	return nil
}

// wanting returns the next question; false where nothing is wanting.
func (m *remote) wanting(p sources.Position, older, newer int) (sources.Request, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.spanAt(p)
	if s == nil {
		m.spans = slices.DeleteFunc(m.spans, func(o *span) bool { return o.lo == o.hi })
		s = &span{lo: p, hi: p, until: m.v.s.o.Now().Add(freshFor)}
		m.spans = append(m.spans, s)
	}
	i := s.index(p)
	req := sources.Request{Filter: m.v.filter}
	switch {
	case len(s.hits)-i < newer && s.hi != lastPosition:
		req.Start, req.Limit = previous(s.hi), newer-(len(s.hits)-i)
	case i < older && s.lo != firstPosition:
		req.Start, req.Limit, req.Backward = s.lo, older-i, true
	default:
		return req, false
	}
	req.Limit = min(max(req.Limit, 50), pageSize)
	if m.wider {
		req.Limit = pageSize
	}
	return req, true
}

// question puts one question, and notes how that went.
func (m *remote) question(ctx context.Context, req sources.Request) (sources.Page, error) {
	page, err := m.r.searcher.Search(ctx, req)
	if ctx.Err() != nil {
		return page, ctx.Err()
	}
	if err == nil && len(page.Hits) == 0 && !page.End {
		err = errors.New("BUG: it answers with no hits, and says that there are more")
	}
	m.r.asked(err)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err, m.retry, m.wanted = err, m.v.s.o.Now().Add(failedFor), m.r.wanted()
	if err == nil {
		m.answered, m.wider = true, m.wider || page.Wider
		m.notes = page.Notes
	}
	return page, err
}

// remarks are what the searcher said about its last answer.
func (m *remote) remarks() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.notes
}

// ask puts one question and adds its answer to the span at p.
func (m *remote) ask(ctx context.Context, p sources.Position, req sources.Request) error {
	at, told := m.v.s.o.Now().UnixNano(), m.r.newsSerial()
	page, err := m.question(ctx, req)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.first.take(&req, &page, at, told)
	s := m.spanAt(p)
	if req.Backward {
		s.extendDown(page, m.matching(page.Hits))
	} else {
		s.extendUp(page, m.matching(page.Hits))
		s.until = m.v.s.o.Now().Add(freshFor)
	}
	if page.Partial {
		s.doubt = m.v.s.o.Now().Add(failedFor)
	}
	m.join(s)
	m.trim(s, p)
	return nil
}

// errPartial says that a part of a Searcher did not answer.
var errPartial = errors.New("not all of it answers, and records may be missing")

// partial is the errPartial of a page of which hits may be missing, nil of others.
func (m *remote) partial(p *sources.Page) error {
	switch {
	case !p.Partial:
		return nil
	case len(p.Notes) == 0:
		return fmt.Errorf("%s: %w", m.r.source.Name(), errPartial)
	}
	return fmt.Errorf("%s: %w: %s", m.r.source.Name(), errPartial, strings.Join(p.Notes, "; "))
}

// search asks for the page of hits upwards from behind start. Its hits are those that match.
func (m *remote) search(ctx context.Context, start sources.Position) (got pageAhead) {
	got.page, got.err = m.question(ctx, sources.Request{Filter: m.v.filter, Start: start, Limit: streamSize})
	if got.found = len(got.page.Hits); got.found > 0 {
		got.last = got.page.Hits[got.found-1].Position
	}
	got.page.Hits = m.matching(got.page.Hits)
	return got
}

// matching are the hits that the view selects.
func (m *remote) matching(hits []sources.Hit) (out []sources.Hit) {
	m.r.markLate(hits)
	for i := range hits {
		if m.v.matches(&hits[i]) {
			out = append(out, hits[i])
		}
	}
	return out
}

// join makes one span of s and those that it has reached. Each hit stays once.
func (m *remote) join(s *span) {
	kept := m.spans[:0]
	for _, o := range m.spans {
		if o == s || before(s.hi, o.lo) || before(o.hi, s.lo) {
			kept = append(kept, o)
			continue
		}
		if !o.doubt.IsZero() {
			s.doubt = o.doubt
		}
		if before(o.lo, s.lo) {
			s.hits = append(slices.Clone(o.hits[:o.index(s.lo)]), s.hits...)
			s.lo = o.lo
		}
		if before(s.hi, o.hi) {
			s.hits = append(s.hits, o.hits[o.index(s.hi):]...)
			s.hi, s.until = o.hi, o.until
		}
	}
	m.spans = kept
}

// trim lets go of hits far from p where there are too many.
func (m *remote) trim(s *span, p sources.Position) {
	total := 0
	for _, o := range m.spans {
		total += len(o.hits)
	}
	if total <= maxHits {
		return
	}
	m.spans = []*span{s}
	i := s.index(p)
	if from := i - maxHits/2; from > 0 {
		s.lo = s.hits[from].Position
		s.hits = slices.Clone(s.hits[from:])
		i -= from
	}
	if to := i + maxHits/2; to < len(s.hits) {
		s.hi = s.hits[to].Position
		s.hits = slices.Clone(s.hits[:to])
	}
}

// complete returns the times in which every match is known.
func (m *remote) complete() (out []Interval) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.spans {
		if s.lo == s.hi || !s.doubt.IsZero() {
			continue // nothing has been answered for it; behind its time there may be none to count from
		}
		in := Interval{s.lo.Time, s.hi.Time}
		if s.lo.Sequence != math.MinInt64 {
			in.From++ // of that very time some may be unknown
		}
		if in.From < in.To {
			out = append(out, in)
		}
	}
	slices.SortFunc(out, func(a, b Interval) int { return cmp.Compare(a.From, b.From) })
	return out
}
