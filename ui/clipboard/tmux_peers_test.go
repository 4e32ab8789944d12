//go:build peers && linux

package clipboard

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tmux takes the copy into its own buffer, and hands it to the terminal behind it,
// by whichever of its two options lets it through. That terminal here is a tmux too.
func TestTmux(t *testing.T) {
	f := func(name string, innerOptions ...string) {
		t.Run(name, func(t *testing.T) { throughBoth(t, innerOptions, name != "allow-passthrough") })
	}
	f("set-clipboard", "set-clipboard", "on")
	f("allow-passthrough", "set-clipboard", "off", "allow-passthrough", "on")
	f("both", "set-clipboard", "on", "allow-passthrough", "on")
}

func throughBoth(t *testing.T, innerOptions []string, innerTakes bool) {
	dir := t.TempDir()
	tmux := func(name string, args ...string) (string, error) {
		c := exec.Command("tmux", append([]string{"-f", "/dev/null", "-S", filepath.Join(dir, name)}, args...)...)
		c.Env = append(os.Environ(), "TMUX=")
		b, err := c.CombinedOutput()
		return string(b), err
	}
	must := func(name string, args ...string) {
		t.Helper()
		if out, err := tmux(name, args...); err != nil {
			t.Fatalf("tmux %q: %v %s", args, err, out)
		}
	}
	text := strings.Repeat("log line\twith 'all' $sorts\n", 2500)
	seq, ok, why := Sequence(text, Env{Term: "screen-256color", Tmux: true})
	if !ok {
		t.Fatal(why)
	}
	file := filepath.Join(dir, "sequence")
	if err := os.WriteFile(file, []byte(seq), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = tmux("inner", "kill-server"); _, _ = tmux("outer", "kill-server") })
	must("outer", "new-session", "-d", "-x", "80", "-y", "24", "sleep 600")
	must("outer", "set", "-s", "set-clipboard", "on")
	must("inner", "new-session", "-d", "-x", "80", "-y", "24", "sleep 600")
	must("inner", "set", "-s", "terminal-overrides", "screen*:Ms=\\E]52;%p1%s;%p2%s\\007")
	for i := 0; i < len(innerOptions); i += 2 {
		must("inner", "set", "-g", innerOptions[i], innerOptions[i+1])
	}
	must("outer", "respawn-pane", "-k", fmt.Sprintf("TMUX= TERM=screen-256color tmux -S '%s' attach", filepath.Join(dir, "inner")))
	until(t, func() bool { out, _ := tmux("inner", "list-clients"); return out != "" })
	must("inner", "respawn-pane", "-k", fmt.Sprintf("cat '%s'; sleep 600", file))
	until(t, func() bool { out, _ := tmux("outer", "show-buffer"); return out == text })
	if innerTakes {
		until(t, func() bool { out, _ := tmux("inner", "show-buffer"); return out == text })
	}
}

// until waits for what tmux does by itself.
func until(t *testing.T, done func() bool) {
	t.Helper()
	for begin := time.Now(); !done(); {
		if time.Since(begin) > time.Minute {
			t.Fatal("it did not come")
		}
	}
}
