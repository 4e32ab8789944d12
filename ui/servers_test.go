package ui

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// asked is a screen over a server that holds numbered records, and others.
func askedServer(t *testing.T, n, width, height int, filter string, others ...sources.Source) (*screen, *sourcetest.Paged) {
	t.Helper()
	p := sourcetest.NewPaged("prod", sourcetest.Records(numbered(0, n))...)
	p.PageSize = 500
	x := running(t, append([]sources.Source{p}, others...)...)
	known(t, x)
	return open(t, x, width, height, filter), p
}

// known waits until each source has said what it is.
func known(t *testing.T, x Explorer) {
	t.Helper()
	until(t, x, func(h *session.Health) bool { return h.Kind != "" && h.State != session.Opening })
}

// until waits until something holds for all sources.
func until(t *testing.T, x Explorer, holds func(*session.Health) bool) {
	t.Helper()
	for {
		changed, all := x.Changed(), true
		for _, h := range x.Health() {
			all = all && holds(&h)
		}
		if all {
			return
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal("a source does not come to that")
		}
	}
}

// held is what a screen shows while the server does not answer: the commands of do are
// under way. answer lets it answer, and runs them to their end.
func (s *screen) held(p *sourcetest.Paged, do func() tea.Cmd) (answer func()) {
	s.t.Helper()
	release := p.Hold()
	tick := s.tick
	s.tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	late, waiting := make(chan tea.Msg), 0
	var start func(cmd tea.Cmd)
	start = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		msgs := make(chan tea.Msg, 1)
		go func() { msgs <- cmd() }()
		select {
		case msg := <-msgs:
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, c := range batch {
					start(c)
				}
				return
			}
			_, cmd := s.Update(msg)
			start(cmd)
		case <-p.Held():
			waiting++
			go func() { late <- <-msgs }()
		}
	}
	start(do())
	return func() {
		s.tick = tick
		release()
		for range waiting {
			s.send(<-late)
		}
	}
}

// While a server is asked the screen says so; Ctrl-c cancels, and R asks again.
func TestAsking(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}} {
		name := fmt.Sprintf("%dx%d-asking", size.w, size.h)
		s, p := askedServer(t, 2000, size.w, size.h, "")
		s.golden(name + "-counted")
		answer := s.held(p, func() tea.Cmd { s.scope().stop(); return s.jump(session.FirstKey) })
		s.Now = func() time.Time { return noon.Add(1234 * time.Millisecond) }
		s.golden(name)
		trips := p.Trips()
		s.press("ctrl+c")
		s.golden(name + "-cancelled")
		answer()
		s.run(s.refresh())
		if p.Trips() != trips {
			t.Errorf("cancelled, it was asked %d times", p.Trips()-trips)
		}
		s.press("'R")
		s.stands(t, 0)
	}
}

// Twice Ctrl-c quits, also while a server is asked.
func TestAskingQuits(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	answer := s.held(p, func() tea.Cmd { return s.jump(session.FirstKey) })
	defer answer()
	s.press("ctrl+c")
	_, cmd := s.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
	if cmd == nil {
		t.Fatal("it does not quit")
	}
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Errorf("it does %T", cmd())
	}
}

// What a server gave stays where it fails, and where it ends is drawn; nothing is lost when it answers again.
func TestFailing(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}} {
		name := fmt.Sprintf("%dx%d-failing", size.w, size.h)
		s, p := askedServer(t, 2000, size.w, size.h, "")
		before := s.shown()
		p.Fail(errors.New("es1.example:9200: connection refused \x1b[31m"))
		s.came()
		s.golden(name)
		if now := s.shown(); now[len(now)-1] != before[len(before)-1] {
			t.Errorf("%v became %v", before, now)
		}
		s.press("'g")
		s.tells("no answer")
		s.stands(t, s.shown()[0]) // the first of what is known
		s.press("'G")
		s.golden(name + "-G")
		p.Fail(nil)
		s.Explorer.(timed).now.Add(int64(time.Minute))
		s.press("'R")
		s.stands(t, 1999)
		if strings.Contains(s.frame(), "refused") {
			t.Errorf("it is over:\n%s", s.frame())
		}
	}
	s, p := askedServer(t, 0, 80, 24, "")
	p.Fail(errors.New("503 Service Unavailable"))
	s.came()
	s.golden("80x24-failing-bare")
}

// Who goes to the head stands at a record also where the server fails only after a while.
func TestFailingOnTheWayToTheHead(t *testing.T) {
	s, p := askedServer(t, 2000, 80, 24, "")
	s.press("'kk")
	answer := s.held(p, func() tea.Cmd { return s.jump(session.FirstKey) })
	p.Fail(errors.New("did not answer within 3 s"))
	answer()
	s.tells("no answer for what is older")
	s.stands(t, s.shown()[0])
}

