//go:build bench || soak

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
)

// room prints how many bytes a record takes, in columns and in the index cache.
func (b *bench) room() {
	records := float64(b.file.truth.Records)
	columns := float64(columnBytes(b.t, &b.file)) / records
	cache := filepath.Join(b.homes[current], "lx")
	if _, err := os.Stat(cache); err != nil {
		fmt.Printf("bytes a record: %.1f in columns; there is no cache\n", columns)
		return
	}
	fmt.Printf("bytes a record: %.1f in columns, %.1f in the cache\n", columns, float64(sizeOf(b.t, cache))/records)
}

// columnBytes is what the heap holds of a file that was indexed.
func columnBytes(t *testing.T, c *corpusFile) int64 {
	t.Helper()
	f, err := os.Open(c.path)
	if err != nil {
		t.Fatal(err)
	}
	ix, err := format.New(format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := heap()
	s := store.New(store.Options{Folder: t.TempDir()})
	st := s.Open(store.Info{Resource: &logs.Resource{Source: c.path}, ModTime: logs.NoTime, Data: f}, ix) // the store closes f
	if err := st.Grow(t.Context(), c.size); err != nil {
		t.Fatal(err)
	}
	st.Close()
	held := heap() - before
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return held
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools held goes with the second
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
