package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/ui/keys"
)

// From the end to the top by pages, and back: each record is seen, and in order; at the
// edges of what is loaded a page is as long as elsewhere.
func TestPagesShowEveryRecord(t *testing.T) {
	for kind, n := range map[string]int{"file": 100_000, "listener": 3_000, "server": 3_000} {
		t.Run(kind, func(t *testing.T) {
			if raced && kind == "file" {
				n = 20_000
			}
			text := numbered(0, n)
			f := feeds(t, kind, text)
			s := watch(t, 80, 110, "", f.Source)
			if kind == "listener" {
				f.bring(text)
			}
			s.came()
			pages(t, s, n)
		})
	}
}

// Wrapped records take several lines: a page is what is seen of them.
func TestPagesOfWrappedRecords(t *testing.T) {
	text := ""
	for i := range 300 {
		text += fmt.Sprintf("2026-03-14T08:00:00Z INFO orders n%d %s\n", i, strings.Repeat("word ", i%40))
	}
	s := watch(t, 60, 24, "", feeds(t, "file", text).Source)
	s.came()
	s.press("'w")
	up, down := paged(s, "pgup"), paged(s, "pgdown")
	for n := range 300 {
		if up[n] == 0 || down[n] == 0 {
			t.Errorf("record %d is passed by", n)
		}
	}
}

// paged is how often each record is seen from here to where a key leads no further.
func paged(s *screen, key string) map[int]int {
	seen := map[int]int{}
	for last := []int(nil); ; {
		now := s.shown()
		for _, n := range now {
			seen[n]++
		}
		if fmt.Sprint(now) == fmt.Sprint(last) {
			return seen
		}
		last = now
		s.press(key)
	}
}

// pages goes up from the end of n records and down again, and checks that pages join.
func pages(t *testing.T, s *screen, n int) {
	t.Helper()
	height := s.listHeight()
	first := n
	for first > 0 {
		got := s.shown()
		from := max(first-height, 0)
		if successive(t, got, from, from+height); t.Failed() {
			return
		}
		first = from
		s.press("pgup")
	}
	s.press("'g")
	for last := 0; last < n; last += height {
		got := s.shown()
		from := min(last, n-height)
		if successive(t, got, from, from+height); t.Failed() {
			return
		}
		s.press("pgdown")
	}
	if s.scope().following || s.mode() != keys.Logs {
		t.Error("paging to the end follows")
	}
}

// The line of the cursor stays where it is while records are loaded around it, and while others come.
func TestTheCursorStaysWhileRowsAreLoaded(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			s, f := opened(t, kind, 1000, "")
			for i := range 400 {
				s.press("'k")
				if i%50 == 0 {
					f.bring(numbered(1000+i, 1001+i))
					f.bring(fmt.Sprintf("2026-03-14T08:00:01Z WARN orders n%d late\n", 5000+i))
				}
				line, at := s.scope().list.Cursor-s.scope().list.Top, s.number()
				s.came()
				if now := s.scope().list.Cursor - s.scope().list.Top; now != line || s.number() != at || at != 998-i {
					t.Fatalf("from record %d in line %d to %d in %d", at, line, s.number(), now)
				}
			}
		})
	}
}

// A selection begins at its record, whatever is loaded and whatever comes.
func TestSelectionsKeepTheirRecord(t *testing.T) {
	s, f := opened(t, "file", 1000, "")
	s.press("'kkv")
	for range 2 {
		s.press("pgup")
		f.bring("2026-03-14T08:00:01Z WARN orders n5000 late\n")
		s.came()
	}
	high := s.scope().anchorRow
	n := high - s.scope().list.Cursor + 1
	if last := s.scope().items[high].Record.Body; !strings.HasPrefix(last, "n997 ") || n != 2*s.listHeight()+1 {
		t.Errorf("%d are selected, the last one %s", n, last)
	}
	s.press("'g'G", "esc")
	if s.scope().anchorRow >= 0 || len(s.layers) != 1 {
		t.Error("Esc leaves the selection")
	}
}
