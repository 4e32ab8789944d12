package store

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/lxlog/lx/logs"
)

// randomColumns are n rows such as an Indexer may make, and others.
func randomColumns(rnd *rand.Rand, st *Stream, n int) *Columns {
	c := &Columns{stream: st, services: []string{""}, formats: []string{"text"}, line: rnd.Int64N(1 << 40), uneven: rnd.IntN(4) == 0}
	offset, at := rnd.Int64N(1<<40), rnd.Int64N(1<<60)
	unit := []int64{1, 1e3, 1e6, 1e9}[rnd.IntN(4)]
	odd := rnd.IntN(3) == 0
	for range n {
		r := logs.Row{Offset: offset, Length: 1 + rnd.Int64N(400), Time: at, Lines: 1, Trace: rnd.Uint32(), Severity: logs.Info}
		if odd {
			r.Severity, r.Lines = logs.Severity(rnd.IntN(25)), uint32(rnd.IntN(400))
			r.Marks, r.Guessed = logs.Marks(rnd.IntN(16)), logs.Guess(rnd.IntN(8))
			r.Service, r.Format = uint16(rnd.IntN(1<<16)), logs.FormatID(rnd.IntN(1<<16))
			switch rnd.IntN(20) {
			case 0:
				r.Time = logs.NoTime
			case 1:
				r.Length = math.MaxUint32 + rnd.Int64N(1000)
			}
		}
		order, undated := r.Time, r.Time
		if odd && rnd.IntN(10) == 0 {
			order = rnd.Int64()
			undated = -rnd.Int64()
		}
		c.add(&r, order, undated, n)
		offset += 1 + rnd.Int64N(400)
		if !odd {
			offset = r.Offset + r.Length
		}
		at += unit * rnd.Int64N(5000)
	}
	return c
}

func sameColumns(t *testing.T, got, want *Columns) {
	t.Helper()
	if got.Len() != want.Len() || got.base != want.base || got.end != want.end || got.line != want.line || got.uneven != want.uneven {
		t.Fatalf("%d rows from %d to %d, line %d; want %d, %d to %d, %d", got.Len(), got.base, got.end, got.line, want.Len(), want.base, want.end, want.line)
	}
	for i := range want.Len() {
		if g, w := got.Row(i), want.Row(i); !reflect.DeepEqual(g, w) {
			t.Fatalf("row %d: %+v, want %+v", i, g, w)
		}
		if got.Order(i) != want.Order(i) || got.undatedRow(i).Time != want.undatedRow(i).Time {
			t.Fatalf("row %d stands at %d, want %d", i, got.Order(i), want.Order(i))
		}
	}
}

func TestPageRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		want := randomColumns(rnd, nil, 1+rnd.IntN(300))
		got, err := readPage(appendPage([]byte("before"), want)[len("before"):])
		if err != nil {
			t.Fatal(err)
		}
		sameColumns(t, got, want)
	}
}

func TestDamagedPagesAreRefused(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	page := appendPage(nil, randomColumns(rnd, nil, 50))
	for i := range page {
		bad := slices.Clone(page)
		bad[i] ^= 1 << rnd.IntN(8)
		if _, err := readPage(bad); err == nil {
			t.Fatalf("byte %d may be any", i)
		}
		if _, err := readPage(page[:i]); err == nil {
			t.Fatalf("%d bytes of %d are enough", i, len(page))
		}
	}
}

func FuzzReadPage(f *testing.F) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 4 {
		page := appendPage(nil, randomColumns(rnd, nil, 5))
		f.Add(page[:len(page)-4])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := readPage(sealed(body, 0))
		if err != nil {
			return
		}
		for i := range c.Len() {
			_, _ = c.Row(i), c.Order(i)
		}
		again, err := readPage(appendPage(nil, c))
		if err != nil {
			t.Fatal(err)
		}
		sameColumns(t, again, c)
	})
}

func TestColumnsGoToAFileAndComeBack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	s := New(Options{Columns: 100_000, Folder: t.TempDir()})
	defer s.Close()
	st := &Stream{store: s, info: Info{Resource: &logs.Resource{}}}
	var want []*Columns
	var got []*page
	for range 60 {
		c := randomColumns(rnd, st, 500)
		want, got = append(want, c), append(got, s.pages.add(c))
		if s.pages.used > 2*s.pages.limit {
			t.Fatalf("%d bytes in memory of %d", s.pages.used, s.pages.limit)
		}
	}
	for _, i := range rnd.Perm(len(want)) {
		c, err := got[i].get()
		if err != nil {
			t.Fatal(err)
		}
		sameColumns(t, c, want[i])
		if c.Stream() != st {
			t.Error("the columns have lost their stream")
		}
	}
	if n := s.pages.files.list[0].live; n == 0 {
		t.Error("nothing was written")
	}
}

func TestWithoutAFolderColumnsStay(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	folder := t.TempDir()
	s := New(Options{Columns: 10_000, Folder: folder})
	defer s.Close()
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	st := &Stream{store: s, info: Info{Resource: &logs.Resource{}}}
	for range 10 {
		want := randomColumns(rnd, st, 500)
		got, err := s.pages.add(want).get()
		if err != nil {
			t.Fatal(err)
		}
		sameColumns(t, got, want)
	}
	if lost := s.Snapshot().Lost(); len(lost) != 1 {
		t.Errorf("said: %v", lost)
	}
}

// usualColumns are those of a full block of a program's log.
func usualColumns() *Columns {
	rnd := rand.New(rand.NewPCG(1, 2))
	c := &Columns{services: []string{""}, formats: []string{"text"}}
	at, offset := int64(1e18), int64(0)
	for range blockRows {
		r := logs.Row{Offset: offset, Length: 200 + rnd.Int64N(300), Time: at, Lines: 1, Trace: rnd.Uint32(),
			Severity: logs.Severity(1 + 4*rnd.IntN(5)), Service: uint16(rnd.IntN(8)), Format: 3}
		c.add(&r, r.Time, r.Time, blockRows)
		at += 1e6 * rnd.Int64N(5)
		offset += r.Length
	}
	return c
}

func BenchmarkPage(b *testing.B) {
	c := usualColumns()
	page := appendPage(nil, c)
	b.Run("write", func(b *testing.B) {
		b.SetBytes(c.size())
		b.ReportMetric(float64(c.size())/float64(c.n), "B/record")
		b.ReportMetric(float64(len(page))/float64(c.n), "packed-B/record")
		for b.Loop() {
			page = appendPage(page[:0], c)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(c.size())
		for b.Loop() {
			if _, err := readPage(page); err != nil {
				b.Fatal(err)
			}
		}
	})
}
