//go:build corpus

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/output"
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

// The rows of the corpus, and naughty strings, in every view of the screen: it stays whole, and nothing of them is run.
func TestCorpusOnScreen(t *testing.T) {
	f := func(texts []string) {
		t.Helper()
		var log strings.Builder
		for n, text := range texts {
			row, err := json.Marshal(map[string]any{"ts": fmt.Sprintf("2026-03-14T08:00:%02dZ", n%60), "level": "info", "msg": "start " + text + " END", "field": text, text: "named"})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&log, "%s\n2026-03-14 08:00:%02d INFO start %s END\n", row, n%60, strings.ReplaceAll(text, "\n", ""))
		}
		dir := t.TempDir()
		name := strings.NewReplacer("/", "", "\x00", "").Replace(texts[0])
		if err := os.WriteFile(filepath.Join(dir, name[:min(len(name), 100)]+".log"), []byte(log.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		s := inTerminal(t, 120, 40, nil, dir)
		s.shows(`(?s)start .*END`)
		for _, text := range texts {
			tour(t, s, text)
		}
		s.press("G")
		shown := s.shows(`(?s)\d .*following`)
		header, _, _ := strings.Cut(shown, "\n")
		if !strings.Contains(header, "UTC") {
			t.Errorf("%.200q: the header is damaged:\n%s", texts, shown)
		}
		s.press("q")
		status, wrote := s.ends()
		if found := foreign(wrote); status != 0 || len(found) > 0 {
			t.Errorf("%.200q: exit status %d, written: %q", texts, status, found)
		}
	}
	var texts []string
	for _, h := range hostileLines(t) {
		texts = append(texts, string(h.Bytes))
	}
	var naughty []string
	text, err := os.ReadFile(filepath.Join(os.Getenv("LX_DATA"), "terminal", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &naughty); err != nil {
		t.Fatal(err)
	}
	for part := range slices.Chunk(append(texts, naughty...), 20) {
		f(part)
	}
}

// Texts of known width take as many cells as the screen reckons with, once they are drawn.
func TestCorpusWidths(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(os.Getenv("LX_DATA"), "terminal", "width_expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var row struct {
			Text      string
			Wcswidth  int
			Graphemes int
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		shown := output.Cells(row.Text)
		if shown == row.Text && row.Wcswidth != ansi.StringWidthWc(shown) && row.Wcswidth >= 0 && !strings.ContainsFunc(shown, unstable) {
			t.Errorf("%q takes %d cells, is reckoned as %d", shown, row.Wcswidth, ansi.StringWidthWc(shown))
		}
	}
}

// unstable are runes whose room depends on the terminal: parts of flags, and letters of Hangul in pieces.
func unstable(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff || r >= 0x1100 && r <= 0x11ff }
