package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// counted is of when a figure is.
type counted struct {
	serial int64 // of the news that the source had told by then
	at     time.Time

	failed bool
	wanted int64 // running.wanted when it was asked for
}

// recountedAfter is how long a figure holds of a source that tells news: it does
// not tell of records that are deleted.
const recountedAfter = time.Minute

// counts is of what is counted from now on.
func (m *remote) counts() counted {
	return counted{serial: m.r.newsSerial(), at: m.v.s.o.Now(), wanted: m.r.wanted()}
}

// holds reports whether a figure still counts.
func (m *remote) holds(c counted) bool {
	age := m.v.s.o.Now().Sub(c.at)
	switch {
	case c.failed && (age > failedFor || c.wanted != m.r.wanted()):
		return false
	case m.r.tellsNews():
		return c.serial == m.r.newsSerial() && age <= recountedAfter
	}
	return age <= freshFor
}

// countOnly is how many records the searcher counts.
func (m *remote) countOnly(ctx context.Context) (summary.Count, error) {
	select {
	case m.counting <- struct{}{}:
		defer func() { <-m.counting }()
	case <-ctx.Done():
		return summary.Count{}, ctx.Err()
	}
	if m.total != nil && m.holds(m.totalOf) {
		return m.total.Records, nil
	}
	if !m.holds(m.onlyOf) {
		of := m.counts()
		n, err := m.countedOnly(ctx)
		if ctx.Err() != nil {
			return summary.Count{}, ctx.Err()
		}
		if of.failed = m.uncounts(err) != nil; of.failed {
			n = summary.Count{Certainty: summary.AtLeast}
		}
		m.only, m.onlyOf = n, of
	}
	return m.only, nil
}

// countedOnly asks for the searcher's count, as counted does for its totals.
func (m *remote) countedOnly(ctx context.Context) (summary.Count, error) {
	wider, err := m.isWider(ctx)
	switch {
	case err != nil:
		return summary.Count{}, err
	case wider:
		t, err := m.countHits(ctx)
		return t.Records, err
	}
	n, err := m.r.searcher.Count(ctx, m.v.filter)
	if ctx.Err() == nil {
		m.r.asked(err)
	}
	return n, err
}

// uncounts remembers what counting failed with, nil where it did not, and says whose that is.
func (m *remote) uncounts(err error) error {
	if err != nil {
		what := "not counted"
		if name := m.r.source.Name(); !strings.HasPrefix(err.Error(), name) {
			what = name + " is not counted"
		}
		err = fmt.Errorf("%s: %w", what, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uncounted = err
	return err
}

// count adds what the searcher counts.
func (m *remote) count(ctx context.Context, out *summary.Totals) error {
	select {
	case m.counting <- struct{}{}:
		defer func() { <-m.counting }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if m.total == nil || !m.holds(m.totalOf) {
		of := m.counts()
		t, err := m.counted(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := m.uncounts(err); err != nil {
			of.failed = true
			t = summary.NewTotals()
			t.Lines, t.Bytes = -1, -1
			t.Records.Certainty = summary.AtLeast
			t.Note(summary.Note{Text: err.Error(), Fault: true, Source: m.r.source.Name()})
		}
		m.mu.Lock()
		m.total, m.totalOf = t, of
		m.mu.Unlock()
	}
	out.Merge(m.total)
	return nil
}

// countKnown adds what count added last, and waits for nobody.
func (m *remote) countKnown(out *summary.Totals) {
	m.mu.Lock()
	t, of := m.total, m.totalOf
	m.mu.Unlock()
	if t == nil {
		t = summary.NewTotals()
		t.Lines, t.Bytes = -1, -1
		name := m.r.source.Name()
		t.Note(summary.Note{Text: name + " has not been counted yet", Source: name})
	}
	out.Merge(t)
	if of.at.IsZero() || !m.holds(of) {
		out.Records.Certainty = summary.Counting
	}
}

// counted asks for the searcher's totals. What it cannot ask exactly is fetched and counted here, up to a limit.
func (m *remote) counted(ctx context.Context) (*summary.Totals, error) {
	wider, err := m.isWider(ctx)
	if err != nil {
		return nil, err
	}
	if wider {
		return m.countHits(ctx)
	}
	t, err := m.r.searcher.Totals(ctx, m.v.filter)
	if ctx.Err() == nil {
		m.r.asked(err)
	}
	return t, err
}

// isWider reports whether the searcher cannot ask all that the filter says, which an answer tells.
func (m *remote) isWider(ctx context.Context) (bool, error) {
	m.mu.Lock()
	known := m.answered || m.v.filter.Query == nil && m.v.filter.Level == 0
	wider := m.wider
	m.mu.Unlock()
	if known {
		return wider, nil
	}
	err := m.fetch(ctx, lastPosition, 1, 0)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.answered { // that few of its records match is another matter
		return m.wider, nil
	}
	return m.wider, err
}

// countHits fetches matches to count them: all with Options.CountAll, else up to limits.
func (m *remote) countHits(ctx context.Context) (*summary.Totals, error) {
	t := summary.NewTotals()
	t.Lines, t.Bytes = -1, -1
	f := &streamFeed{m: m, start: firstPosition}
	if !m.v.s.o.CountAll {
		f.most = maxLooked
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop() // a page that was asked for ahead is of no use any more
	atLeast := func(n summary.Note) (*summary.Totals, error) {
		t.Records.Certainty = summary.AtLeast
		t.Note(n)
		return t, nil
	}
	name := m.r.source.Name()
	for {
		more, err := f.advance(ctx)
		switch {
		case errors.Is(err, errPartial):
			return atLeast(summary.Note{Text: err.Error(), Fault: true, Source: name})
		case errors.Is(err, errLooked):
			return atLeast(summary.Note{Text: fmt.Sprintf("%s cannot ask all of the query: %s of what it finds were looked at", name, summary.Thousands(int64(f.looked)))})
		case err != nil || !more:
			return t, err
		case f.most > 0 && t.Records.N == maxCounted:
			return atLeast(summary.Note{Text: fmt.Sprintf("%s cannot ask all of the query: counted up to %s", name, summary.Thousands(maxCounted))})
		}
		h := &f.page.Hits[0]
		t.Add(h.Record.Time, h.Record.Severity, h.Record.Service, 0, 0, h.Record.Marks&logs.Unparsed != 0)
	}
}
