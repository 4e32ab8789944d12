package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/themes"
)

// glyphSets are the signs that golden frames are drawn with.
var glyphSets = map[string]*themes.Glyphs{"unicode": themes.Unicode(), "ascii": themes.ASCII()}

func TestLevelsFrames(t *testing.T) {
	for _, size := range sizes {
		for name, glyphs := range glyphSets {
			s := open(t, newShop(1200), size.w, size.h, "")
			s.Glyphs = glyphs
			s.press("'Lw", "'3", "down")
			s.golden(fmt.Sprintf("levels-%dx%d-%s", size.w, size.h, name))
		}
	}
}

// The pie obeys the query alone: what the level filter hides is there, and said to be hidden.
func TestLevelsThatAreHidden(t *testing.T) {
	s := open(t, newShop(200), 120, 36, "")
	s.press("'Le", "'3")
	s.line("levels", "200 records")
	s.line("ERROR", "20", "10.0%")
	s.line("INFO (hidden)", "160", "80.0%")
	s.press("'/INFO", "enter", "enter")
	if sel := s.scope().selection; sel.level != 0 || sel.text() != "level:INFO" {
		t.Errorf("%v %s", sel.level, sel.text())
	}
	s.line("160 of 200")
	s.press("'q")
	s.line("levels", "200 records")
}

func TestLevelsOpenKeepAndDrop(t *testing.T) {
	f := func(keys, want, shown string) {
		t.Helper()
		x := newShop(200)
		x.rows[5].Record.Severity = 0
		s := open(t, x, 120, 36, "order")
		s.press("'3")
		for k := range strings.SplitSeq(keys, " ") {
			s.press(k)
		}
		if got := s.scope().text(); got != want {
			t.Errorf("%s: %q, not %q", keys, got, want)
		}
		s.line(shown)
	}
	f("enter", "order and level:ERROR", "20 of 200")
	f("'+", "order and level:ERROR", "20 records")
	f("'-", "order and not level:ERROR", "160 records")
	f("end enter", "order and not level:*", "1 of 200")
}

// trendShop has n errors in each of the minutes from noon on.
func trendShop(n ...int) *shop {
	x := &shop{health: []session.Health{{Source: "shop.log", State: session.Ended}}}
	for minute, n := range n {
		for i := range max(n, 1) {
			r := &logs.Record{Time: noon.Add(time.Duration(minute)*time.Minute + time.Duration(i)*time.Millisecond).UnixNano(), Severity: logs.Error, Service: "payment", Resource: &logs.Resource{Source: "shop.log"}}
			if n == 0 {
				r.Severity = logs.Info
			}
			x.rows = append(x.rows, session.Row{Key: session.Key{Time: r.Time, Sequence: int64(len(x.rows))}, Record: r})
		}
	}
	return x
}

func TestLevelsTrend(t *testing.T) {
	f := func(words, want string, minutes ...int) {
		t.Helper()
		s := open(t, trendShop(minutes...), 120, 36, "")
		s.press("'3")
		s.line(words)
		s.line("ERROR", want)
	}
	five := "last 5 min against the 5 min before"
	f(five, "▲ 4 times as many", 9, 9, 9, 9, 9, 36, 36, 36, 36, 36)
	f(five, "▼ 3 times fewer", 9, 9, 9, 9, 9, 3, 3, 3, 3, 3)
	f(five, "about as many", 9, 9, 9, 9, 9, 8, 11, 9, 10, 12)
	f(five, "▲ new: none before", 0, 0, 0, 0, 0, 9, 9, 9, 9, 9)
	f(five, "  none before", 0, 0, 0, 0, 0, 2, 0, 0, 0, 1) // chance could give them
	f(five, "▼ none: 45 before", 9, 9, 9, 9, 9, 0, 0, 0, 0, 0)

	s := open(t, trendShop(10, 10, 10, 40, 40, 40, 7), 120, 36, "")
	sel := s.scope().selection
	sel.from, sel.to = noon.Add(3*time.Minute).UnixNano(), noon.Add(6*time.Minute).UnixNano()
	s.run(s.choose(sel))
	s.press("'3")
	s.line("3 min against the 3 min before")
	s.line("ERROR", "120", "▲ 4 times as many")
}

// A range that ends now is compared with as long a time before, whatever minutes it begins and ends in.
func TestTrendOfARangeThatEndsNow(t *testing.T) {
	s := open(t, newShop(200), 120, 36, "")
	s.Now = func() time.Time { return noon.Add(30 * time.Second) }
	s.press("'r", "'e", "'3")
	if f := s.frame(); !strings.Contains(f, "trend: 60 min against the 60 min before") && !strings.Contains(f, "trend: 1 h against the 1 h before") {
		t.Errorf("the trend is of another time:\n%s", f)
	}
}
