//go:build corpus

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostile is a line of a log that tries to act on the terminal.
type hostile struct {
	Name  string
	Bytes []byte   `json:"bytes_b64"`
	Shows []string `json:"must_still_show"`
}

func hostileLines(t *testing.T) (out []hostile) {
	t.Helper()
	dir := os.Getenv("LX_DATA")
	if dir == "" {
		t.Fatal("LX_DATA is not set")
	}
	text, err := os.ReadFile(filepath.Join(dir, "terminal", "escapes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var h hostile
		if err := json.Unmarshal(line, &h); err != nil {
			t.Fatal(err)
		}
		out = append(out, h)
	}
	return out
}

// Nothing that a log says reaches the terminal as more than text, and its words are there to be read.
func TestNoEscapeReachesTheTerminal(t *testing.T) {
	const width = 1000
	f := func(plain string, h hostile, run func(path string) (shown, wrote string)) {
		t.Helper()
		path := logFile(t, "app.log", string(h.Bytes)+"\n")
		shown, wrote := run(path)
		for _, word := range h.Shows {
			if !strings.Contains(shown, word) {
				t.Errorf("%s: %q does not show:\n%s", h.Name, word, shown)
			}
		}
		reached, own := acts([]byte(wrote)), acts([]byte(plain))
		for _, seq := range acts(h.Bytes) {
			if slices.Contains(reached, seq) && !slices.Contains(own, seq) {
				t.Errorf("%s: %q reached the terminal", h.Name, seq)
			}
		}
	}
	explore := func(path string) (shown, wrote string) {
		s := inTerminal(t, width, 24, nil, path)
		shown = s.shows(`(?s)\n>.*[1-9] · following`)
		s.press("q")
		_, wrote = s.ends()
		return shown, wrote
	}
	query := func(path string) (shown, wrote string) {
		s := inTerminal(t, width, 24, nil, "query", "*", path)
		_, wrote = s.ends()
		return wrote, wrote
	}
	harmless := logFile(t, "app.log", "2026-03-14 08:00:00 INFO start of it END\n")
	_, drawn := explore(harmless)
	_, printed := query(harmless)
	for _, h := range hostileLines(t) {
		if len(h.Bytes) < width/8 { // a row of the screen has room for it
			f(drawn, h, explore)
		}
		f(printed, h, query)
	}
}