// A server in trouble is asked again by itself, later each time; one that has ended is not.
func TestFailingIsAskedAgain(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	var waits []time.Duration
	var next []tea.Cmd
	s.tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		if d >= retryLeast {
			waits = append(waits, d)
			next = append(next, func() tea.Msg { return f(time.Time{}) })
		}
		return nil
	}
	p.Fail(errors.New("503 Service Unavailable"))
	for range 6 {
		s.Explorer.(timed).now.Add(int64(time.Minute))
		if len(next) == 0 {
			s.run(s.load())
		} else {
			s.run(next[len(next)-1])
		}
	}
	want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, time.Minute, time.Minute}
	if !slices.Equal(waits, want) {
		t.Errorf("it waits %v", waits)
	}
	s.health[0].State, s.health[0].Text = session.Ended, "401: the key is not known"
	if s.retry(s.scope()) != nil {
		t.Error("it is asked for ever, and lets nobody in")
	}
}

// Times that a server has not told of are no silence: beside the records of a file they are drawn.
func TestGaps(t *testing.T) {
	f := sourcetest.NewFile("web.log", strings.ReplaceAll(numbered(0, 2000), "orders", "web"))
	s, p := askedServer(t, 2000, 80, 24, "", f)
	s.came()
	answer := s.held(p, func() tea.Cmd {
		s.scope().stop()
		return s.jump(session.Key{Time: noon.Add(-4*time.Hour + 10*time.Minute).UnixNano()})
	})
	s.press("'b")
	s.golden("80x24-gap")
	answer()
	if f := s.frame(); strings.Contains(f, "asking") {
		t.Errorf("it has answered:\n%s", f)
	}
	p.Fail(errors.New("503 Service Unavailable"))
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.press("'g")
	s.golden("80x24-gap-failed")
}

func TestGapsIn(t *testing.T) {
	rows := make([]session.Row, 5)
	for i := range rows {
		rows[i].Key.Time = int64(10 * (i + 1))
	}
	f := func(want string, p session.Page, filter session.Filter) {
		t.Helper()
		p.Rows = rows
		items := gapsIn(p, []string{"a", "b"}, filter)
		slices.SortFunc(items, func(a, b item) int { return a.Key.Compare(b.Key) })
		var got []string
		for _, it := range items {
			got = append(got, fmt.Sprintf("%d %s %d", it.Key.Time, strings.Join(it.gap.servers, "+"), it.gap.side))
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%v: %s, not %s", p.Complete, text, want)
		}
	}
	all := []session.Interval{{From: math.MinInt64, To: math.MaxInt64}}
	unbound := session.Filter{From: logs.NoTime, To: logs.NoTime}
	of := func(a ...session.Interval) map[string][]session.Interval {
		return map[string][]session.Interval{"a": a, "b": all}
	}
	f("", session.Page{Complete: of(all...)}, unbound)
	f("9 a 1, 50 a 0", session.Page{Complete: of()}, unbound)
	f("9 a+b 1, 50 a+b 0", session.Page{}, unbound)
	f("9 a 1, 50 a 0", session.Page{Complete: of(), Head: true, Tail: true}, unbound) // as far as others know
	f("9 a 1", session.Page{Complete: of(session.Interval{From: 11, To: math.MaxInt64})}, unbound)
	f("50 a 2", session.Page{Complete: of(session.Interval{From: math.MinInt64, To: 50})}, unbound)
	f("20 a 0", session.Page{Complete: of(session.Interval{From: math.MinInt64, To: 20}, session.Interval{From: 41, To: math.MaxInt64})}, unbound)
	f("", session.Page{Complete: of(session.Interval{From: math.MinInt64, To: 20}, session.Interval{From: 21, To: math.MaxInt64})}, unbound)
	f("", session.Page{Complete: of(session.Interval{From: 5, To: 60})}, session.Filter{From: 5, To: 60})
	f("9 a 1", session.Page{Complete: of(session.Interval{From: 25, To: 60})}, session.Filter{From: 5, To: 60})
}

// What a server could not do is said above the list, and all of it in the view of the sources.
func TestRemarks(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	p.Notes = []string{"free text does not look in labels.app, which is a keyword \x1b[31m", "1 of 5 shards did not answer"}
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.press("'&n1 or n2", "enter")
	s.golden("80x24-remarks")
	s.press("'S")
	s.golden("80x24-remarks-sources")
}

