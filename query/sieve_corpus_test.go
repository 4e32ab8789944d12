//go:build corpus

package query

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestCorpusSieve(t *testing.T) {
	dir := os.Getenv("LX_DATA")
	if dir == "" {
		t.Fatal("LX_DATA is not set")
	}
	files, decided, left := 0, 0, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		a, b := siftOwnWords(t, raw[:min(len(raw), 200_000)], 40)
		decided, left = decided+a, left+b
		return nil
	})
	if err != nil || files < 100 || decided == 0 {
		t.Errorf("%d files, %d decided, %d left, %v", files, decided, left, err)
	}
	t.Logf("%d files, %d decided, %d left", files, decided, left)
}
