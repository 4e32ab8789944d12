package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

func TestSpilledBytesAreRead(t *testing.T) {
	folder := t.TempDir()
	s := newStore(t, store.Options{Memory: 1, Folder: folder})
	text := bigText(16 << 20)
	st := open(t, s, nil)
	appendAll(t, st, text, 300_000)
	st.Close()
	got := state(t, s)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			if got.Lost.Records != 0 || raw(t, got) != text {
				t.Errorf("other bytes come back; %+v", got.Lost)
			}
		})
	}
	readers.Wait()
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 && runtime.GOOS != "windows" {
		t.Errorf("files that have a name: %v, %v", left, err)
	}
}

// What there is no room for is let go, the oldest first, counted and said; all else stays readable.
func TestOldestIsLetGo(t *testing.T) {
	text := noisyText(14 << 20)
	total := int64(strings.Count(text, "INFO"))
	f := func(o store.Options, least int, why string) {
		t.Helper()
		s := newStore(t, o)
		st := open(t, s, nil)
		appendAll(t, st, text, 300_000)
		st.Close()
		got := state(t, s)
		left := raw(t, got)
		if !strings.HasSuffix(text, left) || len(left) < least {
			t.Errorf("%d bytes are left, want the last %d at least", len(left), least)
		}
		kept := int64(strings.Count(left, "INFO"))
		if got.Lost.Records == 0 || kept+got.Lost.Records != total {
			t.Errorf("%d records are kept and %d lost, of %d", kept, got.Lost.Records, total)
		}
		if stamp(got.Lost.First) != "12:00:00" || got.Lost.Last >= got.Blocks[0].Summary.First || !strings.Contains(got.Lost.Why, why) {
			t.Errorf("%s to %s are lost: %s", stamp(got.Lost.First), stamp(got.Lost.Last), got.Lost.Why)
		}
		var r store.Reader
		var rec logs.Record
		each(t, got, func(c *store.Columns, i int) {
			if err := r.Record(c, i, &rec); err != nil || !strings.HasPrefix(rec.Body, "number ") {
				t.Fatalf("%q: %v", rec.Body, err)
			}
			if i%1000 == 0 && rec.Line != 0 && rec.Line != int64(strings.Count(text[:c.Offset(i)], "\n"))+1 {
				t.Fatalf("the record at %d is not line %d", c.Offset(i), rec.Line)
			}
		})
	}
	f(store.Options{Memory: 6 << 20, Spill: -1}, 4<<20, "memory")
	f(store.Options{Memory: 6 << 20, Spill: 4e6}, 5<<20, "4 MB")
	f(store.Options{Memory: 6 << 20, Folder: "/nowhere at all"}, 2<<20, "no room")
}

// noisyText is at least size bytes of records that hardly become smaller when they are packed.
func noisyText(size int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
	rnd := rand.NewChaCha8([32]byte{})
	noise := make([]byte, 300)
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		_, _ = rnd.Read(noise)
		for j, c := range noise {
			noise[j] = letters[c%64]
		}
		fmt.Fprintf(&b, "%s INFO s%d number %d %s\n", noon.Add(time.Duration(i)*time.Millisecond).Format(time.RFC3339Nano), i%7, i, noise)
	}
	return b.String()
}

// What one stream brings may take the room of another, which is idle.
func TestAnIdleStreamLosesRecords(t *testing.T) {
	s := newStore(t, store.Options{Memory: 2 << 20, Spill: -1})
	idle := s.Open(store.Info{ModTime: noon.UnixNano()}, newIndexer())
	appendAll(t, idle, "a\nb\nc\n", 10)
	busy := s.Open(store.Info{Place: 1, ModTime: noon.UnixNano()}, newIndexer())
	appendAll(t, busy, bigText(3<<20), 100_000)
	st := s.Snapshot().Streams[0]
	if len(st.Blocks) != 0 || st.Lost.Records != 2 {
		t.Errorf("%d blocks are there, %+v", len(st.Blocks), st.Lost)
	}
	idle.Settle()
	appendAll(t, idle, "d\ne\n", 10)
	if st := s.Snapshot().Streams[0]; st.Lost.Records != 3 || bodies(t, st) != "12:00:00 d (continued)\n12:00:00 e ?\n" {
		t.Errorf("afterwards %+v\n%s", st.Lost, bodies(t, st))
	}
}

// Records that a reader holds stay the same, whatever is appended meanwhile.
func TestSnapshotsWhileAppending(t *testing.T) {
	s := newStore(t, store.Options{Memory: 1 << 20})
	st := open(t, s, nil)
	text := bigText(2 << 20)
	var done sync.WaitGroup
	done.Go(func() {
		appendAll(t, st, text, 20_000)
		st.Close()
	})
	var seen *store.StreamState
	for ended := false; !ended; {
		now := state(t, s)
		ended = now.Ended
		if seen != nil {
			if got := raw(t, seen); !strings.HasPrefix(text, got) {
				t.Fatal("an old snapshot has other bytes")
			}
			for i, b := range seen.Blocks {
				if n := now.Blocks[i]; n.ID != b.ID || n.Summary.Rows < b.Summary.Rows || b.Summary.Full && n.Summary != b.Summary {
					t.Fatalf("block %d was %+v and is %+v", i, b.Summary, n.Summary)
				}
			}
		}
		seen = now
	}
	done.Wait()
	if raw(t, seen) != text {
		t.Error("bytes are missing at the end")
	}
}

func TestChangesAreTold(t *testing.T) {
	calls := 0
	s := newStore(t, store.Options{Changed: func() { calls++ }})
	f := func(what string, do func()) {
		t.Helper()
		before, version := calls, s.Snapshot().Version
		do()
		if calls == before || s.Snapshot().Version <= version {
			t.Errorf("%s: %d calls, version %d after %d", what, calls-before, s.Snapshot().Version, version)
		}
	}
	var st *store.Stream
	f("opened", func() { st = open(t, s, nil) })
	f("appended", func() { appendAll(t, st, "a\nb", 10) })
	f("settled", st.Settle)
	f("closed", st.Close)
	if one, two := s.Snapshot(), s.Snapshot(); one != two {
		t.Error("snapshots without a change between them differ")
	}
}

func TestStreamsAreSortedByPlace(t *testing.T) {
	s := newStore(t, store.Options{})
	for i, place := range []int64{3, 1, 2, 1} {
		s.Open(store.Info{Place: place, Generation: i}, newIndexer())
	}
	var got []int
	for _, st := range s.Snapshot().Streams {
		got = append(got, st.Stream.Info().Generation)
	}
	for i, want := range []int{1, 3, 2, 0} {
		if got[i] != want {
			t.Fatalf("streams in the order %v", got)
		}
	}
}
