package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// longLog is n records, a second apart; every tenth is an error.
func longLog(n int) string {
	var b strings.Builder
	at := time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)
	for i := range n {
		level, text := "info", "accepted"
		if i%10 == 9 {
			level, text = "error", "declined"
		}
		fmt.Fprintf(&b, `{"ts":"%s","level":"%s","service":"orders","msg":"order %d %s","shop":"north"}`+"\n", at.Format(time.RFC3339), level, i, text)
		at = at.Add(time.Second)
	}
	return b.String()
}

// oldRecords is how many records oldLog has.
const oldRecords = 45_000

// oldLog is a log large enough for its index to be kept, and so old that it is.
func oldLog(t *testing.T) string {
	t.Helper()
	path := logFile(t, "shop.log", longLog(oldRecords))
	aged(t, path, 0)
	return path
}

// aged says that a file was last written long ago, and so many seconds later than another time.
func aged(t *testing.T, path string, seconds int) {
	t.Helper()
	at := time.Now().Add(-time.Hour).Truncate(time.Second).Add(time.Duration(seconds) * time.Second)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// answers are what lx says of a file with its cache in home: totals, a count by
// free text, and the records themselves. All must succeed.
func answers(t *testing.T, home, path string) (all string) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("XDG_CACHE_HOME", home)
	for _, args := range [][]string{{"stats", "-o", "json"}, {"query", "-o", "count", "declined"}, {"query", "-o", "json", "--level", "ERROR", "order"}} {
		var out, said bytes.Buffer
		p := &program{out: &out, err: &said, now: time.Now}
		if code := p.run(t.Context(), append(args, path)); code != exitDone {
			t.Errorf("%q: exit status %d: %s", args, code, &said)
		}
		all += out.String()
	}
	return all
}

// cached are the files that lx keeps in home.
func cached(t *testing.T, home string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(home, "lx"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil || len(paths) == 0 {
		t.Fatalf("no index was kept: %v", err)
	}
	return paths
}

// differing says where two answers differ.
func differing(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %.300s, not %.300s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(a), len(b))
}

// Whatever has happened to the files of the cache, the answers are right.
func TestDamagedCache(t *testing.T) {
	path, home := oldLog(t), t.TempDir()
	want := answers(t, home, path)
	whole := map[string][]byte{}
	for _, name := range cached(t, home) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = b
	}
	f := func(what string, damage func(b []byte) []byte) {
		t.Helper()
		for name, b := range whole {
			for other, b := range whole { // one is damaged, the others are as they were
				if err := os.WriteFile(other, b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(name, damage(bytes.Clone(b)), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := answers(t, home, path); got != want {
				t.Errorf("%s of %s: %s", what, filepath.Base(name), differing(got, want))
			}
		}
	}
	f("nothing", func(b []byte) []byte { return b })
	f("an empty file", func([]byte) []byte { return nil })
	f("zeros", func(b []byte) []byte { return make([]byte, len(b)) })
	f("bytes behind the end", func(b []byte) []byte { return append(b, b...) })
	f("ones", func(b []byte) []byte { return bytes.Repeat([]byte{0xff}, len(b)) })
	parts := max(32/slower, 3)
	for i := range parts {
		f(fmt.Sprintf("cut at %d/%d", i, parts), func(b []byte) []byte { return b[:len(b)*i/parts] })
		f(fmt.Sprintf("byte %d turned", i), func(b []byte) []byte { // the head has the version, sizes and places
			b[min(i, len(b)-1)] ^= 0x41
			return b
		})
		f(fmt.Sprintf("a bit turned at %d/%d", i, parts), func(b []byte) []byte {
			b[len(b)*i/parts] ^= 1 << (i % 8)
			return b
		})
	}
	for name := range whole {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got := answers(t, home, path); got != want {
		t.Errorf("folders in place of files: %s", differing(got, want))
	}
}

// Whatever has become of a file since it was indexed, the answers are those of a program that never saw it before.
func TestFileChangedSinceItWasIndexed(t *testing.T) {
	text := longLog(oldRecords)
	middle := strings.Index(text, "order 22508 accepted")
	edited := text[:middle] + strings.Replace(text[middle:], "accepted", "declined", 1)
	longer := strings.Replace(text, "order 22508 accepted", "order 22508 was accepted after all, and declined", 1)
	f := func(what string, change func(path string) error) {
		t.Helper()
		path, home := oldLog(t), t.TempDir()
		before := answers(t, home, path)
		cached(t, home)
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		want := answers(t, t.TempDir(), path)
		if want == before {
			t.Errorf("%s: the answers are those from before", what)
		}
		for range 2 { // the second finds what the first has left
			if got := answers(t, home, path); got != want {
				t.Errorf("%s: %s", what, differing(got, want))
			}
		}
	}
	written := func(text string) func(string) error {
		return func(path string) error {
			err := os.WriteFile(path, []byte(text), 0o600)
			aged(t, path, 10)
			return err
		}
	}
	f("edited in its middle", written(edited))
	f("edited in its middle, longer", written(longer))
	f("edited in its middle and grown", written(edited+longLog(10)))
	f("edited at its head and grown", written(`{"level":"warn","msg":"first"}`+"\n"+text[len(`{"level":"warn","msg":"first"}`)+1:]+longLog(10)))
	f("grown", written(text+longLog(10)))
	f("grown by much", written(text+text))
	f("grown by a part of a line", written(text+`{"level":"error","msg":"order declined`))
	f("cut", written(text[:len(text)/2]))
	f("cut below what is kept", written(text[:len(text)/10]))
	f("emptied and written anew", written(longLog(100)))
	f("edited a moment ago", func(path string) error { return os.WriteFile(path, []byte(edited), 0o600) })
	f("replaced", func(path string) error {
		defer aged(t, path, 0)
		aside := path + ".new"
		if err := os.WriteFile(aside, []byte(edited), 0o600); err != nil {
			return err
		}
		return os.Rename(aside, path)
	})
}

// Another zone, format or pattern than that of the cached index gives other records.
func TestCachedIndexIsOfOtherFlags(t *testing.T) {
	var b strings.Builder
	for i := range 80_000 {
		fmt.Fprintf(&b, "2026-03-14 08:%02d:%02d,000 INFO [orders] order %d accepted, level=error\n", i/60%60, i%60, i)
	}
	path := logFile(t, "shop.log", b.String())
	aged(t, path, 0)
	home := t.TempDir()
	ask := func(home string, flags ...string) string {
		t.Setenv("XDG_CONFIG_HOME", home)
		t.Setenv("XDG_CACHE_HOME", home)
		var out, said bytes.Buffer
		p := &program{out: &out, err: &said, now: time.Now}
		if code := p.run(t.Context(), append([]string{"stats", "-o", "json", path}, flags...)); code != exitDone {
			t.Errorf("%q: exit status %d: %s", flags, code, &said)
		}
		return out.String()
	}
	f := func(flags ...string) {
		t.Helper()
		for range 2 {
			if got, want := ask(home, flags...), ask(t.TempDir(), flags...); got != want {
				t.Errorf("%q: %s", flags, differing(got, want))
			}
		}
	}
	f("--tz", "UTC")
	f("--tz", "Europe/Berlin")
	f("--tz", "UTC", "--format", "plain")
	f("--tz", "UTC", "--format", `(?P<level>\w+)$`)
	f("--tz", "UTC", "--format", `(?P<service>\w+)$`)
	f("--tz", "UTC")
	cached(t, home)
}
