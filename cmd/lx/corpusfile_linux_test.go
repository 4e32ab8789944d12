//go:build bench || soak

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// keptCorpora is where corpora stay for other runs.
func keptCorpora(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(os.TempDir(), "lx-bench")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// bytesOf is the corpus of a format that is about size bytes long, in a folder.
// It is made, unless it is there, and read, so that the page cache has it.
func bytesOf(t *testing.T, folder, format string, size int64) corpusFile {
	t.Helper()
	const sample = 5_000
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	o := corpus.Options{Format: format, Records: sample, Seed: 1}
	if _, err := corpus.Write(w, o); err != nil || w.Flush() != nil {
		t.Fatal(err)
	}
	o.Records = int(size * sample / int64(b.Len()))
	// The sample's sum names the file: another generator makes others.
	c := corpusFile{path: filepath.Join(folder, fmt.Sprintf("%s-%d-%08x.log", format, o.Records, crc32.ChecksumIEEE(b.Bytes())))}
	truth, err := os.ReadFile(c.path + ".truth")
	if err != nil || json.Unmarshal(truth, &c.truth) != nil {
		fmt.Printf("writing %s\n", c.path)
		if c.truth, err = corpus.WriteFile(c.path, o); err != nil {
			t.Fatal(err)
		}
		if truth, err = json.Marshal(&c.truth); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(c.path+".truth", truth, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(c.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if c.size, err = io.Copy(io.Discard, bufio.NewReaderSize(f, 1<<20)); err != nil {
		t.Fatal(err)
	}
	return c
}
