package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// status is the line above the footer.
func (s *screen) statusLine() string {
	lines := strings.Split(s.frame(), "\n")
	return lines[len(lines)-3]
}

func TestNewsAndLate(t *testing.T) {
	for _, kind := range []string{"file", "listener"} {
		t.Run(kind, func(t *testing.T) {
			s, f := opened(t, kind, 300, "")
			says := func(want string) {
				t.Helper()
				if got := s.statusLine(); !strings.HasSuffix(got, want) {
					t.Errorf("the status is %q, not %q", got, want)
				}
			}
			says(" 300 · following")
			f.bring(numbered(300, 340)) // a screen and more: they go by, none of them late
			s.came()
			says(" 340 · following")
			f.bring("2026-03-14T08:00:10Z ERROR orders n1000 late\n2026-03-14T08:00:11Z INFO orders n1001 late\n")
			s.came()
			says("▲ 2 late above (1 err) · 342 · following")
			s.press("'k")
			f.bring("2026-03-14T08:00:09Z INFO orders n1002 late\n" + numbered(340, 350))
			s.came()
			says("▼ 10 new (1 err) · ▲ 3 late above (1 err) · 353 · paused")
			s.scope().arrivals.moreBelow = true // as of servers that cannot tell which
			says("▼ 10+ new (1 err) · ▲ 3 late above (1 err) · 353 · paused")
			s.scope().arrivals.moreAbove = true
			says("▼ 10+ new (1 err) · ▲ 3+ late above (1 err) · 353 · paused")
			s.press("'B")
			s.stands(t, 1002)
			says(" 353 · paused")
			if strings.Contains(s.statusLine(), "late") {
				t.Errorf("gone to, and still counted: %s", s.statusLine())
			}
			s.press("'B")
			if !strings.Contains(s.frame(), "no late record above") {
				t.Errorf("nothing says that there is none:\n%s", s.frame())
			}
			f.bring("2026-03-14T08:00:01Z INFO orders n1003 late\n")
			s.came()
			if !strings.Contains(s.statusLine(), "▲ 1 late above ·") {
				t.Errorf("the status is %q", s.statusLine())
			}
			s.press("'G")
			f.bring(numbered(350, 351))
			s.came()
			says("▲ 1 late above · 355 · following")
			s.press("'B")
			s.stands(t, 1003)
		})
	}
}

// Of a filter the news are those that it selects.
func TestNewsObeyFilterAndLevel(t *testing.T) {
	s, f := opened(t, "file", 300, "")
	s.press("'Le", "'k")
	f.bring("2026-03-14T08:00:10Z ERROR orders n1000 late\n2026-03-14T08:00:11Z INFO orders n1001 late\n" + numbered(300, 320))
	s.came()
	if got := s.statusLine(); !strings.Contains(got, "▼ 2 new (2 err) · ▲ 1 late above (1 err) · ") {
		t.Errorf("the status is %q", got)
	}
}

func TestRecordsAheadAreMarked(t *testing.T) {
	x := newShop(30)
	x.rows[28].Ahead = 5 * time.Minute
	x.rows[28].Record.Attrs = nil
	x.rows[27].Ahead = 90 * time.Second
	x.rows[26].Record.Add("long", logs.TextValue(strings.Repeat("x", 200)))
	x.rows[26].Ahead = 3 * time.Hour
	s := open(t, x, 80, 24, "")
	for _, want := range []string{"order 28 accepted  +5 min ahead", "+90 s ahead", "+3 h ahead"} {
		if !strings.Contains(s.frame(), want) {
			t.Errorf("no %q in\n%s", want, s.frame())
		}
	}
	s.golden("80x24-ahead")
}