// The header says how a server is.
func TestServerHealth(t *testing.T) {
	x := newShop(30)
	f := func(want string, h session.Health, width int) {
		t.Helper()
		h.Source, h.Kind = "prod", server
		x.health = []session.Health{h}
		s := open(t, serverShop{x}, width, 24, "")
		if line, _, _ := strings.Cut(s.frame(), "\n"); !strings.HasPrefix(line, want+"  ") {
			t.Errorf("%+v: %s", h, line)
		}
	}
	f(" ● prod live", session.Health{State: session.Live}, 100)
	f(" ● prod live, 5 s+ behind, 12 late, 3 retries", session.Health{State: session.Live, Lag: 7 * time.Second, Late: 12, Retries: 3}, 120)
	f(" ● prod live, 5 s+ behind, 12 late", session.Health{State: session.Live, Lag: 7 * time.Second, Late: 12, Retries: 3}, 64)
	f(" ● prod live, 429: again in 2 s, 1 retry", session.Health{State: session.Live, Text: "429: again in 2 s", Retries: 1}, 100)
	f(" ● prod live", session.Health{State: session.Live, Lag: 48 * time.Hour}, 100)
}

// serverShop is a shop that is a server.
type serverShop struct{ *shop }

func (x serverShop) View(f session.Filter) (session.View, error) {
	v, err := x.shop.View(f)
	return serverView{v}, err
}

type serverView struct{ session.View }

func (v serverView) Known(ctx context.Context, key session.Key, before, after int) (session.Page, error) {
	return v.Rows(ctx, key, before, after)
}

// Of a range the strip shows an hour at least, and no more than that is counted.
func TestRangeOfAServer(t *testing.T) {
	at := func(d time.Duration) int64 { return noon.Add(d).UnixNano() }
	f := func(sel selection, from, to int64) {
		t.Helper()
		if a, b := around(sel, noon); a != from || b != to {
			t.Errorf("%v to %v: from %v to %v", sel.from, sel.to, time.Duration(a-noon.UnixNano()), time.Duration(b-noon.UnixNano()))
		}
	}
	f(selection{from: at(-15 * time.Minute), to: logs.NoTime}, at(-61*time.Minute), logs.NoTime)
	f(selection{from: at(-3 * time.Hour), to: logs.NoTime}, at(-6*time.Hour-time.Minute), logs.NoTime)
	f(selection{from: at(-48 * time.Hour), to: at(-47 * time.Hour)}, at(-49*time.Hour-time.Minute), at(-45*time.Hour+time.Minute))
	f(selection{from: logs.NoTime, to: at(-time.Hour)}, logs.NoTime, logs.NoTime)
	s, _ := askedServer(t, 100, 80, 24, "")
	now := time.Date(2026, 3, 14, 8, 5, 0, 0, time.UTC)
	s.Explorer.(timed).now.Store(now.UnixNano())
	s.Now = func() time.Time { return now }
	s.press("'rb")
	if f := s.scope().all.Filter(); f.From == logs.NoTime || !s.scope().ranged() {
		t.Errorf("all times are counted: %v", f)
	}
	s.tells("last 5 min")
}

// Fields of servers come from what they count.
func TestFieldsOfAServer(t *testing.T) {
	s, _ := askedServer(t, 2000, 80, 24, "level:ERROR")
	s.press("'5")
	s.golden("80x24-fields-server")
	if f := s.top().view.(*fields); f.count == nil || !f.count.asks || !f.shown.done {
		t.Error("it is not asked")
	}
}

// A hit's identity stands in its details, and its surroundings are asked for.
func TestSurroundingsOfAHit(t *testing.T) {
	s, _ := askedServer(t, 2000, 120, 24, "n1990 or n990")
	s.press("'k", "'x")
	s.stands(t, 990)
	if n, of, _ := s.scope().tally.matched(0); n.N != 200 || of.N != 2000 { // of payment
		t.Errorf("%v of %v", n, of)
	}
	s.press("enter")
	s.tells("index/991")
}

// A late record is marked.
func TestLateIsMarked(t *testing.T) {
	x := newShop(30)
	x.rows[20].Late = true
	s := open(t, x, 80, 40, "")
	s.tells("\n▲08:00:20.000")
}

