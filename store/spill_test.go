package store_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// disk has files in memory, and faults.
type disk struct {
	mu      sync.Mutex
	size    int // bytes that there is room for
	files   int // that may still be made
	used    int
	damaged func(b []byte, at int64) (int, error) // what is wrong with bytes that were read
}

func (d *disk) create(folder string) (store.SpillFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.files == 0 {
		return nil, &fs.PathError{Op: "open", Path: folder, Err: syscall.ENOENT}
	}
	d.files--
	return &diskFile{disk: d}, nil
}

type diskFile struct {
	disk  *disk
	bytes []byte
}

// WriteAt writes as much as there is room for.
func (f *diskFile) WriteAt(b []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	end := min(int(at)+len(b), len(f.bytes)+f.disk.size-f.disk.used)
	if more := end - len(f.bytes); more > 0 {
		f.bytes = append(f.bytes, make([]byte, more)...)
		f.disk.used += more
	}
	if n := copy(f.bytes[at:], b); n < len(b) {
		return n, syscall.ENOSPC
	}
	return len(b), nil
}

func (f *diskFile) ReadAt(b []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.bytes == nil {
		return 0, fs.ErrClosed
	}
	n := copy(b, f.bytes[at:])
	if f.disk.damaged != nil {
		return f.disk.damaged(b[:n], at)
	}
	return n, nil
}

func (f *diskFile) Close() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	f.disk.used -= len(f.bytes)
	f.bytes = nil
	return nil
}

const spilledText = 20 << 20

// testFull appends more than there is room for, and expects the newest least
// bytes to come back and the others to be counted.
func testFull(t *testing.T, s *store.Store, least int, why string) {
	t.Helper()
	text := noisyText(spilledText)
	st := open(t, s, nil)
	appendAll(t, st, text, 200_000)
	st.Close()
	got := state(t, s)
	left := raw(t, got)
	if !strings.HasSuffix(text, left) || len(left) < least {
		t.Errorf("%d bytes are left, want the last %d at least", len(left), least)
	}
	kept, total := int64(strings.Count(left, "\n")), int64(strings.Count(text, "\n"))
	if got.Lost.Records == 0 || kept+got.Lost.Records != total {
		t.Errorf("%d records are kept and %d lost, of %d", kept, got.Lost.Records, total)
	}
	said := fmt.Sprint(s.Snapshot().Lost())
	if !strings.Contains(said, why) || !strings.Contains(said, "records, from 2024-05-01T12:00:00Z to 2024-05-01T12:00:") {
		t.Errorf("what is said is %s, want %q", said, why)
	}
}

func TestFullDisk(t *testing.T) {
	f := func(d *disk, o store.Options, least int, why string) {
		t.Helper()
		s := newStore(t, o)
		s.SpillInto(d.create)
		testFull(t, s, least, why)
		if err := s.Close(); err != nil || d.used != 0 {
			t.Errorf("%d bytes of the disk are left in use: %v", d.used, err)
		}
	}
	small := store.Options{Memory: 1, Spill: 16 << 20} // files of 1 MiB
	f(&disk{size: 5 << 20, files: -1}, small, 6<<20, "no space left on device")
	f(&disk{size: 100_000, files: -1}, small, 2<<20, "no space left on device")
	f(&disk{size: 30 << 20, files: 0}, small, 2<<20, "no such file or directory")
	f(&disk{size: 30 << 20, files: 2}, small, 2<<20, "the most allowed") // the second file takes all until it is full
	f(&disk{size: 30 << 20, files: -1}, store.Options{Memory: 1, Spill: 8e6}, 9<<20, "8 MB are kept in files, which is the most allowed")
}

// What was damaged in a file is an error, and never other bytes.
func TestDamagedSpill(t *testing.T) {
	text := noisyText(8<<20) + bigText(8<<20)
	f := func(want string, damaged func(b []byte, at int64) (int, error)) {
		t.Helper()
		s := newStore(t, store.Options{Memory: 1})
		s.SpillInto((&disk{size: 30 << 20, files: -1, damaged: damaged}).create)
		st := open(t, s, nil)
		appendAll(t, st, text, 200_000)
		st.Close()
		var r store.Reader
		failed, fine := 0, 0
		each(t, state(t, s), func(c *store.Columns, i int) {
			row := c.Row(i)
			b, err := r.Raw(c, i, nil)
			switch {
			case err != nil && !strings.Contains(err.Error(), want):
				t.Fatal(err)
			case err != nil:
				failed++
			case string(b) != text[row.Offset:row.Offset+row.Length]:
				t.Fatalf("record at %d has other bytes", row.Offset)
			default:
				fine++
			}
		})
		if failed == 0 || fine == 0 {
			t.Errorf("%d records cannot be read, %d can", failed, fine)
		}
	}
	flip := func(at int) func([]byte, int64) (int, error) {
		return func(b []byte, _ int64) (int, error) {
			b[at*(len(b)-1)/100] ^= 4
			return len(b), nil
		}
	}
	for _, at := range []int{0, 1, 50, 99, 100} {
		f("app.log: reading its kept bytes: they were damaged on the disk", flip(at))
	}
	f("unexpected EOF", func(b []byte, _ int64) (int, error) { return len(b) / 2, io.ErrUnexpectedEOF })
	broken := errors.New("input/output error")
	f("input/output error", func([]byte, int64) (int, error) { return 0, broken })
}

// Readers find every byte that is not counted as lost while others move to files and go.
func TestReadingWhileSpilling(t *testing.T) {
	text := noisyText(24 << 20)
	s := newStore(t, store.Options{Memory: 1, Spill: 8e6})
	s.SpillInto(nil)
	st := open(t, s, nil)
	var appending sync.WaitGroup
	appending.Go(func() {
		appendAll(t, st, text, 100_000)
		st.Close()
	})
	for ended := false; !ended; {
		now := state(t, s)
		ended = now.Ended
		var r store.Reader
		each(t, now, func(c *store.Columns, i int) {
			row := c.Row(i)
			b, err := r.Raw(c, i, nil)
			if err == nil && string(b) != text[row.Offset:row.Offset+row.Length] {
				t.Fatalf("record at %d has other bytes", row.Offset)
			}
			if err != nil && (!strings.Contains(err.Error(), "no longer kept") || state(t, s).Lost.Records == 0) {
				t.Fatal(err)
			}
		})
	}
	appending.Wait()
	var rec logs.Record
	var r store.Reader
	each(t, state(t, s), func(c *store.Columns, i int) {
		if err := r.Record(c, i, &rec); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkSpill(b *testing.B) {
	text := []byte(bigText(8 << 20))
	s := newStore(b, store.Options{Memory: 64 << 20})
	s.SpillInto(nil)
	st := open(b, s, nil)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.KeepOnly(st, text)
	}
}

func BenchmarkReadSpilled(b *testing.B) {
	text := bigText(96 << 20)
	s := newStore(b, store.Options{Memory: 1})
	s.SpillInto(nil)
	st := open(b, s, nil)
	appendAll(b, st, text, 1<<20)
	st.Close()
	var buf []byte
	at := 0
	b.SetBytes(1 << 20)
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if buf, err = s.ReadKept(st, int64(at)<<20, 1<<20, buf); err != nil {
			b.Fatal(err)
		}
		at = (at + 1) % 80
	}
}
