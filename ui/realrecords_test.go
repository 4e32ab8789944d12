package ui

import (
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

func TestRealJourneys(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s, _ := opened(t, kind, 300, "")
			f := func(keys string, at int, matched, of int64) {
				t.Helper()
				for _, k := range strings.Fields(keys) {
					if len(k) > 1 && !strings.HasPrefix(k, "'") {
						s.press(k)
					} else {
						s.press(strings.ReplaceAll("'"+strings.TrimPrefix(k, "'"), "_", " "))
					}
				}
				s.stands(t, at)
				s.listed(t, matched, of)
			}
			f("", 299, 300, 300)
			f("home '&level:ERROR", 0, 30, 300) // seen while it is typed
			f("'_and", 0, 30, 300)              // which is no condition yet
			f("backspace backspace backspace backspace enter j j j", 30, 30, 300)
			f("X", 30, 300, 300)
			f("X", 30, 30, 300)
			f("x", 30, 30, 300)
			f("esc", 30, 30, 300)
			f("<", 30, 300, 300)
			f(">", 30, 30, 300)
			f("'& ctrl+u enter", 30, 300, 300)
			f("'Lw", 30, 60, 300)
			f("j", 39, 60, 300)
			f("'La", 39, 300, 300)
			f("e", 40, 300, 300)
			f("E", 30, 300, 300)
			f("'/n12 enter", 120, 300, 300)
			f("n", 121, 300, 300)
			f("N N", 12, 300, 300)
			f("'r08:01_to_08:01 enter", 60, 60, 60)
			f("'rx", 60, 300, 300)
			f("+ s", 60, 30, 300)
			f("< - s", 61, 270, 300)
			f("< tab h enter", 180, 60, 60)
			f("q tab esc", 61, 300, 300)
			f("end", 299, 300, 300)
		})
	}
}

// Records come while one follows, and while one does not: each is on the screen once, and those that one has not seen are counted.
func TestRecordsThatCome(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s, f := opened(t, kind, 300, "")
			height := s.listHeight()
			for n := 300; n < 330; n += 3 {
				f.bring(numbered(n, n+3))
				s.came()
				successive(t, s.shown(), n+3-height, n+3)
				s.stands(t, n+2)
			}
			s.press("'k")
			before := s.shown()
			f.bring(numbered(330, 400))
			s.came()
			s.stands(t, 328)
			successive(t, s.shown(), before[0], before[0]+height)
			if n, failed := s.scope().news(); n != 70 || failed != 7 {
				t.Errorf("%d new, %d of them errors", n, failed)
			}
			s.press("'G")
			successive(t, s.shown(), 400-height, 400)
			s.press("space")
			if n, _ := s.scope().news(); n != 0 || s.scope().following {
				t.Errorf("just stopped, %d new, following %t", n, s.scope().following)
			}
			f.bring(numbered(400, 401))
			s.came()
			if !strings.Contains(s.frame(), "1 new (1 err)") {
				t.Errorf("it is not said that one is new:\n%s", s.frame())
			}
			s.press("'F")
			s.stands(t, 400)
		})
	}
}

// What came before it was counted is not new, and another filter goes on counting.
func TestNewIsWhatCameSince(t *testing.T) {
	f := feeds(t, "file", numbered(0, 100))
	s := watch(t, 80, 24, "", f.Source)
	s.scope().tally = tally{} // nothing is counted yet
	s.press("'k")
	s.came()
	if n, _ := s.scope().news(); n != 0 {
		t.Errorf("%d are new, and none came", n)
	}
	f.bring(numbered(100, 110))
	s.came()
	s.press("'Lw")
	if n, _ := s.scope().news(); n != 0 {
		t.Errorf("of another selection %d are new, and none came", n)
	}
	f.bring(numbered(110, 130))
	s.came()
	if n, failed := s.scope().news(); n != 4 || failed != 2 {
		t.Errorf("%d new, %d of them errors", n, failed)
	}
}

func TestLateAndTimelessRecords(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s, f := opened(t, kind, 100, "")
			s.press("'k")
			f.bring("2026-03-14T08:00:10Z INFO orders n1000 late\n")
			s.came()
			s.stands(t, 98)
			s.press("'g")
			for range 11 {
				s.press("'j")
			}
			s.stands(t, 1000)
			s.press("'j")
			s.stands(t, 11)
			if kind == "server" {
				return // its records have times
			}
			f.bring("n2000 without a time\nn2001 too\n") // they stand behind the one before them
			s.came()
			s.stands(t, 11)
			s.listed(t, 103, 103)
			s.press("'kk")
			s.stands(t, 2000)
			s.press("'G")
			s.stands(t, 99)
		})
	}
}