// A search over a server looks through what is here, then has more fetched, and says
// that there is no hit when it has seen the end, not before.
func TestSearchFetchesOn(t *testing.T) {
	s, p := askedServer(t, 3000, 80, 24, "")
	trips := p.Trips()
	f := func(want int, keys ...string) {
		t.Helper()
		s.press(keys...)
		s.stands(t, want)
		if got := p.Trips(); got != trips && want >= 2950 {
			t.Errorf("%v: %d questions for what was here", keys, got-trips)
		}
	}
	f(2999, "'/n2990", "enter")
	if !strings.Contains(s.notice, "no hit below") {
		t.Errorf("the end is here: %s", s.notice)
	}
	f(2990, "'N")
	f(2990, "'/n7 ", "enter") // below there is none
	f(7, "'N")
	if p.Trips() < trips+5 {
		t.Errorf("found after %d questions", p.Trips()-trips)
	}
	f(7, "'N")
	if !strings.Contains(s.notice, "no hit above") {
		t.Errorf("the top is here: %s", s.notice)
	}
	s, _ = askedServer(t, 3000, 80, 24, "")
	s.press("'g", "'/n2000 ")
	if s.stands(t, 20); !strings.Contains(s.notice, "not among what is fetched · Enter searches on") {
		t.Errorf("while it is typed nothing is fetched: %s", s.notice)
	}
	f(2000, "enter")
}

// A search tells how far it is, stops at Ctrl-c, turns into a filter, and does not say
// "no hit" where the server does not answer.
func TestSearchUnderWay(t *testing.T) {
	begun := func() (s *screen, p *sourcetest.Paged, answer func()) {
		s, p = askedServer(t, 3000, 80, 24, "")
		s.press("'g", "'/nothing")
		m := s.held(p, func() tea.Cmd {
			_, cmd := s.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
			return cmd
		})
		return s, p, m
	}
	s, _, answer := begun()
	s.tells("searching 55 of 3,000 · Ctrl-c stops · Ctrl-t as filter (asks the server)")
	s.press("ctrl+c")
	s.tells("search stopped")
	answer()
	if s.search.running() || strings.Contains(s.frame(), "no hit") {
		t.Errorf("it goes on:\n%s", s.frame())
	}

	s, _, answer = begun()
	s.press("ctrl+t")
	if b, ok := s.box.(*filterBox); !ok || b.text() != "*nothing*" {
		t.Errorf("Ctrl-t opens %T", s.box)
	}
	answer()

	s, p, answer := begun()
	p.Fail(errors.New("503 Service Unavailable"))
	answer()
	if f := s.frame(); !strings.Contains(f, "no further") || strings.Contains(f, "no hit") {
		t.Errorf("it failed:\n%s", f)
	}
	p.Fail(nil)
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.press("'n")
	s.tells("no hit in any record")
}

// A filter that is set while a server fails tells of the failure, and asks no more than that.
func TestFilterWhileItFails(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	p.Fail(errors.New("503 Service Unavailable"))
	s.came()
	trips := p.Trips()
	s.send(tea.PasteMsg{Content: "service : nobody"})
	s.press("enter")
	if n := p.Trips() - trips; n > 6 {
		t.Errorf("%d questions to a server that fails", n)
	}
	if f := s.frame(); !strings.Contains(f, "503 Service Unavailable") || strings.Contains(f, "0 of") {
		t.Errorf("it failed, and there may be some:\n%s", f)
	}
	s.tells("not counted")
}

// What a server cannot ask, and parts of it do not answer, is not said to be nothing.
func TestNotKnownWhatMatches(t *testing.T) {
	s, p := askedServer(t, 2000, 80, 24, "")
	p.Wider, p.PageSize, p.Partial = true, 10, true
	s.send(tea.PasteMsg{Content: "service : nobody"})
	s.press("enter")
	s.golden("80x24-unmatched")
	if f := s.frame(); strings.Contains(f, "0 of") || !strings.Contains(f, "not counted") {
		t.Errorf("there may be some:\n%s", f)
	}
}

// What a server cannot ask is looked for among the newest records first, and counted to the end.
func TestNothingMatchesOnAServer(t *testing.T) {
	s, p := askedServer(t, 2000, 80, 24, "")
	p.Wider, p.PageSize = true, 10
	s.send(tea.PasteMsg{Content: "service : nobody"})
	s.press("enter")
	s.golden("80x24-counted-to-the-end")
	if f := s.frame(); !strings.Contains(f, "0 of 2,000 records match") || strings.Contains(f, "no further") {
		t.Errorf("all of them were looked at:\n%s", f)
	}
}

// A server that has nothing in the range says where its records are, and its bars that nothing is there.
func TestNothingInTheRangeOfAServer(t *testing.T) {
	s, _ := askedServer(t, 100, 80, 24, "")
	now := time.Date(2026, 3, 21, 8, 5, 0, 0, time.UTC)
	s.Explorer.(timed).now.Store(now.UnixNano())
	s.Now = func() time.Time { return now }
	s.press("'rb")
	s.golden("80x24-old-server")
}
