package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// refusing is a shop that refuses views from a moment on.
type refusing struct {
	*shop
	refuse error
}

func (r *refusing) View(f session.Filter) (session.View, error) {
	if r.refuse != nil {
		return nil, r.refuse
	}
	return r.shop.View(f)
}

// What is refused leaves everything as it is, and at work.
func TestRefusedSelections(t *testing.T) {
	f := func(want string, press ...string) {
		t.Helper()
		x := &refusing{shop: newShop(300)}
		s := open(t, x, 80, 24, "")
		s.press("'k")
		before, key := s.scope(), s.scope().anchor()
		x.refuse = errors.New("no such selection")
		s.press(press...)
		if s.scope() != before || before.ctx.Err() != nil || len(s.layers) != 1 {
			t.Errorf("%q: %d layers, the work for the first one: %v", press, len(s.layers), before.ctx.Err())
		}
		s.tells(want)
		x.refuse = nil
		s.press("esc", "'k")
		if n := s.scope().anchor(); n.Time != key.Time-int64(time.Second) || s.scope().failure != "" {
			t.Errorf("%q: the cursor is at %v, was at %v; %s", press, n, key, s.scope().failure)
		}
	}
	f("no such selection", "'&level:ERROR", "enter")
	f("no such selection", "'x")
	f("no such selection", "tab", "'hh", "enter")
	f("no such selection", "'Le")
}

// A range that ends now and cannot be bound anew shows what it did.
func TestRefusedRange(t *testing.T) {
	x := &refusing{shop: newShop(300)}
	s := open(t, x, 80, 24, "")
	s.press("'rh")
	now := noon
	s.Now = func() time.Time { return now }
	now, x.refuse = noon.Add(time.Hour), errors.New("no such range")
	if s.changed(); s.scope().failure != "no such range" || s.scope().rows == nil {
		t.Errorf("%q", s.scope().failure)
	}
	s.listed(t, 300, 300)
}

// Nothing goes on for a selection that no layer shows.
func TestLeftScopesStop(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	var all []*scope
	seen := func(keys ...string) {
		t.Helper()
		s.press(keys...)
		all = append(all, s.scope())
	}
	seen("'x")
	seen("'&level:ERROR")
	seen("' or level:WARN")
	seen("esc")
	seen("'&level:ERROR", "enter")
	seen("'5", "enter", "enter")
	seen("esc", "esc", "esc", "esc")
	for i, sc := range all {
		if shown := sc == s.scope(); (sc.ctx.Err() == nil) != shown {
			t.Errorf("%d (%s): shown %v, %v", i, sc.text(), shown, sc.ctx.Err())
		}
	}
	if len(s.layers) != 1 {
		t.Errorf("%d layers", len(s.layers))
	}
}

// A bar's records are shown from their beginning, wherever the cursor was.
func TestBarBegins(t *testing.T) {
	f := func(keys ...string) {
		t.Helper()
		s := open(t, newShop(300), 80, 24, "")
		s.press(keys...)
		s.press("tab", "'hh", "enter")
		if row, ok := s.scope().current(); !ok || row.Record.Time != s.scope().from || s.scope().following {
			t.Errorf("%q: the cursor is on %v, the bar begins at %v", keys, row.Key.Time, s.scope().from)
		}
	}
	f()
	f("'k")
	f("'g")
}

// A bookmark that is found while somebody types leaves what is typed alone.
func TestFoundWhileTyping(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "level:ERROR")
	s.press("'X", "'km", "esc")
	cmd := s.goToMark(s.marks.list[0])
	s.press("'&")
	s.run(cmd)
	if len(s.layers) != 1 {
		t.Errorf("%d layers under the filter bar", len(s.layers))
	}
	s.press("ctrl+u", "'service:orders", "enter")
	if s.scope().ctx.Err() != nil || s.scope().text() != "service:orders" {
		t.Errorf("%s: %v", s.scope().text(), s.scope().ctx.Err())
	}
}

// waiting is a view whose rows wait until something else was done.
type waiting struct {
	session.View
	on chan struct{}
}

func (v waiting) Rows(ctx context.Context, key session.Key, before, after int) (session.Page, error) {
	<-v.on
	return v.View.Rows(ctx, key, before, after)
}

