package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeAged writes a file that was last changed so many minutes before noon.
func writeAged(t *testing.T, folder, name, text string, minutes int) {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	at := noon.Add(-time.Duration(minutes) * time.Minute)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// foundIn is what a search of a folder brings, as kinds and names below it.
func foundIn(t *testing.T, folder string, depth int) string {
	t.Helper()
	var out []string
	for _, c := range <-lookFor(t.Context(), folder, depth) {
		name, _ := filepath.Rel(folder, c.Name)
		out = append(out, c.Kind+" "+name)
	}
	return strings.Join(out, ", ")
}

func TestOpenableFiles(t *testing.T) {
	here := t.TempDir()
	f := func(depth int, want string) {
		t.Helper()
		if got := foundIn(t, here, depth); got != want {
			t.Errorf("depth %d: %s, want %s", depth, got, want)
		}
	}
	f(0, "")
	const line = `{"time":"2026-03-14T08:00:00Z","level":"info","msg":"one"}` + "\n"
	writeAged(t, here, "old.log", "anything", 9)
	f(0, "file old.log")
	writeAged(t, here, "shop.out", line+line, 2) // by its first bytes
	writeAged(t, here, "app.log.1.gz", "\x1f\x8b", 5)
	writeAged(t, here, "syslog.2", "x", 6)
	writeAged(t, here, "notes.txt", "no log\nat all\n", 1)
	writeAged(t, here, "main.go", "package main\n", 1)
	writeAged(t, here, "empty.log", "", 1)
	writeAged(t, here, ".hidden.log", line, 1)
	writeAged(t, here, "wtmp", "\x00\x01\x02", 1)
	writeAged(t, here, "core", "\x7fELF\x02\x01\x01\x00\x00\x00", 1)
	writeAged(t, here, "nginx/access.log", "x", 3)
	f(0, "file shop.out, file app.log.1.gz, file syslog.2, file old.log, folder .")
	f(1, "file shop.out, file nginx/access.log, file app.log.1.gz, file syslog.2, file old.log, folder .")
}

// Of many files the newest are named, and the folder with their number.
func TestOpenableMany(t *testing.T) {
	here := t.TempDir()
	for i := range shownOfFolder + 5 {
		writeAged(t, here, fmt.Sprintf("%02d.log", i), "x", i)
	}
	list := <-lookFor(t.Context(), here, 0)
	last := list[len(list)-1]
	if len(list) != shownOfFolder+1 || filepath.Base(list[0].Name) != "00.log" || last.Kind != "folder" || !strings.Contains(last.About, "all 25 logs") || last.Args[0] != here {
		t.Errorf("%d: %+v", len(list), last)
	}
}

// Profiles stand first, then servers, and the demo last. A context that is over finds no files, and does not wait for them.
func TestOpenable(t *testing.T) {
	c := configOf(t, "[es.z]\nurls = ['http://h:1']\n[es.y]\ncloud_id = 'shop:eQ=='\nindex = 'app-*'\n[profile.b]\nsources = ['x']\n[profile.a]\nlevel = 'warn'")
	here := t.TempDir()
	writeAged(t, here, "-odd.log", "x", 1)
	t.Chdir(here)
	f := func(ctx context.Context, demo bool, want ...string) {
		t.Helper()
		var got []string
		// A machine that has more to do may need longer than a list waits: it is asked for again.
		for begun := time.Now(); fmt.Sprint(got) != fmt.Sprint(want) && time.Since(begun) < time.Minute; {
			got = nil
			for _, o := range openable(ctx, &c, ".", filepath.Join(here, "none"), demo) {
				got = append(got, strings.TrimSpace(o.About+" "+fmt.Sprint(o.Args)))
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f(t.Context(), false, "warn [--profile a]", "x [--profile b]", "app-* · shop [--es y]", "logs-*,app-logs-*,logstash-*,filebeat-* · http://h:1 [--es z]", "[-- -odd.log]")
	f(t.Context(), true, "warn [--profile a]", "x [--profile b]", "app-* · shop [--es y]", "logs-*,app-logs-*,logstash-*,filebeat-* · http://h:1 [--es z]", "[-- -odd.log]", "a generated shop with an incident, live [demo]")
}

// A search that is to stop says that it has not seen everything.
func TestOpenableStops(t *testing.T) {
	here := t.TempDir()
	writeAged(t, here, "a.log", "x", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if list := <-lookFor(ctx, here, 1); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	s := &search{ctx: t.Context(), root: here, entries: maxEntries, files: make([]candidate, 2)}
	s.folder(here, 1)
	if list := s.candidates(); len(list) != 3 || !strings.Contains(list[2].About, "at least 2 logs") {
		t.Errorf("%+v", list)
	}
}
