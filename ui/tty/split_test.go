package tty

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// chunked is a terminal whose bytes come in chunks, with a pause before each.
type chunked struct {
	keys   *Keys
	wrote  *os.File
	now    time.Time
	chunks []string
	pause  time.Duration
}

func newChunked(t *testing.T) *chunked {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &chunked{wrote: w, now: time.Unix(1e9, 0)}
	c.keys = NewKeys(r)
	c.keys.now = func() time.Time { return c.now }
	c.keys.ready = func(d time.Duration) bool { return c.next(d) }
	return c
}

// next has the next chunk come, if that is within d.
func (c *chunked) next(d time.Duration) bool {
	if len(c.chunks) == 0 || c.pause > d {
		return false
	}
	c.now = c.now.Add(c.pause)
	_, _ = c.wrote.WriteString(c.chunks[0])
	c.chunks = c.chunks[1:]
	return true
}

// read is all that a reader gets of chunks that come with that pause between them; then it is closed.
func (c *chunked) read(t *testing.T, pause time.Duration, chunks ...string) string {
	t.Helper()
	defer c.wrote.Close()
	defer c.keys.Close()
	c.chunks, c.pause = chunks, pause
	var out []byte
	p := make([]byte, 4096)
	for c.next(time.Hour) {
		for c.keys.has() {
			n, err := c.keys.Read(p)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, p[:n]...)
		}
	}
	return string(out)
}

// has reports whether the pipe below has bytes.
func (k *Keys) has() bool { return readable(k.File, 0) }

// heard is a model that keeps what Bubble Tea makes of the keys, until Q.
type heard struct{ keys []string }

func (h *heard) Init() tea.Cmd  { return nil }
func (h *heard) View() tea.View { return tea.NewView("") }
func (h *heard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if msg.String() == "Q" {
			return h, tea.Quit
		}
		h.keys = append(h.keys, msg.String())
	case tea.PasteMsg:
		h.keys = append(h.keys, "paste "+msg.Content)
	}
	return h, nil
}

// hears is what Bubble Tea makes of bytes.
func hears(t *testing.T, in string) []string {
	t.Helper()
	h := &heard{}
	if _, err := tea.NewProgram(h, tea.WithInput(strings.NewReader(in+"Q")), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithoutRenderer()).Run(); err != nil {
		t.Fatal(err)
	}
	return h.keys
}

// sequences are what terminals send for keys, and what Bubble Tea calls them.
var sequences = map[string]string{
	"\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left", "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left",
	"\x1b[H": "home", "\x1b[F": "end", "\x1bOH": "home", "\x1bOF": "end", "\x1b[1~": "home", "\x1b[4~": "end", "\x1b[7~": "home", "\x1b[8~": "end",
	"\x1b[2~": "insert", "\x1b[3~": "delete", "\x1b[5~": "pgup", "\x1b[6~": "pgdown", "\x1b[Z": "shift+tab",
	"\x1bOP": "f1", "\x1bOQ": "f2", "\x1bOR": "f3", "\x1bOS": "f4", "\x1b[11~": "f1", "\x1b[15~": "f5", "\x1b[17~": "f6", "\x1b[18~": "f7", "\x1b[19~": "f8",
	"\x1b[20~": "f9", "\x1b[21~": "f10", "\x1b[23~": "f11", "\x1b[24~": "f12",
	"\x1b[1;5A": "ctrl+up", "\x1b[1;2F": "shift+end", "\x1b[6;5~": "ctrl+pgdown", "\x1b[27u": "esc",
}

// However a link cuts it, a key is the key or nothing; where its Esc came alone, that is the key Esc.
func TestSplitKeys(t *testing.T) {
	for in, key := range sequences {
		for _, pause := range []time.Duration{0, 60 * time.Millisecond, 400 * time.Millisecond} {
			for i := 1; i <= len(in); i++ {
				chunks, want := []string{in[:i], in[i:], "j"}, []string{key, "j"}
				if i == len(in) {
					chunks = []string{in, "j"}
				}
				if i == 1 && pause > escapeWait {
					want[0] = "esc"
				}
				if got := newChunked(t).read(t, pause, chunks...); !slices.Equal(decoded(t, got), want) {
					t.Errorf("%q, %v apart: %q, not %q", chunks, pause, decoded(t, got), want)
				}
			}
			want := []string{key, "j"}
			if pause > escapeWait {
				want[0] = "esc"
			}
			if got := newChunked(t).read(t, pause, strings.Split(in+"j", "")...); !slices.Equal(decoded(t, got), want) {
				t.Errorf("%q byte by byte, %v apart: %q, not %q", in, pause, decoded(t, got), want)
			}
		}
	}
}

var known = map[string][]string{}

// decoded is hears, which takes a program of its own, once for each text.
func decoded(t *testing.T, in string) []string {
	t.Helper()
	if _, ok := known[in]; !ok {
		known[in] = hears(t, in)
	}
	return known[in]
}

// A paste is pasted wherever its marks, its letters and its text are cut.
func TestSplitPaste(t *testing.T) {
	const text = "q:q\x1b[31m\x1b]0;x\x07\x03ä\r\nend\x1b"
	in := pasteStart + text + pasteEnd + "j"
	const pasted = "paste q:q[31m]0;xä\r\nend"
	for _, pause := range []time.Duration{0, 60 * time.Millisecond, 400 * time.Millisecond} {
		for i := 1; i < len(in); i++ {
			want := []string{pasted, "j"}
			if i == 1 && pause > escapeWait {
				want = []string{"esc", pasted, "j"}
			}
			if got := newChunked(t).read(t, pause, in[:i], in[i:]); !slices.Equal(decoded(t, got), want) {
				t.Errorf("%q, %v apart: %q, not %q", []string{in[:i], in[i:]}, pause, decoded(t, got), want)
			}
		}
		want := []string{pasted, "j"}
		if pause > escapeWait {
			want = []string{"esc", pasted, "j"}
		}
		if got := newChunked(t).read(t, pause, strings.Split(in, "")...); !slices.Equal(decoded(t, got), want) {
			t.Errorf("byte by byte, %v apart: %q, not %q", pause, decoded(t, got), want)
		}
	}
}