// What goes to a time, or a bookmark, looks in the views of the moment it was asked in,
// while the range of the list moves on.
func TestGoesWhileTheRangeMoves(t *testing.T) {
	f := func(cmd func(s *screen) tea.Cmd) {
		t.Helper()
		s := open(t, newShop(300), 80, 24, "")
		s.press("'km", "'rh")
		sc := s.scope()
		on := make(chan struct{})
		sc.rows = waiting{sc.rows, on}
		answers := make(chan tea.Msg, 10)
		var run func(cmd tea.Cmd)
		run = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			go func() {
				msg := cmd()
				if batch, ok := msg.(tea.BatchMsg); ok {
					for _, c := range batch {
						run(c)
					}
					return
				}
				answers <- msg
			}()
		}
		run(cmd(s))
		if err := sc.bind(s.Explorer, noon.Add(time.Minute), false); err != nil {
			t.Fatal(err)
		}
		close(on)
		s.send(<-answers)
		if sc.failure != "" {
			t.Error(sc.failure)
		}
	}
	f(func(s *screen) tea.Cmd { return s.goToTime(noon.Add(-4*time.Hour).UnixNano(), "it") })
	f(func(s *screen) tea.Cmd { return s.goToMark(s.marks.list[0]) })
}

// Hits of a text that was looked for before are not those of another.
func TestHitsOfAnotherText(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.search.set("declined")
	v, err := s.searchView(s.scope())
	if err != nil {
		t.Fatal(err)
	}
	old := s.countHits(s.scope(), v)
	s.press("'gg/accepted", "enter")
	want := s.search.hits.N
	s.run(old)
	if s.search.hits.N != want || want == 0 {
		t.Errorf("%d hits, not %d", s.search.hits.N, want)
	}
}

// countingView tells the context that it is counted with.
type countingView struct {
	session.View
	with *context.Context
}

func (v countingView) Totals(ctx context.Context) (*summary.Totals, error) {
	*v.with = ctx
	return v.View.Totals(ctx)
}

// A text that is no longer looked for is not counted on.
func TestCountOfATextEnds(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.search.set("declined")
	v, err := s.searchView(s.scope())
	if err != nil {
		t.Fatal(err)
	}
	var with context.Context
	cmd := s.countHits(s.scope(), countingView{v, &with})
	s.search.set("accepted")
	if s.run(cmd); with == nil || with.Err() == nil {
		t.Error("it is counted on")
	}
	s.press("'g/declined")
	s.tells("in 30 records")
}

// A search that ends in a layer that was left is over.
func TestSearchOfALeftLayer(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.press("'x")
	s.search.set("declined")
	cmd := s.seek(session.FirstKey, true, true)
	s.press("esc")
	s.run(cmd)
	if s.search.running() {
		t.Error("it goes on")
	}
}

// Ctrl-c twice quits, also out of a box and while a file is saved that does not end.
func TestTwiceQuits(t *testing.T) {
	f := func(s *screen) {
		t.Helper()
		s.press("ctrl+c")
		_, cmd := s.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
		if cmd == nil {
			t.Fatal("it goes on")
		}
		if _, quit := cmd().(tea.QuitMsg); !quit {
			t.Error("it goes on")
		}
	}
	s := open(t, newShop(30), 80, 24, "")
	f(s)
	s = open(t, newShop(30), 80, 24, "")
	s.press("'&level")
	f(s)
	s = open(t, newShop(30), 80, 24, "")
	stopped := false
	s.saving = &saving{path: "x.jsonl", cancel: func() { stopped = true }}
	if f(s); !stopped {
		t.Error("the file is not given up")
	}
}

// A range is to end behind its beginning.
func TestRangeTheWrongWayRound(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.press("'rt09:00 to 08:00", "enter")
	if s.box == nil || s.scope().from != logs.NoTime || len(s.past) > 0 {
		t.Errorf("%T %v", s.box, s.scope().selection)
	}
	s.tells("it ends before it begins")
}

// A search that is given up leaves the list as it was.
func TestSearchGivenUp(t *testing.T) {
	f := func(following bool, keys ...string) {
		t.Helper()
		s := open(t, newShop(300), 80, 24, "")
		s.press(keys...)
		before, key := s.scope().following, s.scope().list.Cursor
		s.press("'/order 7", "esc")
		if now := s.scope(); before != following || now.following != following || now.list.Cursor != key || s.search.text != "" {
			t.Errorf("%q: follows %v, then %v; row %d, then %d", keys, before, now.following, key, now.list.Cursor)
		}
	}
	f(true)
	f(false, "'kkk")
}
