//go:build corpus

package store_test

import (
	"os"
	"path/filepath"
	"testing"
)

// eachOfLogHub calls f for each log of the collection in the folder that LX_DATA names.
func eachOfLogHub(t *testing.T, f func(name string, text []byte)) {
	t.Helper()
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
		f(filepath.Base(path), text)
	}
}