func TestSplitOdd(t *testing.T) {
	f := func(pause time.Duration, want string, chunks ...string) {
		t.Helper()
		if got := newChunked(t).read(t, pause, chunks...); got != want {
			t.Errorf("%q, %v apart: %q, not %q", chunks, pause, got, want)
		}
	}
	const soon, later, late, ages = 10 * time.Millisecond, 100 * time.Millisecond, 600 * time.Millisecond, time.Minute
	f(soon, escapeKey, "\x1b")
	f(soon, escapeKey+escapeKey, "\x1b\x1b")
	f(soon, escapeKey+escapeKey+escapeKey, "\x1b\x1b", "\x1b")
	f(later, escapeKey+"q", "\x1b", "q")
	f(later, escapeKey+"X", "\x1b", "X")
	f(later, escapeKey+"]", "\x1b", "]")
	f(late, escapeKey+"[A", "\x1b", "[A")       // somebody types that
	f(late, "j", "\x1b[", "j")                  // Alt with [
	f(later, "\x1bOAj", "\x1bO", "\x1bO", "Aj") // an arrow after what was none
	f(soon, "", "\x1bj", "\x1bJ", "\x1b\r", "\x1b\x7f", "\x1bä", "\x1b1", "\x1b ", "\x1bX", "\x1b]", "\x1bP", "\x1b\x1b[A", "\x1b\x1bOA")
	f(soon, "k", "\x1bjk")
	f(later, escapeKey+"\x1bOAj", "\x1b", "[", "\x1bO", "Aj")
	f(later, "xy", "x\x1b]11;rgb:1e1e/1e1e", "/1e1e\x1b", "\\y")
	f(later, "xy", "x\x1b]52;c;cXEK\x07y")
	f(later, "xy", "x\x1bP>|term(1)\x1b\\y", "\x1b_Gi=1;OK\x1b\\")
	f(later, "x\x1b[Ay", "x\x1b]11;rgb\x1b[Ay")
	f(late, "y", "\x1b]11;rgb", "y")
	f(soon, "j", "\x1b[[A", "\x1b[[", "E", "j") // F1 and F5 of the Linux console: Bubble Tea would hear A and E
	f(later, "\x1b[M !!j", "\x1b[M", " !", "!j")
	f(later, escapeKey+"j", "\x1b", "[M", "qqqj")
	f(later, "\xc3\xa4", "\xc3", "\xa4")
	f(late, "j", "\xc3", "\xa4j")
	f(soon, "ab", "a\xff\x9b\x80\xc2\x9bb")
	f(soon, "j", "\x1b["+strings.Repeat("0", maxSequence-2)+"\x1b[201~j")
	f(later, pasteStart+"text"+pasteEnd+"\x03", "\x1b[200~text\x1b[201", "~\x03")
	f(ages, pasteStart+"textmore", "\x1b[200~text", "more")
	f(ages, pasteStart+"text"+pasteEnd+"j", "\x1b[200~text\x1b[20", "\x03", "j") // the end is lost: Ctrl-c
	f(soon, pasteStart+"textj", "\x1b[200~text", "\x03", "j")
	f(5*time.Second, pasteStart+"text", "\x1b[20", "0~text")
	f(soon, strings.Repeat("x", 10_000), strings.Repeat("x", 10_000))
}

// A terminal that is gone is told of as that: without keys nothing could be done any more.
func TestKeysGone(t *testing.T) {
	c := newChunked(t)
	c.wrote.Close()
	if n, err := c.keys.Read(make([]byte, 100)); n != 0 || !errors.Is(err, ErrGone) {
		t.Errorf("%d, %v", n, err)
	}
	c.keys.Close()
	if n, err := c.keys.Read(make([]byte, 100)); n != 0 || !errors.Is(err, ErrGone) {
		t.Errorf("closed: %d, %v", n, err)
	}
}

// Where bytes are cut, with no more time between them than a link needs, changes nothing; nothing is held without end.
func FuzzSplit(f *testing.F) {
	for in := range sequences {
		f.Add([]byte(in+"j"+in), 3)
	}
	f.Add([]byte("\x1b[200~q\x1b\xc3\xa4\x1b[201~j"), 3)
	f.Add([]byte("\x1b]11;x\x1b[\x1bP0\x1b\x1b\\j\xff\x9b"), 9)
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		var whole, parts splitter
		now := time.Unix(1e9, 0)
		at = min(max(at, 0), len(in))
		want := whole.feed(nil, in, now)
		if len(want) > len(escapeKey)*len(in) {
			t.Fatalf("%q became %q", in, want)
		}
		got := parts.feed(parts.feed(nil, in[:at], now), in[at:], now)
		if !bytes.Equal(got, want) || !bytes.Equal(parts.held, whole.held) {
			t.Fatalf("cut at %d: %q and %q, not %q and %q", at, got, parts.held, want, whole.held)
		}
		if len(whole.held) > maxSequence+1 {
			t.Fatalf("%d bytes are held", len(whole.held))
		}
		if out := whole.feed(nil, []byte("j"), now.Add(time.Minute)); !whole.pasting && !bytes.HasSuffix(out, []byte("j")) {
			t.Fatalf("a key after all that: %q", out)
		}
	})
}
