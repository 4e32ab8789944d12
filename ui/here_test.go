package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// mixed is a screen over a server that holds two thousand records and a file of sixty.
func mixed(t *testing.T, width int) (*screen, *sourcetest.Paged, *sourcetest.File) {
	t.Helper()
	f := sourcetest.NewFile("web.log", strings.ReplaceAll(numbered(0, 60), "orders", "web"))
	f.Follow = true
	s, p := askedServer(t, 2000, width, 24, "", f)
	s.came()
	return s, p, f
}

// anew leaves nothing of what was counted before.
func (s *screen) anew() tea.Cmd {
	s.t.Helper()
	of, err := s.newScope(s.scope().selection)
	if err != nil {
		s.t.Fatal(err)
	}
	s.top().scope = of
	return s.refresh()
}

// levelsLine is the row of the levels.
func (s *screen) levelsLine() string { return strings.Split(s.frame(), "\n")[3] }

// What files say is counted while a server takes its time, and marked as not all.
func TestFilesAreCountedBesideASlowServer(t *testing.T) {
	for _, width := range []int{80, 120} {
		s, p, _ := mixed(t, width)
		answer := s.held(p, s.anew)
		if width == 80 {
			s.golden("80x24-mixed-counting")
		}
		for _, want := range []string{"60 so far", "ERR 6  10.0%", "still counting prod"} {
			s.tells(want)
		}
		s.scope().following = true
		if s.scope().stop(); s.scope().pause.known {
			t.Error("what the server has counts as news when it comes")
		}
		answer()
		s.tells("2,060")
		s.tells("ERR 206  10.0%")
		if f := s.frame(); strings.Contains(f, "so far") || strings.Contains(f, "still") {
			t.Errorf("all has been counted:\n%s", f)
		}
	}
}

// One who has enough of waiting keeps what files say.
func TestFilesAreCountedWhereAServerWasCancelled(t *testing.T) {
	s, p, file := mixed(t, 80)
	answer := s.held(p, s.anew)
	s.press("ctrl+c")
	s.tells("without prod")
	answer()
	s.tells("60 so far")
	s.tells("without prod")
	s.send(hereDueMsg{s.scope()}) // it was held back
	s.grow(t, file, 60, 70)
	s.run(s.refresh())
	s.tells("70 so far")
}

// grow adds records to a file, and waits until they are there.
func (s *screen) grow(t *testing.T, f *sourcetest.File, from, to int) {
	t.Helper()
	if err := f.Grow(numbered(from, to)); err != nil {
		t.Fatal(err)
	}
	until(t, s.Explorer, func(h *session.Health) bool { return h.Kind == server || h.Records >= int64(to) })
}

// A server that fails hides nothing of a file, whatever it has had before.
func TestFilesAreCountedBesideAFailingServer(t *testing.T) {
	s, p, file := mixed(t, 80)
	p.Fail(errors.New("503 Service Unavailable"))
	s.grow(t, file, 60, 70)
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.came()
	s.tells("70+")
	s.tells("ERR 7  10.0%")
	if l := s.levelsLine(); !strings.Contains(l, "without prod") {
		t.Errorf("it looks like all there is: %s", l)
	}
}

// putOff has waits of the counts of what is here end when due is run.
func (s *screen) putOff(due *[]tea.Cmd) {
	s.tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		if d == hereAfter || d == tallyEach {
			*due = append(*due, func() tea.Msg { return f(time.Time{}) })
		}
		return nil
	}
}

// Figures that have all stay a moment while a server is asked anew; then what a file has
// brought is counted, with what the server said last.
func TestAFileGrowsBesideASlowServer(t *testing.T) {
	s, p, file := mixed(t, 80)
	s.grow(t, file, 60, 70)
	s.Explorer.(timed).now.Add(int64(time.Minute))
	var due []tea.Cmd
	answer := s.held(p, func() tea.Cmd {
		s.putOff(&due)
		return s.count()
	})
	s.tells("2,060")
	if len(due) != 1 {
		t.Fatalf("%d waits", len(due))
	}
	s.run(due[0])
	s.tells("2,070 so far")
	s.tells("still counting")
	answer()
	s.tells("2,070")
	if f := s.frame(); strings.Contains(f, "so far") || strings.Contains(f, "still") {
		t.Errorf("all has been counted:\n%s", f)
	}
}

// Figures that have a server's are not given up for those of files alone, unless it takes long.
func TestFiguresOfAServerStay(t *testing.T) {
	s, p, file := mixed(t, 80)
	s.grow(t, file, 60, 70)
	var due []tea.Cmd
	answer := s.held(p, func() tea.Cmd {
		s.putOff(&due)
		if err := s.scope().bind(s.Explorer, noon, true); err != nil { // as a range that ends now does
			t.Fatal(err)
		}
		return s.count()
	})
	s.run(due[0])
	s.tells("2,060")
	s.Now = func() time.Time { return noon.Add(hereLess) }
	s.run(due[1])
	s.tells("70 so far")
	s.tells("still counting prod")
	answer()
	s.tells("2,070")
}

// A range in which files have nothing is not said to be empty before servers have counted.
func TestNothingInFilesIsNotNothing(t *testing.T) {
	s, _, _ := mixed(t, 80)
	sel := s.scope().selection
	sel.from, sel.to = noon.UnixNano(), noon.Add(time.Hour).UnixNano()
	if s.lay("bar", sel) == nil {
		t.Fatal("no layer")
	}
	s.run(s.refresh())
	if f := s.frame(); strings.Contains(f, "asking") {
		t.Errorf("all has answered:\n%s", f)
	}
	s.scope().tally.partly = true
	s.tells("asking prod")
}
