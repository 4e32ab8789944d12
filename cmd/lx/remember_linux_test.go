package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shopAt writes a log of a few records and returns its path.
func shopAt(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "shop.log")
	text := `{"timestamp":"2026-03-14T14:00:01Z","level":"info","service":"orders","msg":"order 1 accepted"}
{"timestamp":"2026-03-14T14:00:02Z","level":"error","service":"payment","msg":"order 1 declined"}
{"timestamp":"2026-03-14T14:00:03Z","level":"info","service":"orders","msg":"order 2 accepted"}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What was looked at is there again the next time, bookmarks with their notes among it; the command line wins.
func TestThePlaceIsRestored(t *testing.T) {
	home := t.TempDir()
	log := shopAt(t, home)
	s := inTerminalAt(t, home, 100, 24, nil, log)
	s.shows("order 2 accepted")
	s.press("g")
	s.shows(">14:00:01")
	s.press("M")
	s.shows("note:")
	s.press("first order\r")
	s.shows("✎ first order")
	s.press("&service:orders\r")
	s.shows("2 of 3")
	s.leaves("q")

	s = inTerminalAt(t, home, 100, 24, nil, log)
	s.shows(`restored: filter service:orders, 1 bookmark \(X shows all; --fresh starts without\)`)
	s.shows("✎ first order")
	s.shows("2 of 3")
	s.press("&")
	s.press("\x15")
	s.press("\x1b[A") // typed before
	s.shows("& service:orders")
	s.press("\x1b")
	s.shows("following")
	s.leaves("q")

	s = inTerminalAt(t, home, 100, 24, nil, "-q", "level:ERROR", log)
	s.shows("restored: 1 bookmark")
	s.shows("1 of 3")
	s.leaves("q")

	s = inTerminalAt(t, home, 100, 24, nil, "--fresh", log)
	s.shows("no filter +3 · ")
	s.leaves("q")
}

// A view is saved to a file, and shared as a command that prints the same.
func TestSavedFromTheScreen(t *testing.T) {
	home := t.TempDir()
	s := inTerminalAt(t, home, 100, 24, nil, shopAt(t, home))
	s.shows("order 2 accepted")
	out := filepath.Join(home, "orders.jsonl")
	s.press("&service:orders\r")
	s.shows("2 of 3")
	s.press(":w " + out + "\r")
	s.shows("saved 2 records")
	if b, err := os.ReadFile(out); err != nil || strings.Count(string(b), "accepted") != 2 {
		t.Errorf("%v %s", err, b)
	}
	s.press(":14:00:0")
	s.shows("the first record from")
	s.press("\x1b")
	s.shows("2 of 3 · ")
	s.press(":3\r")
	s.shows(">14:00:03")
	s.leaves("q")
}

// lx alone lists what there is, and opens what is chosen.
func TestOpenedFromTheList(t *testing.T) {
	home := t.TempDir()
	shopAt(t, home)
	t.Chdir(home)
	s := inTerminalAt(t, home, 100, 24, nil)
	for range 20 { // a list does not wait for a disk for long
		if strings.Contains(s.shows(`what to explore(?s:.*)demo`), "shop.log") {
			break
		}
		s.leaves("\x1b")
		s = inTerminalAt(t, home, 100, 24, nil)
	}
	s.press("/shop.log\r")
	s.press("\r")
	s.shows("order 2 accepted")
	s.leaves("q")
	s = inTerminalAt(t, home, 100, 24, nil)
	s.shows("what to explore")
	s.leaves("\x1b")
}