// What happens to a source is a row among the records, and none of them.
func TestEventsAreRows(t *testing.T) {
	file := sourcetest.NewFile("app.log", numbered(0, 50))
	file.Follow = true
	s := watch(t, 80, 24, "", file)
	s.came()
	if err := file.Rotate(numbered(50, 60)); err != nil {
		t.Fatal(err)
	}
	s.came()
	s.listed(t, 60, 60)
	events := 0
	for _, it := range s.scope().items {
		if it.isEvent {
			events++
			if it.Record != nil || it.event.Kind != sources.Rotated {
				t.Errorf("%+v", it)
			}
		}
	}
	if events != 1 || !strings.Contains(s.frame(), "── app.log ──") {
		t.Errorf("%d events in\n%s", events, s.frame())
	}
	s.press("'r08:00:10 to 08:00:20", "enter")
	if s.listed(t, 11, 11); strings.Contains(s.frame(), "── app.log ──") {
		t.Errorf("what happened at another time stands in the range:\n%s", s.frame())
	}
	s.press("'rx", "'Lf")
	s.press("'jkxtevyY,.") // nothing is under the cursor that has a service, a trace or a text
	if s.listed(t, 0, 60); len(s.layers) > 1 {
		t.Errorf("%d layers", len(s.layers))
	}
}

func TestSourcesThatFail(t *testing.T) {
	sad := sourcetest.NewEmitter("sad")
	f := feeds(t, "file", numbered(0, 50))
	s := watch(t, 80, 24, "", f.Source, sad)
	s.came()
	sad.End(errors.New("sad: connection refused"))
	until(t, s.Explorer, func(h *session.Health) bool { return h.Source != "sad" || h.State == session.Ended })
	s.came()
	if got := s.frame(); !strings.Contains(got, "! b sad sad: connection refused") && !strings.Contains(got, "connection refused") {
		t.Errorf("the failure is not told:\n%s", got)
	}
	s.stands(t, 49)
	f.bring(numbered(50, 60))
	s.came()
	s.stands(t, 59)

	server := sourcetest.NewPaged("server", sourcetest.Records(numbered(0, 300))...)
	server.PageSize = 40
	s = watch(t, 80, 24, "", server)
	known(t, s.Explorer)
	s.came()
	s.stands(t, 299)
	server.Fail(errors.New("503 Service Unavailable"))
	s.press("home")
	s.came()
	if got := s.frame(); !strings.Contains(got, "503 Service Unavailable") {
		t.Errorf("the failure is not told:\n%s", got)
	}
	server.Fail(nil)
	s.came()
	s.came()
	s.press("home")
	s.stands(t, 0)
	if got := s.frame(); strings.Contains(got, "503 Service Unavailable") {
		t.Errorf("it is still said that it fails:\n%s", got)
	}
}

func TestNoRecordsAndOne(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			f := feeds(t, kind, "")
			s := watch(t, 80, 24, "", f.Source)
			s.came()
			everyKey := func() {
				t.Helper()
				for _, k := range []string{"'jkgGbhl0$FnNeE,.xqXqvtzZwp", "enter", "esc", "space", "pgup", "pgdown", "tab", "'hlvz", "enter", "esc", "esc", "'p"} {
					s.press(k)
				}
			}
			everyKey()
			if got := s.frame(); s.number() != -1 || !strings.Contains(got, "No records yet") {
				t.Errorf("nothing is there:\n%s", got)
			}
			s.press("'G")
			f.bring(numbered(0, 1))
			s.came()
			s.stands(t, 0)
			s.listed(t, 1, 1)
			everyKey()
			s.press("'G")
			s.stands(t, 0)
			f.bring(numbered(1, 2))
			s.came()
			s.stands(t, 1)
		})
	}
}

// What is read while a source catches up is neither new nor late, in whatever order it comes.
func TestWhatIsReadFirstIsNotNew(t *testing.T) {
	s, f := opened(t, "listener", 100, "")
	told := func(state sources.State, text, want string) {
		t.Helper()
		f.bring(text)
		s.health[0].State = state
		s.run(s.refresh())
		if got := ansi.Strip(strings.Join(s.newsText(s.scope()), " ")); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	s.press("'k")
	told(session.CatchingUp, numbered(100, 110)+numbered(0, 10), "")
	told(session.CatchingUp, numbered(110, 120), "")
	told(session.Live, numbered(120, 121), "") // some of it may be of before
	told(session.Live, numbered(121, 131), "▼ 10 new (1 err)")
	told(session.Live, numbered(0, 10), "▼ 10 new (1 err) ▲ 10 late above (1 err)")
}
