//go:build peers

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// In a real tmux, lines of wide characters, emoji and marks stay in their columns while they are scrolled.
func TestTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Fatal("tmux is missing: apt-get install tmux")
	}
	texts := []string{"世界世界世界", "👍👍🏽👍🏿", "👩‍👩‍👧‍👦 family", "❤️ 1️⃣ ☁️", "e\u0301e\u0301 marks", "ｗｉｄｅ ﾊﾟ", "กำ कि", "plain", "한국어", "🇩🇪🇯🇵", "עברית", "العربية"}
	// words is what of each shows whatever the terminal makes of emoji.
	words := []string{"世界世界世界", "👍", "family", "❤", "marks", "ｗｉｄｅ", "END", "plain", "한국어", "END", "עברית", "العربية"}
	var log strings.Builder
	for i := range 200 {
		fmt.Fprintf(&log, "2026-03-14 08:%02d:%02d INFO rec %d %s END\n", i/60, i%60, i, texts[i%len(texts)])
	}
	dir := t.TempDir()
	path := logFile(t, "wide.log", log.String())
	socket := filepath.Join(dir, "tmux")
	tmux := func(args ...string) string {
		t.Helper()
		c := exec.Command("tmux", append([]string{"-S", socket, "-f", "/dev/null", "-u"}, args...)...)
		c.Env = terminalEnv(dir, "LC_ALL=C.UTF-8")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %q: %v: %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "100", "-y", "30", "lx", path)
	defer tmux("kill-server")
	rows := func(last string) (rows []string) {
		t.Helper()
		until(t, last, func() bool {
			rows = strings.Split(strings.TrimRight(tmux("capture-pane", "-p"), "\n"), "\n")
			for _, row := range rows {
				if strings.HasPrefix(row, ">") && strings.Contains(row, last) {
					return true
				}
			}
			return false
		})
		return rows
	}
	// last is the column after the last character of a row.
	last := func(row int) string {
		t.Helper()
		args := []string{"copy-mode", ";", "send-keys", "-X", "top-line", ";", "send-keys", "-X", "start-of-line", ";"}
		if row > 0 {
			args = append(args, "send-keys", "-N", strconv.Itoa(row), "-X", "cursor-down", ";")
		}
		return strings.TrimSpace(tmux(append(args, "send-keys", "-X", "end-of-line", ";", "display-message", "-p", "#{copy_cursor_x}", ";", "send-keys", "-X", "cancel")...))
	}
	check := func(rows []string) {
		t.Helper()
		n := 0
		for y, row := range rows {
			var i int
			_, after, ok := strings.Cut(row, " rec ")
			if !ok || !strings.Contains(row, " INFO ") {
				continue
			}
			n++
			if _, err := fmt.Sscan(after, &i); err != nil || !strings.Contains(row, words[i%len(texts)]) {
				t.Errorf("%q is drawn as %q", texts[i%len(texts)], row)
			}
			if x := last(y); x != "100" || !strings.HasSuffix(row, "│") && !strings.HasSuffix(row, "█") {
				t.Errorf("%q ends at column %s", row, x)
			}
		}
		if n < 10 {
			t.Errorf("%d rows:\n%s", n, strings.Join(rows, "\n"))
		}
	}
	check(rows("rec 199 "))
	tmux("send-keys", "g")
	check(rows("rec 0 "))
	for range 40 {
		tmux("send-keys", "j")
	}
	check(rows("rec 40 "))
	for range 30 {
		tmux("send-keys", "k")
	}
	check(rows("rec 10 "))
	tmux("send-keys", "b")
	tmux("send-keys", "G")
	check(rows("rec 199 "))
}
