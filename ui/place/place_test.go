package place

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

var set = []string{"/var/log/b.log", "/var/log/a.log"}

func mark(n int, note string) Bookmark {
	return Bookmark{Source: "a.log", Offset: int64(n), Time: 5, Hash: Hash([]byte{byte(n)}), Text: "a record", Note: note}
}

// opened returns a store that has room.
func opened(dir string) *Store {
	s := Open(dir)
	s.room = func(string) (int64, int64, bool) { return 2 << 30, 4 << 30, true }
	return s
}

func save(t *testing.T, s *Store, before, after Place) Place {
	t.Helper()
	p, note, err := s.Save(set, before, after)
	if err != nil || note != "" {
		t.Fatal(note, err)
	}
	return p
}

func load(t *testing.T, s *Store) Place {
	t.Helper()
	p, note, err := s.Load(set)
	if err != nil || note != "" {
		t.Fatal(note, err)
	}
	return p
}

func TestSavedIsLoaded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lx")
	want := Place{Filter: "service:payment", Level: "WARN", Range: Range{Last: 15 * time.Minute}, Shown: []string{"host.name"}, Hidden: []string{"service.name"},
		TimeDisplay: "UTC", Wrap: true, Context: 3, Bookmarks: []Bookmark{mark(1, "why"), mark(2, "")}}
	save(t, opened(dir), Place{}, want)
	if got := load(t, opened(dir)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	set2 := []string{"/var/log/a.log", "/var/log/x/../b.log", "/var/log/a.log"} // the same files
	if got, _, _ := opened(dir).Load(set2); !reflect.DeepEqual(got, want) {
		t.Errorf("named otherwise: %+v", got)
	}
	for _, other := range [][]string{{"/var/log/a.log"}, {"-"}, {"/var/log/a.log", "/var/log/b.log", "-"}, nil} {
		if got, note, err := opened(dir).Load(other); !reflect.DeepEqual(got, Place{}) || note != "" || err != nil {
			t.Errorf("%q: %+v %s %v", other, got, note, err)
		}
	}
	for _, name := range []string{"", "places"} {
		list, err := os.ReadDir(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 || strings.HasSuffix(e.Name(), ".part") {
				t.Errorf("%s %v %v", e.Name(), info.Mode(), err)
			}
		}
	}
}

func TestStandardInputIsNotRemembered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lx")
	if _, note, err := opened(dir).Save([]string{"-"}, Place{}, Place{Filter: "a"}); note != "" || err != nil {
		t.Error(note, err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("something was written", err)
	}
}

// Two that look at the same files keep each other's bookmarks, and what each took away is gone.
func TestTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	begin := save(t, opened(dir), Place{}, Place{Bookmarks: []Bookmark{mark(1, ""), mark(2, ""), mark(3, "")}})
	one, two := opened(dir), opened(dir)
	save(t, one, begin, Place{Bookmarks: []Bookmark{mark(1, "noted"), mark(3, ""), mark(4, "")}}) // noted 1, took 2 away, set 4
	p := save(t, two, begin, Place{Filter: "b", Bookmarks: []Bookmark{mark(1, ""), mark(2, ""), mark(5, "")}})
	want := Place{Filter: "b", Bookmarks: []Bookmark{mark(1, "noted"), mark(4, ""), mark(5, "")}}
	if got := load(t, one); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(p, want) {
		t.Errorf("%+v\n%+v", got, p)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if _, note, err := opened(dir).Save(set, Place{}, Place{Bookmarks: []Bookmark{mark(10+i, "")}}); note != "" || err != nil {
				t.Error(note, err)
			}
		})
	}
	all.Wait()
	if got := load(t, one); len(got.Bookmarks) != 23 {
		t.Errorf("%d bookmarks", len(got.Bookmarks))
	}
}

