package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/keys"
)

// at is the line of the record under the cursor; 0 where there is none.
func (s *screen) at() int64 {
	row, ok := s.scope().current()
	if !ok {
		return 0
	}
	return row.Record.Line
}

// listed checks how many records the list has, and of how many.
func (s *screen) listed(t *testing.T, matched, of int64) {
	t.Helper()
	m, o, ok := s.scope().tally.matched(s.scope().level)
	if !ok || m.N != matched || o.N != of {
		t.Errorf("%v of %v, not %d of %d", m, o, matched, of)
	}
}

// x and X leave the filter with the cursor on its record, and come back to it; so does Esc.
func TestAllOfTheServiceAndBack(t *testing.T) {
	s := open(t, newShop(300), 80, 24, `level:ERROR and "order 153"`)
	s.press("'gjk")
	if s.at() != 154 {
		t.Fatalf("at line %d", s.at())
	}
	for _, back := range []string{"same", "esc", "q"} {
		for key, of := range map[string]int64{"'x": 30, "'X": 300} {
			s.press(key)
			s.listed(t, of, 300)
			if s.at() != 154 {
				t.Errorf("after %s at line %d", key, s.at())
			}
			switch back {
			case "same":
				s.press(key)
			case "q":
				s.press("'q")
			default:
				s.press(back)
			}
			s.listed(t, 1, 300)
			if s.at() != 154 || len(s.layers) != 1 {
				t.Errorf("back by %s: line %d in %d layers", back, s.at(), len(s.layers))
			}
		}
	}
}

func TestContextStandsAroundMatches(t *testing.T) {
	s := open(t, newShop(300), 80, 24, `"order 153"`)
	s.press("'..")
	var lines []int64
	for _, it := range s.scope().items {
		if it.Record != nil {
			lines = append(lines, it.Record.Line)
			if it.context != (it.Record.Line != 154) {
				t.Errorf("line %d: context %t", it.Record.Line, it.context)
			}
			if it.Record.Service != "payment" {
				t.Errorf("line %d is of %s", it.Record.Line, it.Record.Service)
			}
		}
	}
	if len(lines) != 5 || lines[0] != 134 || lines[4] != 174 {
		t.Errorf("lines %v", lines)
	}
	s.press("',,,")
	if n := len(s.scope().items); n != 1 {
		t.Errorf("%d without context", n)
	}
}

func TestLevels(t *testing.T) {
	s := open(t, newShop(100), 80, 24, "")
	f := func(key string, want int64) {
		t.Helper()
		s.press("'L" + key)
		s.listed(t, want, 100)
	}
	f("e", 10)
	f("w", 20)
	f("f", 0)
	f("a", 100)
	s.press("'Lw", "'L", "esc")
	s.listed(t, 20, 100)
	s.press("'<")
	s.listed(t, 100, 100)
	s.press("'>")
	s.listed(t, 20, 100)
}

func TestRanges(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	f := func(keys string, want int64) {
		t.Helper()
		s.press("'r" + keys)
		s.press("enter")
		if m, _, _ := s.scope().tally.matched(0); m.N != want {
			t.Errorf("%s: %v, not %d", keys, m, want)
		}
	}
	f("08:01 to 08:02", 120) // whole minutes, the last one too
	f("08:04:50", 10)
	f("2026-03-14 08:04", 60)
	s.press("'rx")
	s.listed(t, 300, 300)
	if s.press("'r08:61"); !strings.Contains(s.frame(), "08:61") {
		t.Errorf("what is wrong is not said:\n%s", s.frame())
	}
	s.press("enter", "esc", "esc")
	s.listed(t, 300, 300)
	s.press("'rh") // the last day
	if sel := s.scope().selection; sel.last != 24*time.Hour || sel.from != noon.Add(-24*time.Hour).UnixNano() {
		t.Errorf("%+v", sel)
	}
}

// The strip has the focus: bars are gone through, selected, and opened.
func TestBars(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.press("tab")
	if s.mode() != keys.Strip {
		t.Fatalf("mode %s", s.mode())
	}
	s.press("'hh", "enter")
	s.listed(t, 60, 60)
	if from := s.scope().from; from != time.Date(2026, 3, 14, 8, 2, 0, 0, time.UTC).UnixNano() {
		t.Errorf("from %v", time.Unix(0, from).UTC())
	}
	s.press("esc")
	s.listed(t, 300, 300)
	s.press("tab", "'$hvhh", "enter")
	s.listed(t, 180, 180)
	s.press("'q", "tab", "'zzzZ", "esc")
	if s.mode() != keys.Logs || s.strip.step != 2 {
		t.Errorf("mode %s, %d minutes a bar", s.mode(), s.strip.step)
	}
}

func TestSearch(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.press("'g/DECLINED", "enter")
	if s.at() != 1 {
		t.Errorf("capitals count, and yet at line %d", s.at())
	}
	s.press("'/declined", "enter")
	f := func(key string, want int64) {
		t.Helper()
		if s.press(key); s.at() != want {
			t.Errorf("%s: at line %d, not %d", key, s.at(), want)
		}
	}
	f("'", 4)
	f("'n", 14)
	f("'n", 24)
	f("'N", 14)
	f("'N", 4)
	f("'N", 4)
	if !strings.Contains(s.frame(), "no hit above") {
		t.Errorf("it is not said that there is none:\n%s", s.frame())
	}
	f("'e", 14)
	f("'E", 4)
	s.press("'/order 153", "esc")
	if s.at() != 4 || s.search.text != "declined" {
		t.Errorf("given up: at %d, %q", s.at(), s.search.text)
	}
}

