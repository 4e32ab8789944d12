package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// randomIndex is an index of n blocks of up to size records, in no stream.
func randomIndex(rnd *rand.Rand, n, size int) *index {
	texts := func(n int) (list []string) {
		for range n {
			list = append(list, string(make([]byte, rnd.IntN(20))))
		}
		return list
	}
	x := &index{
		identity: Identity{rnd.Uint64(), rnd.Uint64(), 3*chunkSize + 100, rnd.Int64()}, parameters: "parameters\x00", services: texts(1 + rnd.IntN(size)), formats: texts(1 + rnd.IntN(3)),
		state: []byte{0, 1, 2, 255}, tail: make([]byte, 50), folded: 3*chunkSize + 50, sums: sums{[]uint32{rnd.Uint32(), 0, rnd.Uint32()}, rnd.Uint32(), 100}, edges: rnd.Uint32(),
		lines: lineSum{rnd.Int64N(1e9), rnd.Int64N(1e9)}, marks: []mark{{0, 0}, {1 << 20, 300}}, lineEnds: rnd.Int64N(1e9), severed: 7, last: logs.NoTime, undated: true, moved: rnd.IntN(2) == 0,
	}
	for range n {
		c := randomColumns(rnd, nil, 1+rnd.IntN(size))
		b := &Block{columns: c, Summary: c.summary()}
		b.detail = c.detail(&b.Summary)
		if b.detail != nil && rnd.IntN(3) == 0 {
			b.detail = nil
		}
		x.blocks = append(x.blocks, b)
	}
	return x
}

func sameIndex(t *testing.T, got, want *index) {
	t.Helper()
	if len(got.blocks) != len(want.blocks) {
		t.Fatalf("%d blocks, want %d", len(got.blocks), len(want.blocks))
	}
	for i, w := range want.blocks {
		g := got.blocks[i]
		if g.Summary != w.Summary || counts(g) != counts(w) {
			t.Fatalf("block %d: %+v %s, want %+v %s", i, g.Summary, counts(g), w.Summary, counts(w))
		}
	}
	if g, w := withoutBlocks(got), withoutBlocks(want); g != w {
		t.Fatalf("%s, want %s", g, w)
	}
}

func counts(b *Block) string {
	if b.detail == nil {
		return "none"
	}
	d := *b.detail
	d.services = nil
	return fmt.Sprintf("%+v", d)
}

func withoutBlocks(x *index) string {
	w := *x
	w.blocks = nil
	return fmt.Sprintf("%+v", w)
}

func TestIndexRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(13, 14))
	for range 50 {
		want := randomIndex(rnd, rnd.IntN(9), 500)
		c := newIndexCache(t.TempDir())
		f, err := os.Create(filepath.Join(c.folder, "x"))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.writeTo(f, want); err != nil {
			t.Fatal(err)
		}
		h, _, err := readCache(f)
		if err != nil {
			t.Fatal(err)
		}
		sameIndex(t, h.index, want)
		at := int64(leadSize)
		for i, n := range h.pages {
			page := make([]byte, n)
			if _, err := f.ReadAt(page, at); err != nil {
				t.Fatal(err)
			}
			got, err := readPage(page)
			if err != nil {
				t.Fatal(err)
			}
			sameColumns(t, got, want.blocks[i].columns)
			at += n
		}
		if f.Close() != nil {
			t.Fatal("closing")
		}
	}
}

// FuzzReadCache reads files whose sums are right, whatever else they have.
func FuzzReadCache(f *testing.F) {
	rnd := rand.New(rand.NewPCG(15, 16))
	for n := range 3 {
		h := &indexHead{index: randomIndex(rnd, n, 3), pages: make([]int64, n)}
		for i := range h.pages {
			h.pages[i] = 10
		}
		f.Add(make([]byte, 10*n), h.append(nil))
	}
	path := filepath.Join(f.TempDir(), "x")
	f.Fuzz(func(t *testing.T, pages, head []byte) {
		file := append(appendLead(nil, int64(leadSize+len(pages)), head), pages...)
		if err := os.WriteFile(path, append(file, head...), 0o600); err != nil {
			t.Fatal(err)
		}
		o, err := openPrivate(path)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		h, _, err := readCache(o)
		if err != nil {
			return
		}
		again, err := readHead(h.append(nil))
		if err != nil {
			t.Fatal(err)
		}
		sameIndex(t, again.index, h.index)
		for _, b := range h.blocks {
			if b.detail != nil {
				b.detail.services = h.services
			}
			b.AddTo(summary.NewTotals())
		}
	})
}

func BenchmarkIndex(b *testing.B) {
	x := &index{identity: Identity{Size: chunkSize}, sums: sums{list: []uint32{1}}, folded: chunkSize, services: []string{""}, formats: []string{"text"}, began: time.Now()}
	var bytes int64
	for range 100 {
		c := usualColumns()
		block := &Block{columns: c, Summary: c.summary()}
		block.detail = c.detail(&block.Summary)
		x.blocks = append(x.blocks, block)
		bytes += block.Summary.Bytes
	}
	c := newIndexCache(b.TempDir())
	b.Run("save", func(b *testing.B) {
		b.SetBytes(bytes)
		for b.Loop() {
			if err := c.write(x); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		b.SetBytes(bytes)
		b.ReportAllocs()
		for b.Loop() {
			f, err := openPrivate(c.path(x.identity))
			if err != nil {
				b.Fatal(err)
			}
			if _, _, err := readCache(f); err != nil {
				b.Fatal(err)
			}
			_ = f.Close() // it was only read
		}
	})
}
