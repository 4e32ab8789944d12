package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// evil are texts that act on a terminal which takes them as they are; each ends with a word to be seen.
var evil = []string{
	"\x1b]0;owned\x07title", "\x1b]2;owned\x1b\\title2", "\x1b]52;c;cm0=\x07clip", "\x1b]52;c;?\x07clipask", "\x1b]8;;http://evil/\x1b\\link",
	"\x1b[2J\x1b[Hclear", "\x1b[31;5mred", "\x1b[?1049hother", "\x1b[?25lcursor", "\x1b[6nplace", "\x1b[cwho", "\x1b[5;10rregion", "\x1b[20;1Hthere", "\x1bcreset",
	"\x1b#8grid", "\x1b(0lines", "\x1bP+q544e\x1b\\caps", "\x1b_Gi=1\x1b\\image", "\x1bX\x1b\\sos", "\x1b^x\x1b\\pm", "\x1b]unended", "\x1b[unended2", "\x1b",
	"\u009b2Jc1csi", "\u009d0;x\u009cc1osc", "\x9b2Jraw", "a\rback", "a\b\b\bspace", "\x0eshift\x0fin", "\x00nul", "\x7fdel", "\x05enq", "\x07bell", "\vvt\fff", "a\tb\ttabs",
	"\u202eright\u202c", "\u2066iso\u2069", "\u200bzero\u200b", "\u2028lines", "\ufeffbom", "\u00adsoft", "\U000e0041tag", "\ufdd0non", "\ue000private",
	"e\u0301\u0301\u0301\u0301marks", strings.Repeat("\u0300", 300) + "zalgo", "世界wide", "👩‍👩‍👧‍👦family", "👍🏽tone", "❤️heart", "🇩🇪flag", "1️⃣key", "กำthai", "\xff\xfe\xfdbytes", "\xf0\x9fcut",
	"\x1b[200~pasted\x1b[201~", "\x1b[27u", "%s%n%d", "$(id)", "`id`", "\\", "\"quotes'", "{{.}}", "<b>",
}

// drawn are the sequences that the screen is drawn with; nothing else is written, whatever is shown.
var drawn = regexp.MustCompile(`^\x1b\[(?:[0-9;:]*[ABCDEFGHJKLMPSTXZ@bdfm` + "`" + `]|[0-9;]*r|[0-9]* q|\?(?:25|1049|2004|2026|2027|1|7|12)[hl]|\?5W|>4(?:;2)?m|[<>=][0-9;]*u)$|^\x1bM$|^\x1b\\$`)

// acts are the sequences and characters in b that a terminal would act on.
func acts(b []byte) (out []string) {
	var state byte
	for len(b) > 0 {
		seq, _, n, next := ansi.DecodeSequence(b, state, nil)
		r, _ := utf8.DecodeRune(seq)
		switch {
		case len(seq) > 0 && (seq[0] == ansi.ESC || seq[0] >= 0x80 && seq[0] < 0xa0):
			out = append(out, string(seq))
		case r >= 0x80 && r < 0xa0, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff:
			out = append(out, string(r))
		}
		state, b = next, b[n:]
	}
	return out
}

// foreign are sequences in what was written that the screen has no use for.
func foreign(wrote string) (out []string) {
	for _, seq := range acts([]byte(wrote)) {
		if !drawn.MatchString(seq) && !slices.Contains(out, seq) && !isJoiner(seq) {
			out = append(out, seq)
		}
	}
	return out
}

// isJoiner reports whether an invisible character is one that letters and emoji need.
func isJoiner(seq string) bool { return seq == "\u200d" || seq == "\ufe0f" }

// A tour goes through the screen's views with a text in each place that a log or a user can put it to.
func tour(t *testing.T, s *terminal, text string) {
	t.Helper()
	const escape = "\x1b[27u" // the key, however fast the next one follows
	const room = 40           // a box shows the end of a longer text, without its sign
	pasted := "\x1b[200~" + strings.ReplaceAll(text[:min(len(text), room)], "\x1b[201~", "") + "\x1b[201~"
	s.press("G")
	s.shows(`following`)
	s.press("wpw")
	s.press("\r")
	s.press("jjjjjj" + escape + "5" + escape + "1&" + pasted)
	s.shows(`\n +&.*\n.+\n$`)
	s.press(escape + "/" + pasted)
	s.shows(`\n +/.*\n.+\n$`)
	s.press(escape + "\x0cp")
}

// Whatever a log says in a message, a field, a field's name or a service, and whatever its file is called, it is text on the screen.
func TestHostileOnScreen(t *testing.T) {
	t.Parallel()
	step := 8
	if raced {
		step *= 4 // a quarter of them: what they are does not matter to races
	}
	for i := 0; i < len(evil); i += step {
		texts := evil[i:min(i+8, len(evil))]
		dir := t.TempDir()
		var log strings.Builder
		for n, text := range texts {
			row, err := json.Marshal(map[string]any{"ts": fmt.Sprintf("2026-03-14T08:00:%02dZ", n), "level": "info", "service": text, "msg": "start " + text + " END", "field": text, text: "named"})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&log, "%s\n2026-03-14 08:00:%02d INFO start %s END\n", row, n, strings.ReplaceAll(text, "\n", ""))
		}
		name := strings.NewReplacer("/", "", "\x00", "").Replace(texts[0])
		if err := os.WriteFile(filepath.Join(dir, name+".log"), []byte(log.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		s := inTerminal(t, 120, 40, nil, dir)
		s.shows(`(?s)start .*END`)
		for _, text := range texts {
			tour(t, s, text)
		}
		s.press("G")
		shown := s.shows(`(?s)start .*END.*following`)
		header, _, _ := strings.Cut(shown, "\n")
		if !strings.Contains(header, "UTC") {
			t.Errorf("%q: the header is damaged:\n%s", texts, shown)
		}
		s.press("q")
		status, wrote := s.ends()
		if found := foreign(wrote); status != 0 || len(found) > 0 {
			t.Errorf("%q: exit status %d, written: %q", texts, status, found)
		}
	}
}
