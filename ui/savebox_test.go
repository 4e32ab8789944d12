package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

func (v shopView) Each(ctx context.Context, f func(session.Key, *logs.Record) bool) error {
	for _, r := range v.matching() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !f(r.Key, r.Record) {
			break
		}
	}
	return nil
}

func (v shopView) Undecoded() session.View { return v }

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("old\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSave(t *testing.T) {
	s := open(t, newShop(200), 120, 24, "service:payment")
	s.press("'s")
	s.golden("120x24-save")
	path := filepath.Join(t.TempDir(), "payment.jsonl")
	s.press("ctrl+u", "'"+path, "enter")
	s.tells("saved 20 records, ")
	b, err := os.ReadFile(path)
	if err != nil || strings.Count(string(b), "\n") != 20 || strings.Count(string(b), "payment") != 20 {
		t.Errorf("%v %s", err, b)
	}
}

func TestSaveAsksBeforeItOverwrites(t *testing.T) {
	s := open(t, newShop(200), 120, 24, "")
	path := filepath.Join(t.TempDir(), "all.csv")
	touch(t, path)
	holds := func(lines int) {
		t.Helper()
		if b, _ := os.ReadFile(path); strings.Count(string(b), "\n") < lines || lines == 1 && string(b) != "old\n" {
			t.Errorf("the file has %q", b)
		}
	}
	s.press("':", "'w "+path, "enter")
	s.tells("is there already: overwrite it?")
	s.press("'n")
	holds(1)
	s.press("':", "'w "+path, "enter", "'y")
	s.tells("saved 200 records")
	holds(201)
}

func TestSaveFaults(t *testing.T) {
	f := func(path, says string) {
		t.Helper()
		s := open(t, newShop(20), 120, 24, "")
		s.press("':", "'w "+path, "enter")
		s.tells(says)
	}
	f("x.gz", "records are saved unpacked")
	f(t.TempDir(), "is a folder")
	f(t.TempDir()+"/no/such/folder.log", "no such file or directory")
}

// Ctrl-c gives up what is being saved, and nothing is left of it.
func TestSaveIsCancelled(t *testing.T) {
	x := newShop(10_000)
	s := open(t, x, 120, 24, "")
	path := filepath.Join(t.TempDir(), "x.jsonl")
	cmd := s.save(path, s.scope())
	s.press("'q")
	s.tells("saving x.jsonl  0 records, 0 B · Ctrl-c stops")
	s.press("ctrl+c")
	s.run(cmd)
	s.tells("saving was stopped")
	if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 0 || s.saving != nil {
		t.Errorf("%d files are left", len(list))
	}
}

func TestSaveProposesAName(t *testing.T) {
	f := func(filter, want string) {
		t.Helper()
		s := open(t, newShop(20), 120, 24, filter)
		if got := s.proposedName(s.scope().node()); got != want {
			t.Errorf("%s: %s", filter, got)
		}
	}
	f("", "shop-20260314-1200.jsonl")
	f("service:payment and timed", "payment-20260314-1200.jsonl")
	f(`service:"../../etc"`, "etc-20260314-1200.jsonl")
}

func TestSize(t *testing.T) {
	f := func(n int64, want string) {
		t.Helper()
		if got := size(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	f(0, "0 B")
	f(999, "999 B")
	f(1000, "1.0 kB")
	f(999_499, "999 kB")
	f(999_500, "1.0 MB")
	f(3_412_000, "3.4 MB")
	f(5_000_000_000_000_000, "5000 TB")
}

// Records of a pipe that came after all was saved are asked for, however many there were of files.
func TestSavedWithFilesBeside(t *testing.T) {
	x := newShop(200)
	x.health = append(x.health, session.Health{Source: "-", Kind: "pipe", State: session.Live, Records: 20})
	s := open(t, x, 120, 24, "")
	s.press("'s", "ctrl+u", "'"+filepath.Join(t.TempDir(), "all.jsonl"), "enter")
	s.tells("saved 200 records")
	f := func(records, gone, want int64) {
		t.Helper()
		x.health[1].Records, x.health[1].Gone = records, gone
		if s.look(); s.onlyHere() != want {
			t.Errorf("%d records, %d gone: %d kept nowhere else", records, gone, s.onlyHere())
		}
	}
	f(20, 0, 0)
	f(25, 0, 5)
	f(25, 22, 3)
	f(25, 25, 0)
}

// What is pasted behind a completed name stays.
func TestPasteBehindACompletedName(t *testing.T) {
	t.Chdir(t.TempDir())
	touch(t, "aa.log")
	touch(t, "ab.log")
	s := open(t, newShop(20), 80, 24, "")
	s.press("'s", "ctrl+u", "'a", "tab")
	s.send(tea.PasteMsg{Content: ".gz"})
	s.press("tab")
	if text := s.box.(*saveBox).text(); text != "aa.log.gz" {
		t.Errorf("%q", text)
	}
}
