package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// whyShop says why, and what else there is, in a few steps.
type whyShop struct {
	*shop
	asked int
}

func (x *whyShop) count(f session.Filter) summary.Count {
	v, _ := x.View(f)
	return summary.Count{N: int64(len(v.(*shopView).matching()))}
}

func (x *whyShop) Why(_ context.Context, f session.Filter, wider []session.Range, progress func(session.Why)) (session.Why, error) {
	x.asked++
	inside := session.Filter{From: f.From, To: f.To}
	w := session.Why{Filter: f, Matches: x.count(f), Records: x.count(inside)}
	last := x.rows[len(x.rows)-1].Key.Time
	w.Newest = []session.Newest{{Source: "/var/log/shop.log", Health: x.health[0], Time: last, Age: noon.UnixNano() - last}}
	progress(w)
	offer := func(o session.Filter, text string) summary.Count {
		n := x.count(o)
		if n.N > 0 {
			w.Offers = append(w.Offers, session.Offer{Filter: o, Text: text, Count: n})
		}
		return n
	}
	nodes := query.Conditions(f.Query)
	for i, n := range nodes {
		alone := inside
		alone.Query = n
		c := session.Condition{Node: n, Text: n.String(), Count: x.count(alone), Counted: true}
		if c.Culprit = c.Count.N == 0; c.Culprit {
			c.Remark = "no such value; payment has 20 \x1b[31m"
			without := f
			without.Query = query.All(append(append([]query.Node(nil), nodes[:i]...), nodes[i+1:]...))
			w.Without = append(w.Without, session.Without{Conditions: []int{i}, Filter: without, Count: offer(without, "without "+c.Text)})
		}
		w.Conditions = append(w.Conditions, c)
		progress(w)
	}
	for _, r := range wider {
		o := f
		o.From, o.To = r.From, r.To
		w.Wider = append(w.Wider, session.Wider{Range: r, Filter: o, Count: offer(o, r.Name), Records: x.count(session.Filter{From: r.From, To: r.To})})
	}
	w.Done = true
	return w, nil
}

const lacking = `level >= ERROR and service:paymnt and "timed out"`

func TestEmptyFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {80, 12}, {120, 36}, {40, 10}, {20, 5}} {
		name := fmt.Sprintf("empty-%dx%d-", size.w, size.h)
		s := open(t, &whyShop{shop: newShop(200)}, size.w, size.h, "")
		s.press("'&"+lacking, "enter")
		s.golden(name + "filter")
		s = open(t, &whyShop{shop: newShop(200)}, size.w, size.h, "")
		s.press("'r", "'b")
		s.golden(name + "range")
	}
}

func TestEmptyOffersAreTaken(t *testing.T) {
	s := open(t, &whyShop{shop: newShop(200)}, 80, 24, "")
	s.press("'&"+lacking, "enter", "enter")
	if matched, _, _ := s.scope().tally.matched(0); matched.N != 20 || s.scope().text() != `level >= ERROR and "timed out"` {
		t.Errorf("%s finds %s", s.scope().text(), matched)
	}
	s.press("'<")
	if s.scope().text() != lacking {
		t.Errorf("before: %s", s.scope().text())
	}
	s = open(t, &whyShop{shop: newShop(200)}, 80, 24, "level:ERROR")
	s.press("'r", "'b", "'jj", "'k", "enter") // the second offer
	if got := s.scope().selection; got.last != 7*24*time.Hour || got.text() != "level:ERROR" {
		t.Errorf("took %v %s", got.last, got.text())
	}
}

// Answers come while nothing moves: each line stays where it is.
func TestEmptyStaysPut(t *testing.T) {
	x := &whyShop{shop: newShop(200)}
	s := open(t, x, 80, 24, "")
	var at map[string]int
	check := func() {
		t.Helper()
		now := map[string]int{}
		for i, l := range strings.Split(s.frame(), "\n") {
			for _, word := range []string{"records match", "each condition alone", "   service:paymnt", "edit the filter", "another range"} {
				if strings.Contains(l, word) {
					now[word] = i
				}
			}
		}
		if len(now) < 5 {
			t.Fatalf("not all is there: %v\n%s", now, s.frame())
		}
		if at != nil && fmt.Sprint(now) != fmt.Sprint(at) {
			t.Errorf("%v, then %v", at, now)
		}
		at = now
	}
	n, _ := query.Parse(lacking)
	sel := s.scope().selection
	sel.query = n
	var later []tea.Cmd
	var hold func(tea.Cmd)
	hold = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				hold(c)
			}
		case inquireMsg:
			later = append(later, func() tea.Msg { return msg })
		default:
			_, cmd := s.Update(msg)
			hold(cmd)
		}
	}
	hold(s.choose(sel))
	check()
	for _, cmd := range later {
		s.run(cmd)
	}
	check()
	if !strings.Contains(s.frame(), "Enter   without service:paymnt") {
		t.Errorf("no offer:\n%s", s.frame())
	}
}

func TestEmptyAsksAgainWhereDataChanged(t *testing.T) {
	x := &whyShop{shop: newShop(200)}
	s := open(t, x, 80, 24, "service:nobody")
	before := x.asked
	if s.run(s.refresh()); x.asked != before+1 {
		t.Errorf("after a change asked %d times, not %d", x.asked, before+1)
	}
	late := *x.rows[199].Record
	late.Service = "nobody"
	x.rows[199].Record = &late
	s.run(s.refresh())
	if x.asked != before+1 || !strings.Contains(s.frame(), "order 199") {
		t.Errorf("asked %d times\n%s", x.asked, s.frame())
	}
}

func TestEmptyWithoutRecords(t *testing.T) {
	f := func(h session.Health, want ...string) {
		t.Helper()
		x := &shop{health: []session.Health{h}}
		s := open(t, x, 80, 24, "")
		for _, w := range want {
			if !strings.Contains(s.frame(), w) {
				t.Errorf("%v: no %q\n%s", h.State, w, s.frame())
			}
		}
	}
	f(session.Health{Source: "app.log", State: session.Live}, "No records yet", "waiting for the first", "app.log live")
	f(session.Health{Source: "app.log", State: session.Ended}, "No records\n", "app.log ended", "q  quit")
	f(session.Health{Source: "/log/app.log", State: session.Trouble, Retries: 3, Text: "/log/app.log: permission denied \x1b]0;x\x07"},
		"! /log/app.log\n", "     permission denied \\x1b]0;x\\x07", "tried 3 times", "asked again by itself", "R try again", "S sources", "q quit")
}

func TestRoughLengths(t *testing.T) {
	f := func(d time.Duration, want string) {
		t.Helper()
		if got := rough(d); got != want {
			t.Errorf("%v: %s, not %s", d, got, want)
		}
	}
	f(400*time.Millisecond, "0.4 s")
	f(90*time.Second, "90 s")
	f(12*time.Minute, "12 min")
	f(5*time.Hour, "5 h")
	f(3*24*time.Hour, "3 days")
	f(250*24*time.Hour, "8 months")
	f(3*365*24*time.Hour, "3 years")
}
