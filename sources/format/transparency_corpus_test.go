//go:build corpus

package format

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestCorpusTransparency(t *testing.T) {
	dir := os.Getenv("LX_DATA")
	if dir == "" {
		t.Fatal("LX_DATA is not set")
	}
	ix := newTestIndexer(t, Options{})
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n += showsValues(t, ix, raw[:min(len(raw), 4<<20)])
		return nil
	})
	if err != nil || n < 100_000 {
		t.Errorf("%d records, %v", n, err)
	}
}
