package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
	remembered "github.com/lxlog/lx/ui/place"
)

// identified is a shop whose records have an identity, and bytes.
func identified(n int) *shop {
	x := newShop(n)
	for i := range x.rows {
		r := &x.rows[i]
		r.ID = session.ID{Source: "/var/log/shop.log", Offset: int64(i) * 100}
		r.Record.Raw = []byte(r.Record.Body + "\n")
	}
	return x
}

func (s *screen) atLine(want int64) {
	s.t.Helper()
	if got := s.at(); got != want {
		s.t.Errorf("at line %d, not %d", got, want)
	}
}

func TestBookmarkFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {40, 10}} {
		s := open(t, identified(100), size.w, size.h, "")
		s.press("'g", "'jjj", "'M", "'the first of them; same trace as order 43", "enter", "'jjjj", "'m", "'jj")
		s.golden(fmt.Sprintf("%dx%d-marked", size.w, size.h))
		s.press("'9")
		s.golden(fmt.Sprintf("%dx%d-bookmarks", size.w, size.h))
	}
}

func TestBookmarks(t *testing.T) {
	s := open(t, identified(200), 100, 24, "")
	s.press("'u")
	s.tells("no bookmarks yet")
	s.press("'g", "'jjj", "'m") // line 4, an error of payment
	s.tells("1 bookmark ·")
	s.press("'jj", "'m", "'G")
	s.press("'U")
	s.atLine(6)
	s.press("'U")
	s.atLine(4)
	s.press("'U")
	s.tells("no bookmark above")
	s.atLine(4)
	s.press("'u")
	s.atLine(6)
	s.press("'u")
	s.tells("no bookmark below")
	// They hold under a filter, which leaves some out.
	s.press("'&level:ERROR", "enter", "'G", "'U")
	s.atLine(4)
	s.press("'u")
	s.tells("no bookmark below, but for 1 that the filter leaves out")
	s.press("'m")
	s.tells("bookmark taken away")
	if n := len(s.marks.list); n != 1 {
		t.Errorf("%d bookmarks", n)
	}
}

func TestBookmarkFromDetails(t *testing.T) {
	s := open(t, identified(20), 100, 24, "")
	s.press("enter", "'K", "'m", "'q")
	if k := s.marks.list; len(k) != 1 || k[0].Offset != 1800 {
		t.Errorf("%+v", k)
	}
}

func TestNotes(t *testing.T) {
	s := open(t, identified(50), 120, 24, "")
	s.press("'M", "'look \x1b[31m here", "enter")
	s.tells("✎ look ")
	s.press("'M", "ctrl+u", "enter")
	s.tells("the note is taken away, the bookmark stays")
	if len(s.marks.list) != 1 || s.marks.list[0].Note != "" {
		t.Errorf("%+v", s.marks.list)
	}
	s.press("'kM", "'x", "esc")
	if len(s.marks.list) != 1 {
		t.Error("Esc keeps a note")
	}
	s.press("'w", "'M", "'a long note that takes its third of the line and no more of it", "enter") // wrapped lines keep their number
	s.tells("✎ a long note")
}

func TestBookmarksView(t *testing.T) {
	s := open(t, identified(200), 120, 24, "")
	s.press("'9")
	s.tells("No bookmarks yet")
	s.press("'1", "'g", "'jjj", "'m", "'jj", "'M", "'odd", "enter", "'9", "'g")
	s.tells("bookmarks  2  1 note")
	s.press("enter")
	s.atLine(4)
	if s.mode() != keys.Logs {
		t.Fatalf("in %s", s.mode())
	}
	s.press("'&level:ERROR", "enter", "'9", "'G", "enter")
	s.atLine(6) // the filter leaves it out
	s.tells("these are all records")
	s.press("'X")
	if s.scope().text() != "level:ERROR" {
		t.Errorf("back at %q", s.scope().text())
	}
	s.press("'9", "'g", "'m")
	s.tells("bookmarks  1  1 note")
	s.press("'M", "ctrl+u", "'even", "enter")
	s.tells("even")
}

