package ui

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// asks counts what is asked of views.
type asks struct {
	*shop
	rows, totals int
}

func (a *asks) View(f session.Filter) (session.View, error) {
	v, err := a.shop.View(f)
	return askedView{v, a}, err
}

type askedView struct {
	session.View
	of *asks
}

func (v askedView) Rows(ctx context.Context, key session.Key, before, after int) (session.Page, error) {
	v.of.rows++
	return v.View.Rows(ctx, key, before, after)
}

func (v askedView) Totals(ctx context.Context) (*summary.Totals, error) {
	v.of.totals++
	return v.View.Totals(ctx)
}

// However often something changes, one request for rows and one count are under way, and
// one of each comes after them.
func TestOneRequestAtATime(t *testing.T) {
	x := &asks{shop: newShop(100)}
	s := open(t, x, 80, 24, "")
	var ticks []tea.Cmd
	s.tick = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		cmd := func() tea.Msg { return f(time.Time{}) }
		ticks = append(ticks, cmd)
		return nil
	}
	x.rows, x.totals = 0, 0
	load, count := s.load(), s.count()
	for range 50 {
		if cmd := s.load(); cmd != nil {
			t.Fatal("a second request for rows is under way")
		}
		if cmd := s.count(); cmd != nil {
			t.Fatal("a second count is under way")
		}
	}
	s.run(load)
	if x.rows != 2 {
		t.Errorf("rows were asked for %d times, not once and once again", x.rows)
	}
	s.run(count)
	if x.totals != 1 || len(ticks) != 1 {
		t.Errorf("counted %d times, %d waits", x.totals, len(ticks))
	}
	s.run(ticks[0])
	if x.totals != 2 {
		t.Errorf("counted %d times: what changed meanwhile is missing", x.totals)
	}
}

// A count that takes long is made the less often: it has a tenth of the time.
func TestCountsAreSpaced(t *testing.T) {
	s := open(t, newShop(10), 80, 24, "")
	f := func(took, want time.Duration) {
		t.Helper()
		var got time.Duration
		s.tick = func(d time.Duration, _ func(time.Time) tea.Msg) tea.Cmd { got = d; return nil }
		s.counted(tallyMsg{scope: s.scope(), tally: s.scope().tally, took: took})
		if got != want {
			t.Errorf("after %s the next one waits %s, not %s", took, got, want)
		}
	}
	f(0, tallyEach)
	f(time.Millisecond, tallyEach)
	f(time.Second, 10*time.Second)
}

// A frame in which nothing has changed is the one before: nothing of it is written.
func TestSameFrameWhileNothingChanges(t *testing.T) {
	s := open(t, newShop(500), 80, 24, "")
	before := s.View().Content
	for range 3 {
		s.run(s.refresh())
		if s.View().Content != before {
			t.Errorf("the frame has changed:\n%s", s.frame())
		}
	}
}

// Where nothing stays on the screen from one look to the next, the looks are further apart.
func TestFloodIsDrawnLessOften(t *testing.T) {
	x := newShop(1000)
	all := x.rows
	x.rows = all[:100]
	s := open(t, x, 80, 24, "")
	f := func(n int, want bool) {
		t.Helper()
		x.rows = all[:n]
		if s.run(s.load()); s.flood != want {
			t.Errorf("%d records: a flood: %t", n, s.flood)
		}
	}
	f(105, false)
	f(500, true)
	f(503, false)
	s.press("'k")
	f(1000, false) // it does not follow
}