// Ctrl-t makes a filter of a search, and a search of a filter.
func TestSearchAndFilterTurn(t *testing.T) {
	s := open(t, newShop(300), 80, 24, "")
	s.press("'/read timed", "ctrl+t", "enter")
	s.listed(t, 30, 300)
	s.press("'&", "ctrl+t", "enter")
	s.listed(t, 30, 300)
	if s.search.text != "read timed" {
		t.Errorf("searched for %q", s.search.text)
	}
}

func TestKeepAndDrop(t *testing.T) {
	s := open(t, newShop(100), 80, 24, "")
	s.press("'ge")
	f := func(keys, want string, n int64) {
		t.Helper()
		s.press("'" + keys)
		if got := s.scope().text(); got != want {
			t.Errorf("%s: %s, not %s", keys, got, want)
		}
		s.listed(t, n, 100)
	}
	f("+s", "service:payment", 10)
	f("+l", "service:payment and level:ERROR", 10)
	f("<<", "", 100)
	f("-s", "not service:payment", 90)
}

// What is typed shows what it finds; Esc goes back, and the text waits as the newest of history.
func TestFilterShowsWhileTyping(t *testing.T) {
	s := open(t, newShop(100), 80, 24, "level:ERROR")
	s.press("'&", "ctrl+u", "'service:orders")
	s.listed(t, 90, 100)
	s.press("esc")
	s.listed(t, 10, 100)
	if s.scope().text() != "level:ERROR" {
		t.Errorf("the filter is %s", s.scope().text())
	}
	s.press("'&", "ctrl+u", "up")
	if b := s.box.(*filterBox); b.text() != "service:orders" {
		t.Errorf("the newest is %q", b.text())
	}
	s.press("down")
	if b := s.box.(*filterBox); b.text() != "" {
		t.Errorf("what was typed is %q", b.text())
	}
}

func TestQuit(t *testing.T) {
	s := open(t, newShop(10), 80, 24, "")
	s.press("esc")
	if f := s.frame(); !strings.Contains(f, "X all records · & filter · q quit") {
		t.Errorf("Esc at the root:\n%s", f)
	}
	if s.do(keys.Close, "q") == nil {
		t.Error("q at the root does nothing")
	}
}

func TestTimes(t *testing.T) {
	x := newShop(100)
	x.rows[99].Record.Raw = []byte(`{"ts":"2026-03-14T09:01:39+01:00"}`)
	s := open(t, x, 80, 24, "")
	f := func(want string) {
		t.Helper()
		if got := s.frame(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
		s.press("'T")
	}
	f(">08:01:39.000 INFO")
	f(">08:01:39.000 INFO")
	f(">2026-03-14T09:01:39+01:00 INFO")
	f("-3h58m INFO")
	f("+1.000s INFO")
	f(">08:01:39.000 INFO")
}

func TestLasting(t *testing.T) {
	f := func(d time.Duration, want string) {
		t.Helper()
		if got := lasting(d); got != want {
			t.Errorf("%v: %s, not %s", d, got, want)
		}
	}
	f(0, "+0.000s")
	f(-1500*time.Millisecond, "-1.500s")
	f(3*time.Minute+12*time.Second, "+3m12s")
	f(-(2*time.Hour + 5*time.Minute), "-2h05m")
	f(75*time.Hour, "+3d03h")
	f(time.Duration(logs.NoTime+1), "-106751d23h")
}

// With signs of ASCII alone, all that is drawn of records in ASCII is ASCII.
func TestASCIIScreen(t *testing.T) {
	x := newShop(300)
	for _, r := range x.rows {
		if r.Record.Severity == logs.Warn {
			r.Record.Body = strings.Repeat("a line that is longer than the screen\n", 3)
		}
	}
	s := open(t, x, 80, 24, "")
	s.Glyphs = themes.ASCII()
	s.plainer = plainer(s.Glyphs)
	for _, key := range []string{"'k", "'2", "'3", "'5", "'1", "enter", "esc", "'&level:", "esc", "'S", "esc", "'?", "esc", "esc"} {
		s.press(key)
		for _, r := range s.frame() {
			if r >= 0x80 {
				t.Errorf("after %s: %q is drawn in\n%s", key, r, s.frame())
				break
			}
		}
	}
}

// Records without a time stand in the strip by when they came.
func TestStripCountsArrivals(t *testing.T) {
	s := open(t, newShop(0), 80, 24, "")
	all := summary.NewTotals()
	minute := noon.UnixNano()
	all.AddArrived(minute-2*summary.Minute, &summary.ByLevel{3: 40})
	all.AddArrived(minute-summary.Minute, &summary.ByLevel{5: 20})
	s.scope().tally = tally{known: true, inTime: all, ofTime: all, inAll: all, all: all}
	lines := strings.Split(s.frame(), "\n")
	if !strings.Contains(lines[1], "█▄") || !strings.Contains(lines[2], "█") || !strings.Contains(lines[1], "20/min") {
		t.Errorf("%q\n%q", lines[1], lines[2])
	}
}

// What is asked of a record is asked of that one, whatever comes meanwhile.
func TestAQuestionPauses(t *testing.T) {
	x := newShop(10)
	x.health[0].State = session.Live
	s := open(t, x, 80, 24, "")
	if s.press("'+"); s.scope().following {
		t.Error("the list goes on under the question")
	}
}