// What cannot be understood is told of, ignored, and stays.
func TestForeignFiles(t *testing.T) {
	f := func(content, want string) {
		t.Helper()
		dir := t.TempDir()
		s := opened(dir)
		save(t, s, Place{}, Place{Filter: "a"})
		files, _ := filepath.Glob(filepath.Join(dir, "places", "*.json"))
		if len(files) != 1 || os.WriteFile(files[0], []byte(content), 0o600) != nil || os.WriteFile(filepath.Join(dir, "history.json"), []byte(content), 0o600) != nil {
			t.Fatal(files)
		}
		p, note, err := s.Load(set)
		if err != nil || !reflect.DeepEqual(p, Place{}) || !strings.Contains(note, want) {
			t.Errorf("%.20q: %+v %q %v", content, p, note, err)
		}
		if _, again, _ := s.Load(set); again != "" {
			t.Errorf("told twice: %s", again)
		}
		if _, note, err := opened(dir).Save(set, Place{}, Place{Filter: "b"}); err != nil || !strings.Contains(note, want) {
			t.Errorf("%.20q saved: %q %v", content, note, err)
		}
		if b, _ := os.ReadFile(files[0]); string(b) != content {
			t.Errorf("%.20q was overwritten", content)
		}
		if strings.Contains(want, "sources") {
			return
		}
		if _, note, err := opened(dir).History(); err != nil || !strings.Contains(note, want) {
			t.Errorf("history: %q %v", note, err)
		}
		if note, err := opened(dir).Remember("x"); err != nil || !strings.Contains(note, want) {
			t.Errorf("history: %q %v", note, err)
		}
		if b, _ := os.ReadFile(filepath.Join(dir, "history.json")); string(b) != content {
			t.Errorf("%.20q of history was overwritten", content)
		}
	}
	f("", "damaged")
	f("{\"version\":1,\"pl", "damaged")
	f("[1]", "not of lx")
	f("{\"filter\":\"a\"}", "not of lx")
	f("{\"version\":1,\"place\":7,\"queries\":7}", "damaged")
	f("{\"version\":2}", "a newer lx")
	f("{\"version\":1,\"sources\":[\"/other\"],\"place\":{\"filter\":\"z\"}}", "other sources")
	f(strings.Repeat(" ", mostBytes+1), "larger than 1 MB")
}

func TestFullDisk(t *testing.T) {
	f := func(free, total int64, written bool) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "lx")
		s := Open(dir)
		s.room = func(string) (int64, int64, bool) { return free, total, true }
		_, note, err := s.Save(set, Place{}, Place{Filter: "a"})
		again, _ := s.Remember("q")
		_, missing := os.Stat(filepath.Join(dir, "history.json"))
		if err != nil || (note == "") != written || again != "" || (missing == nil) != written {
			t.Errorf("%d of %d: %q %q %v %v", free, total, note, again, missing, err)
		}
	}
	f(1<<30, 10<<30, true)
	f(1<<30-1, 10<<30, false)
	f(4<<30, 100<<30, false)
	f(5<<30, 100<<30, true)
}

// What could not be written is written the next time.
func TestRoomComesBack(t *testing.T) {
	s := Open(t.TempDir())
	s.room = func(string) (int64, int64, bool) { return 0, 1, true }
	marked := Place{Bookmarks: []Bookmark{mark(1, "")}}
	p, note, err := s.Save(set, Place{}, marked)
	if note == "" || err != nil || len(p.Bookmarks) > 0 {
		t.Fatal(p, note, err)
	}
	s.room = opened("").room
	save(t, s, p, marked)
	if got := load(t, s); !reflect.DeepEqual(got, marked) {
		t.Errorf("%+v", got)
	}
}

