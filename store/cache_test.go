package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// onDisk is a log file that counts the bytes that are read of it.
type onDisk struct {
	*os.File
	read  atomic.Int64
	close sync.Once
}

func (f *onDisk) Close() (err error) {
	f.close.Do(func() { err = f.File.Close() })
	return err
}

func (f *onDisk) ReadAt(b []byte, at int64) (int, error) {
	f.read.Add(int64(len(b)))
	return f.File.ReadAt(b, at)
}

// cached is a log file and the folder of a cache.
type cached struct {
	t       *testing.T
	folder  string
	path    string
	options store.Options
	least   int64 // bytes of a log file whose index is worth keeping
	live    bool
	indexer func() logs.Indexer
}

// These tests run later than any of their records, and an hour after their files were written.
var (
	later   = time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
	hourAgo = later.Add(-time.Hour)
)

func newCached(t *testing.T, text string) *cached {
	t.Helper()
	c := &cached{t: t, folder: filepath.Join(t.TempDir(), "cache", "lx"), path: filepath.Join(t.TempDir(), "app.log"), indexer: newIndexer}
	c.least = min(longLog, int64(len(text)))
	c.options.Now = func() time.Time { return later }
	c.write(text, hourAgo)
	return c
}

func (c *cached) write(text string, at time.Time) {
	c.t.Helper()
	if err := os.WriteFile(c.path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Chtimes(c.path, at, at); err != nil {
		c.t.Fatal(err)
	}
}

// begin opens the log file as a stream and has it read.
func (c *cached) begin(folder string) (*store.Store, *store.Stream, *onDisk) {
	c.t.Helper()
	o, err := os.Open(c.path)
	if err != nil {
		c.t.Fatal(err)
	}
	f := &onDisk{File: o}
	stat, err := o.Stat()
	if err != nil {
		c.t.Fatal(err)
	}
	options := c.options
	options.Cache = folder
	s := newStore(c.t, options)
	s.CacheFrom(c.least)
	st := s.Open(store.Info{
		Resource: &logs.Resource{Source: "app.log"}, ModTime: stat.ModTime().UnixNano(), Live: c.live, Data: f,
		Identity: func() (store.Identity, error) {
			now, err := o.Stat()
			if err != nil {
				return store.Identity{}, err
			}
			return store.Identity{Device: 1, Inode: 2, Size: now.Size(), ModTime: now.ModTime().UnixNano()}, nil
		},
	}, c.indexer())
	if err := st.Grow(c.t.Context(), stat.Size()); err != nil {
		c.t.Fatal(err)
	}
	return s, st, f
}

// read indexes the log file, and returns what readers see of it and how many bytes were read of it until then.
func (c *cached) read(folder string) ([]seen, *summary.Totals, int64) {
	c.t.Helper()
	s, st, f := c.begin(folder)
	st.Close()
	n := f.read.Load()
	all, sum := look(c.t, state(c.t, s)), totals(c.t, state(c.t, s))
	if err := s.Close(); err != nil {
		c.t.Error(err)
	}
	return all, sum, n
}

// check reads the log file with the cache and without it, and expects the same
// records. It returns how many bytes the cache had read of the log file.
func (c *cached) check(what string) int64 {
	c.t.Helper()
	want, sum, _ := c.read("")
	got, also, n := c.read(c.folder)
	sameRecords(c.t, what, got, want)
	if !reflect.DeepEqual(also, sum) {
		c.t.Errorf("%s: totals %+v, want %+v", what, also, sum)
	}
	return n
}

// files are those of the cache.
func (c *cached) files() (paths []string) {
	c.t.Helper()
	entries, err := os.ReadDir(c.folder)
	if err != nil && !os.IsNotExist(err) {
		c.t.Fatal(err)
	}
	for _, e := range entries {
		paths = append(paths, filepath.Join(c.folder, e.Name()))
	}
	return paths
}

const (
	littleRead = 200 << 10 // bytes of a log file that are read where its index is cached
	longLog    = 5 << 18   // several chunks
	shortLog   = 300_000
)

// cachedThroughout checks a text as it is, cached, grown, followed, changed and cut.
func cachedThroughout(t *testing.T, name, text string, indexer func() logs.Indexer) {
	t.Helper()
	c := newCached(t, text)
	c.indexer = indexer
	all, _, _ := c.read("")
	timeless, undated := true, false
	for _, r := range all {
		timeless = timeless && r.row.Time == logs.NoTime
		undated = undated || r.row.Guessed&(logs.GuessedYear|logs.GuessedDate) != 0
	}
	f := func(what string, cached bool) {
		t.Helper()
		if n := c.check(name + ", " + what); cached != (n <= littleRead) {
			t.Errorf("%s, %s: %d bytes were read", name, what, n)
		}
	}
	f("first", false)
	f("again", true)
	f("and again", true)
	c.options.Workers = 8
	more := text[:len(text)/3] + "the beginning of a li"
	c.write(text+more, hourAgo.Add(time.Minute))
	f("grown", false)
	f("grown, again", true)
	c.write(text+more+"ne that was not there before\n", hourAgo.Add(2*time.Minute))
	f("grown by the rest of a line", false)
	f("grown by the rest of a line, again", true)
	c.live = true
	f("live", !timeless)
	c.live = false
	middle := len(text) / 2
	c.write(text[:middle]+"!"+text[middle+1:]+more, hourAgo.Add(3*time.Minute))
	f("changed in the middle", false)
	c.write(text[:middle], hourAgo.Add(4*time.Minute))
	f("cut", false)
}

// undatedText is at least size bytes of records without a year, over two New Years, some of them without any time.
func undatedText(size int) string {
	var b strings.Builder
	at := time.Date(2027, 11, 3, 0, 0, 0, 0, time.UTC)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "%s WARN s%d number %d\n", at.Format(time.Stamp), i%7, i)
		if i%50 == 0 {
			b.WriteString("without a time\n\tand its second line\n")
		}
		at = at.Add(time.Second)
		if i%2000 == 0 {
			at = at.AddDate(0, 0, 40_000_000/size)
		}
	}
	return b.String()
}

