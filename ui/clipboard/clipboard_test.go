package clipboard

import (
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSequence(t *testing.T) {
	const plain = "\x1b]52;c;YSDDqQ==\x07"
	f := func(env Env, want string) {
		t.Helper()
		if seq, ok, _ := Sequence("a é", env); seq != want || ok != (want != "") {
			t.Errorf("%+v: %q, %t", env, seq, ok)
		}
	}
	f(Env{Term: "xterm-256color"}, plain)
	f(Env{Term: "alacritty"}, plain)
	f(Env{Term: "screen", Tmux: true}, "\x1bPtmux;\x1b\x1b]52;c;YSDDqQ==\x07\x1b\\"+plain)
	f(Env{Term: "tmux-256color"}, "\x1bPtmux;\x1b\x1b]52;c;YSDDqQ==\x07\x1b\\"+plain)
	f(Env{Term: "screen-256color", STY: true}, "\x1bP"+plain+"\x1b\\")
	f(Env{Term: "screen"}, "\x1bP"+plain+"\x1b\\"+plain)
	f(Env{Term: "dumb"}, "")
	f(Env{Term: "linux"}, "")
	f(Env{Term: "vt100"}, "")
	f(Env{}, "")
	f(Env{Term: "xterm", Limit: 3}, "")
	f(Env{Term: "xterm", Limit: 4}, plain)
}

func TestRefusalSaysWhy(t *testing.T) {
	f := func(text string, env Env, want string) {
		t.Helper()
		if _, ok, why := Sequence(text, env); ok || !strings.Contains(why, want) {
			t.Errorf("%t %q, want %q", ok, why, want)
		}
	}
	f("", Env{Term: "xterm"}, "nothing to copy")
	f("x", Env{Term: "vt100"}, "vt100 cannot copy")
	f("x", Env{}, "TERM is not set")
	f(strings.Repeat("x", Limit+1), Env{Term: "xterm"}, "74995 bytes are more than terminals take (74994)")
	long := strings.Repeat("x", Limit)
	if seq, ok, _ := Sequence(long, Env{Term: "xterm"}); !ok || len(seq) > 100_000 {
		t.Errorf("%d bytes are a sequence of %d: %t", len(long), len(seq), ok)
	}
	if _, ok, _ := Sequence(long+long, Env{Term: "xterm", Limit: -1}); !ok {
		t.Error("refused without a limit")
	}
}

// What GNU screen is given in pieces of at most 768 bytes is the sequence once they are put together.
func TestScreenPieces(t *testing.T) {
	text := strings.Repeat("log\n", 2000)
	seq, _, _ := Sequence(text, Env{Term: "screen", STY: true})
	var whole strings.Builder
	for piece := range strings.SplitAfterSeq(seq, "\x1b\\") {
		if len(piece) > 768 {
			t.Errorf("a piece has %d bytes", len(piece))
		}
		whole.WriteString(strings.TrimSuffix(strings.TrimPrefix(piece, "\x1bP"), "\x1b\\"))
	}
	if whole.String() != "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte(text))+"\x07" {
		t.Errorf("%.100q", whole.String())
	}
}

func TestEnvOf(t *testing.T) {
	set := map[string]string{"TERM": "screen", "TMUX": "/tmp/tmux-0/default,1,0"}
	if e := EnvOf(func(n string) string { return set[n] }); e != (Env{Term: "screen", Tmux: true}) {
		t.Errorf("%+v", e)
	}
}

// The text of a copy ends the sequence nowhere, whatever it is.
func FuzzSequence(f *testing.F) {
	f.Add("\x1b\\\x07\x1b]52;c;?\x07", "xterm", false)
	f.Fuzz(func(t *testing.T, text, term string, tmux bool) {
		seq, ok, _ := Sequence(text, Env{Term: term, Tmux: tmux, STY: true})
		if !ok {
			return
		}
		at := strings.LastIndex(seq, "\x1b]52;c;")
		if tmux {
			if b, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(seq[at+7:], "\x07")); err != nil || string(b) != text {
				t.Fatalf("%q: %v", seq, err)
			}
		}
		for _, r := range seq {
			if r > '~' {
				t.Fatalf("%q holds %U", seq, r)
			}
		}
	})
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	one, err := WriteFile("one\n")
	if err != nil {
		t.Fatal(err)
	}
	two, err := WriteFile("two\n")
	if err != nil || two == one || filepath.Dir(two) != dir {
		t.Fatal(one, two, err)
	}
	b, err := os.ReadFile(one)
	if err != nil || string(b) != "one\n" {
		t.Errorf("%q, %v", b, err)
	}
	if info, err := os.Stat(one); err != nil || info.Mode() != fs.FileMode(0o600) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	t.Setenv("XDG_RUNTIME_DIR", filepath.Join(dir, "missing"))
	t.Setenv("TMPDIR", dir)
	if path, err := WriteFile("x"); err != nil || filepath.Dir(path) != dir {
		t.Error(path, err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "missing"))
	if path, err := WriteFile("x"); err == nil || path != "" {
		t.Errorf("%q without a folder", path)
	}
}