func TestBounds(t *testing.T) {
	dir := t.TempDir()
	s := opened(dir)
	for i := range mostPlaces + 5 {
		name := fmt.Sprintf("/logs/%d", i)
		if _, _, err := s.Save([]string{name}, Place{}, Place{Filter: name}); err != nil {
			t.Fatal(err)
		}
		at := time.Unix(int64(1000+i), 0)
		_ = os.Chtimes(s.path([]string{name}), at, at)
	}
	save(t, s, Place{}, Place{Filter: "last"})
	files, _ := filepath.Glob(filepath.Join(dir, "places", "*"))
	if len(files) != mostPlaces {
		t.Errorf("%d places", len(files))
	}
	if p, _, _ := s.Load([]string{"/logs/0"}); p.Filter != "" {
		t.Error("the oldest is there")
	}
	if p, _, _ := s.Load([]string{"/logs/204"}); p.Filter == "" {
		t.Error("the newest is not")
	}

	var many Place
	for i := range 2000 {
		b := mark(i, strings.Repeat("x", 1000))
		many.Bookmarks = append(many.Bookmarks, b)
	}
	_, note, err := s.Save(set, Place{}, many)
	if err != nil || !strings.Contains(note, "oldest are not") {
		t.Error(note, err)
	}
	p := load(t, s)
	if n := len(p.Bookmarks); n < 900 || n > 1000 || p.Bookmarks[n-1] != many.Bookmarks[1999] {
		t.Errorf("%d bookmarks", n)
	}
}

func TestHistory(t *testing.T) {
	s := opened(t.TempDir())
	for i := range 600 {
		if _, err := s.Remember(fmt.Sprint("q", i)); err != nil {
			t.Fatal(err)
		}
	}
	if note, err := s.Remember("q300", "", "new"); note != "" || err != nil {
		t.Fatal(note, err)
	}
	list, note, err := s.History()
	if n := len(list); err != nil || note != "" || n != 500 || list[n-1] != "new" || list[n-2] != "q300" || list[n-3] != "q599" || list[0] != "q101" {
		t.Errorf("%d %q %v %q", n, note, err, list)
	}
}

func TestUnder(t *testing.T) {
	p := Place{Filter: "service:payment", Level: "WARN", Range: Range{From: 1}, Shown: []string{"a"}, Wrap: true, Bookmarks: []Bookmark{mark(1, ""), mark(2, ""), mark(3, "")}}
	f := func(p Place, g Given, want Place, words string) {
		t.Helper()
		got, said := p.Under(g)
		if !reflect.DeepEqual(got, want) || said != words {
			t.Errorf("%+v\n%q, not\n%q", got, said, words)
		}
	}
	f(Place{}, Given{}, Place{}, "")
	f(Place{Wrap: true}, Given{}, Place{Wrap: true}, "")
	f(p, Given{}, p, "restored: filter service:payment, level WARN, time range, columns, 3 bookmarks (X shows all; --fresh starts without)")
	f(p, Given{Level: true, Range: true, Columns: true, Wrap: true}, Place{Filter: p.Filter, Bookmarks: p.Bookmarks},
		"restored: filter service:payment, 3 bookmarks (X shows all; --fresh starts without)")
	all := Given{true, true, true, true, true, true, true}
	f(p, all, Place{Bookmarks: p.Bookmarks}, "restored: 3 bookmarks (--fresh starts without)")
	f(Place{Bookmarks: p.Bookmarks[:1]}, all, Place{Bookmarks: p.Bookmarks[:1]}, "restored: 1 bookmark (--fresh starts without)")
	long := Place{Filter: "a\x1b[2J" + strings.Repeat("日", 50)}
	f(long, Given{}, long, `restored: filter a\x1b[2J`+strings.Repeat("日", 15)+"… (X shows all; --fresh starts without)")
}

func TestDir(t *testing.T) {
	t.Setenv("HOME", "/home/u")
	f := func(state, want string) {
		t.Helper()
		if dir, err := Dir(func(string) string { return state }); dir != want || err != nil {
			t.Error(dir, err)
		}
	}
	f("/s", "/s/lx")
	f("", "/home/u/.local/state/lx")
	f("relative", "/home/u/.local/state/lx")
}

func TestUnwritableFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, fs.FileMode(0o600)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := opened(dir).Save(set, Place{}, Place{}); err == nil {
		t.Error("no error")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"version":1,"place":{"bookmarks":[{"offset":-1}]}}`))
	path := filepath.Join(f.TempDir(), "a.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		var x file
		if note, err := read(path, &x.Version, &x); err != nil || note == "" && x.Version != 1 {
			t.Fatalf("%q: %q %v %d", b, note, err, x.Version)
		}
	})
}