func TestCachedIndex(t *testing.T) {
	cachedThroughout(t, "toy", bigText(longLog), newIndexer)
	cachedThroughout(t, "without years", undatedText(longLog), newIndexer)
	cachedThroughout(t, "no end", strings.TrimSuffix(bigText(longLog), "\n"), newIndexer)
	cachedThroughout(t, "without times", strings.Repeat("nothing in particular\n", longLog/20), newIndexer)
	paths, err := filepath.Glob("../testdata/samples/*")
	if err != nil || len(paths) == 0 {
		t.Fatal(err)
	}
	var samples []byte
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		samples = append(samples, text...)
	}
	cachedThroughout(t, "samples", string(bytes.Repeat(samples, longLog/len(samples)+1)), realIndexer(t))
}

func realIndexer(t *testing.T) func() logs.Indexer {
	return func() logs.Indexer {
		ix, err := format.New(format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return ix
	}
}

// Each sample by itself, as its formats keep different things from one record to the next.
func TestCachedSamples(t *testing.T) {
	paths, err := filepath.Glob("../testdata/samples/*")
	if err != nil || len(paths) == 0 {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := newCached(t, string(bytes.Repeat(text, shortLog/len(text)+1)))
		c.indexer = realIndexer(t)
		c.check(path)
		if n := c.check(path + ", again"); n > littleRead {
			t.Errorf("%s: %d bytes were read", path, n)
		}
	}
}

// A file that was written a moment before may change without its times telling.
func TestJustWrittenFileIsHashed(t *testing.T) {
	text := bigText(shortLog)
	c := newCached(t, text)
	c.write(text, later.Add(-time.Second))
	c.check("first")
	changed := strings.Replace(text, "number 3000 of", "number 3x00 of", 1)
	c.write(changed, later.Add(-time.Second))
	c.check("changed at the same time")
	if n := c.check("again"); n < int64(len(text)) {
		t.Errorf("%d bytes were read", n)
	}
}

func TestCacheIsOfOtherParameters(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	c.check("first")
	c.options.MaxLine = 50
	if n := c.check("lines cut elsewhere"); n < shortLog {
		t.Errorf("%d bytes were read", n)
	}
	c.indexer = realIndexer(t)
	if n := c.check("another indexer"); n < shortLog {
		t.Errorf("%d bytes were read", n)
	}
	if n := c.check("the same"); n > littleRead {
		t.Errorf("%d bytes were read", n)
	}
	if n := len(c.files()); n != 1 {
		t.Errorf("%d files are kept of one log file", n)
	}
}

func TestSmallFilesAreNotCached(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	c.least = shortLog + 1000
	c.check("small")
	if n := len(c.files()); n != 0 {
		t.Errorf("%d files are kept", n)
	}
}

// Whichever byte is another, or missing, no record is. A damaged file gives way to one that is whole.
func TestDamagedIndex(t *testing.T) {
	damaged(t, bigText(shortLog))
	damaged(t, undatedText(shortLog))
}

func damaged(t *testing.T, text string) {
	t.Helper()
	c := newCached(t, text)
	want, sum, _ := c.read(c.folder)
	path := c.files()[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := func(what string, damaged []byte) {
		t.Helper()
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, also, _ := c.read(c.folder)
			sameRecords(t, what, got, want)
			if !reflect.DeepEqual(also, sum) {
				t.Errorf("%s: totals %+v, want %+v", what, also, sum)
			}
		}
	}
	flipped := func(at int) {
		t.Helper()
		b := bytes.Clone(whole)
		b[at] ^= 0x10
		f(fmt.Sprintf("byte %d of %d", at, len(b)), b)
	}
	for at := range 8 {
		flipped(4 * at)
		flipped(len(whole) - 1 - 4*at)
		flipped(at * len(whole) / 8)
		f("cut", whole[:at*len(whole)/8])
	}
	f("longer", append(bytes.Clone(whole), 0))
	b := bytes.Clone(whole)
	clear(b[32 : len(b)/2])
	f("zeros", b)
	if n := c.check("in the end"); n > littleRead {
		t.Errorf("%d bytes were read: no whole index has taken the place of the damaged one", n)
	}
}

// What another program does to the cached file while it is being used changes no record.
func TestCacheIsReplacedWhileInUse(t *testing.T) {
	c := newCached(t, bigText(shortLog))
	want, _, _ := c.read(c.folder)
	path := c.files()[0]
	f := func(what string, do func()) {
		t.Helper()
		c.check("whole")
		s, st, _ := c.begin(c.folder)
		st.Close()
		do()
		sameRecords(t, what, look(t, state(t, s)), want)
	}
	f("removed", func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	})
	f("replaced", func() {
		other := newCached(t, strings.ReplaceAll(bigText(shortLog), "INFO", "WARN"))
		other.folder = c.folder
		other.check("other")
	})
}

// A stream that goes on behind what was cached has the records that it would have had.
func TestFollowingOnFromTheCache(t *testing.T) {
	text := bigText(shortLog)
	c := newCached(t, text)
	c.live = true
	c.check("first")
	var got [2]string
	for i, folder := range []string{"", c.folder} {
		c.write(text, hourAgo)
		s, st, f := c.begin(folder)
		if folder != "" && f.read.Load() > littleRead {
			t.Errorf("%d bytes were read", f.read.Load())
		}
		long := text + "\tmore of the last record\n2024-05-01T10:59:59Z WARN shop one more\nand no"
		c.write(long, hourAgo)
		if err := st.Grow(t.Context(), int64(len(long))); err != nil {
			t.Fatal(err)
		}
		st.Settle()
		all := dump(t, state(t, s))
		got[i] = all[len(all)-2000:]
	}
	if got[0] != got[1] || !strings.Contains(got[1], "and no") {
		t.Errorf("behind the cache\n%s, want\n%s", got[1], got[0])
	}
}
