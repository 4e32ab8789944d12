//go:build corpus

package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCachedLogHub(t *testing.T) {
	folder := os.Getenv("LX_DATA")
	if folder == "" {
		t.Fatal("LX_DATA is not set")
	}
	paths, err := filepath.Glob(filepath.Join(folder, "loghub", "*", "*.log"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no logs of LogHub in %s: %v", folder, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cachedThroughout(t, filepath.Base(path), strings.Repeat(string(text), longLog/len(text)+1), realIndexer(t))
	}
}