func TestRestoredBookmarksMeetTheirRecords(t *testing.T) {
	x := identified(100)
	of := func(i int, hash string) remembered.Bookmark {
		r := x.rows[i]
		return remembered.Bookmark{Source: "/var/log/shop.log", Offset: r.ID.Offset, Time: r.Record.Time, Hash: hash, Text: "as it was", Note: fmt.Sprintf("note %d", i)}
	}
	s := open(t, x, 120, 24, "")
	s.marks.restore([]remembered.Bookmark{of(95, remembered.Hash(x.rows[95].Record.Raw)), of(98, "other"), of(20, remembered.Hash(x.rows[20].Record.Raw))})
	f := s.frame()
	if !strings.Contains(f, "✎ note 95") || strings.Contains(f, "✎ note 98") {
		t.Errorf("marks of other records:\n%s", f)
	}
	s.press("'U")
	s.atLine(96)
	s.press("'U")
	s.atLine(21)
	s.press("'9")
	f = s.frame()
	if !strings.Contains(f, "order 20 accepted") || !strings.Contains(f, "(not found) as it was") {
		t.Errorf("not looked for:\n%s", f)
	}
}

// A record that was open when it was marked is the same one when it has grown.
func TestBookmarkOfAGrowingRecord(t *testing.T) {
	x := identified(10)
	s := open(t, x, 120, 24, "")
	s.press("'m")
	before := s.Here().Bookmarks[0].Hash
	grown := *x.rows[9].Record
	grown.Raw = append(grown.Raw, "\tat more\n"...)
	x.rows[9].Record = &grown
	s.run(s.refresh())
	s.tells("◆")
	if after := s.Here().Bookmarks[0].Hash; after == before || after != remembered.Hash(grown.Raw) {
		t.Error("it is remembered as it was")
	}
}

type keeper struct {
	kept []remembered.Place
	note string
}

func (k *keeper) Keep(p remembered.Place) string {
	k.kept = append(k.kept, p)
	return k.note
}

func TestPlace(t *testing.T) {
	s := open(t, identified(100), 100, 24, "")
	k := &keeper{note: "the disk is full, so nothing is remembered"}
	s.Keeper = k
	s.press("'&service:payment", "enter", "'Le", "'wT", "'.", "'g", "'m")
	if len(k.kept) != 1 || len(k.kept[0].Bookmarks) != 1 {
		t.Fatalf("kept %+v", k.kept)
	}
	s.tells("the disk is full")
	p := s.Here()
	if p.Filter != "service:payment" || p.Level != "error" || !p.Wrap || p.Context != 1 || p.TimeDisplay != "utc" {
		t.Errorf("%+v", p)
	}
	p.Range.From = noon.AddDate(0, 0, -1).UnixNano()
	o := s.Options
	o.Place, o.Wrap, o.Queries = p, false, []string{"from before"}
	m, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Here(); fmt.Sprint(got) != fmt.Sprint(p) {
		t.Errorf("restored\n%+v, not\n%+v", got, p)
	}
	if asked := s.Asked(); len(asked) != 1 || asked[0] != "service:payment" || m.queries[0] != "from before" {
		t.Errorf("asked %q", asked)
	}
	o.Place = remembered.Place{Filter: "level:("}
	if m, err = New(t.Context(), o); err != nil || len(m.Banners) == 0 || m.scope().text() != "" {
		t.Errorf("a filter that is none: %v %q", err, m.Banners)
	}
}

func TestQuitAsksForRecordsThatWouldBeGone(t *testing.T) {
	x := newShop(30)
	s := open(t, x, 100, 24, "")
	quits := func(want bool, what string) {
		t.Helper()
		cmd := s.quit()
		quit := false
		if cmd != nil {
			_, quit = cmd().(tea.QuitMsg)
		}
		if quit != want {
			t.Errorf("%s: quits %v", what, quit)
		}
	}
	quits(true, "files")
	x.health = append(x.health, session.Health{Source: "-", Kind: "pipe", State: session.Live, Records: 12_410, Gone: 2})
	s.look()
	quits(false, "a pipe")
	s.tells("12,408 records kept nowhere else:  q quit  s save")
	s.press("esc")
	s.saved = 12_410
	quits(true, "a pipe that was saved")
}
