package ui

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// tabbing completes the last word of a line: Tab and Shift-Tab take what fits one after the other.
type tabbing struct {
	stem  string // what stands before the words
	words []string
	at    int
	none  bool // nothing fits
}

// reset forgets the words, as something was typed.
func (t *tabbing) reset() { *t = tabbing{} }

// tab takes the next word, by is 1, or the one before, -1. find, which may read a disk, is called beside the screen.
func (t *tabbing) tab(l *line, by int, stem string, find func() []string) tea.Cmd {
	if t.words != nil {
		t.step(l, by)
		return nil
	}
	was := l.text()
	return func() tea.Msg { return wordsMsg{t, l, was, by, stem, find()} }
}

func (t *tabbing) step(l *line, by int) {
	n := len(t.words)
	t.at = (t.at + by + n) % n
	l.set(t.stem + t.words[t.at])
	if n == 1 {
		t.words = nil // what comes behind it is completed next
	}
}

// wordsMsg is what fits.
type wordsMsg struct {
	of    *tabbing
	line  *line
	was   string
	by    int
	stem  string
	words []string
}

func (w wordsMsg) answer(m *Model) tea.Cmd {
	if w.line.text() != w.was {
		return nil
	}
	*w.of = tabbing{stem: w.stem, words: w.words, none: len(w.words) == 0}
	if len(w.words) > 0 {
		if w.by > 0 {
			w.of.at = -1
		}
		w.of.step(w.line, w.by)
	}
	if b, ok := m.box.(typed); ok {
		return b.edited(m)
	}
	return nil
}

// maxNames is how many file names are proposed at most.
const maxNames = 200

// fileNames are the files and folders that a typed path may go on to; ~/ is the user's home.
func fileNames(typed string) (out []string) {
	folder, begun := filepath.Split(typed)
	in := folder
	if rest, ok := strings.CutPrefix(folder, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			in = filepath.Join(home, rest)
		}
	}
	if in == "" {
		in = "."
	}
	list, err := os.ReadDir(in)
	if err != nil {
		return nil
	}
	for _, e := range list {
		name := e.Name()
		if !strings.HasPrefix(name, begun) || begun == "" && strings.HasPrefix(name, ".") || len(out) == maxNames {
			continue
		}
		if e.IsDir() {
			name += "/"
		}
		out = append(out, folder+name)
	}
	return out
}

// beginning are the words that begin with a text.
func beginning(words []string, text string) (out []string) {
	for _, w := range words {
		if strings.HasPrefix(w, text) {
			out = append(out, w)
		}
	}
	return out
}
