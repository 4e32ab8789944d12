package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestForeignCacheIsNotRead(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	f := func(what string, plant func(path string) error) {
		t.Helper()
		if err := os.RemoveAll(c.folder); err != nil {
			t.Fatal(err)
		}
		c.check("first")
		if err := plant(c.files()[0]); err != nil {
			t.Fatal(err)
		}
		if n := c.check(what); n < shortLog {
			t.Errorf("%s: %d bytes were read", what, n)
		}
	}
	f("readable by others", func(path string) error { return os.Chmod(path, 0o644) })
	f("a folder that others may write to", func(path string) error { return os.Chmod(filepath.Dir(path), 0o777) })
	f("a link", func(path string) error {
		if err := os.Rename(path, path+".else"); err != nil {
			return err
		}
		return os.Symlink(path+".else", path)
	})
	f("a folder", func(path string) error {
		if err := os.Remove(path); err != nil {
			return err
		}
		return os.Mkdir(path, 0o700)
	})
	if os.Getuid() == 0 {
		f("another's", func(path string) error { return os.Chown(path, 12345, 12345) })
	}
	info, err := os.Stat(c.folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has %v: %v", info.Mode(), err)
	}
}

// What is planted under the name of an index is written over and not through.
func TestLinkIsNotWrittenThrough(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	c.check("first")
	name, victim := c.files()[0], filepath.Join(t.TempDir(), "victim")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, name); err != nil {
		t.Fatal(err)
	}
	c.check("linked")
	if b, err := os.ReadFile(victim); err != nil || string(b) != "mine" {
		t.Errorf("the file that the link names has %q: %v", b, err)
	}
	if n := c.check("again"); n > littleRead {
		t.Errorf("%d bytes were read", n)
	}
}

func TestLeastRecentlyUsedGoes(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	plant := func(name string, size int64, age time.Duration) {
		t.Helper()
		path := filepath.Join(c.folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, later.Add(-age), later.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	plant("7-1.index", 1e9, 3*time.Hour)
	plant("7-2.index", 1e9, 4*time.Hour)
	plant("7-3.index", 5e8, time.Hour)
	plant("old.writing", 10, 2*time.Hour)
	plant("new.writing", 10, time.Minute)
	plant("what else there is", 3e9, 9*time.Hour)
	c.check("first")
	var left []string
	for _, path := range c.files() {
		left = append(left, filepath.Base(path))
	}
	if got := strings.Join(left, ", "); got != "1-2.index, 7-1.index, 7-3.index, new.writing, what else there is" {
		t.Errorf("left are %s", got)
	}
	if err := os.Chtimes(filepath.Join(c.folder, "1-2.index"), hourAgo, hourAgo); err != nil {
		t.Fatal(err)
	}
	c.check("again")
	if info, err := os.Stat(filepath.Join(c.folder, "1-2.index")); err != nil || !info.ModTime().Equal(later) {
		t.Errorf("using an index does not tell: %v", err)
	}
}

// Programs that write the same index at once leave a whole one.
func TestCacheWrittenAtOnce(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	var writing sync.WaitGroup
	for range 4 {
		writing.Go(func() { c.read(c.folder) })
	}
	writing.Wait()
	if n := c.check("afterwards"); n > littleRead {
		t.Errorf("%d bytes were read", n)
	}
	if n := len(c.files()); n != 1 {
		t.Errorf("%d files are left", n)
	}
}
