package ui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/ui/keys"
)

// A walk presses any keys while records come, and hands the answers of commands over late and in any order.
type walk struct {
	*screen
	r       *rand.Rand
	feeds   []feed
	brought int
	began   int            // commands that are not over
	answers chan tea.Msg   // of commands
	ready   []tea.Msg      // those not handed over yet
	scopes  map[*scope]int // all that there ever were, by the step
	steps   []string
}

// begin runs a command beside the screen.
func (w *walk) begin(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	w.began++
	go func() {
		defer func() {
			if p := recover(); p != nil {
				w.answers <- panicMsg{fmt.Sprint(p, "\n", string(debug.Stack()))}
			}
		}()
		w.answers <- cmd()
	}()
}

type panicMsg struct{ text string }

func (w *walk) update(msg tea.Msg) {
	w.t.Helper()
	switch msg := msg.(type) {
	case panicMsg:
		w.t.Fatal(msg.text)
	case tea.BatchMsg:
		for _, cmd := range msg {
			w.begin(cmd)
		}
		return
	}
	defer func() {
		if p := recover(); p != nil {
			w.t.Fatalf("keys %s: %v\n%s", strings.Join(w.steps, " "), p, debug.Stack())
		}
	}()
	_, cmd := w.Update(msg)
	w.begin(cmd)
}

// hand hands one answer over, any of those that came; with wait it waits for one.
func (w *walk) hand(wait bool) bool {
	for w.began > 0 {
		if wait && len(w.ready) == 0 {
			w.ready = append(w.ready, <-w.answers)
			w.began--
			continue
		}
		select {
		case msg := <-w.answers:
			w.ready = append(w.ready, msg)
			w.began--
			continue
		default:
		}
		break
	}
	n := len(w.ready)
	if n == 0 {
		return false
	}
	i := w.r.IntN(n)
	msg := w.ready[i]
	w.ready = append(w.ready[:i], w.ready[i+1:]...)
	w.update(msg)
	return true
}

// settle hands everything over until nothing is under way.
func (w *walk) settle() {
	for w.hand(true) {
	}
}

// keyNamed is the press of a key by its name in the map of keys.
func keyNamed(name string) tea.KeyPressMsg {
	named := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete}
	var k tea.Key
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			name, k.Mod = rest, k.Mod|tea.ModCtrl
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			name, k.Mod = rest, k.Mod|tea.ModShift
		} else {
			break
		}
	}
	if code, ok := named[name]; ok {
		k.Code = code
	} else if name == "space" {
		k.Code, k.Text = tea.KeySpace, " "
	} else {
		k.Code = []rune(name)[0]
		if k.Mod == 0 {
			k.Text = name
		}
	}
	return tea.KeyPressMsg(k)
}

// phrases are what a walk types into boxes.
var phrases = []string{"level:ERROR", "level >= WARN", "service:payment", "service:orders", " and ", " or ", "not ", "(", ")", `"`, "n1", "n2", "ms:3",
	"08:00", "-5m", "99", " to ", "*", "\\", "/re/", "日本", "order", "q", "yesterday"}

func (w *walk) key() tea.KeyPressMsg {
	mode := w.mode()
	if w.box != nil {
		switch n := w.r.IntN(10); {
		case n < 4:
			for _, c := range phrases[w.r.IntN(len(phrases))] {
				w.update(keyNamed(string(c)))
			}
			return keyNamed("left")
		case n < 6:
			return keyNamed([]string{"backspace", "ctrl+w", "ctrl+u", "left", "right", "home", "end", "delete", "x", "a", "e", "5"}[w.r.IntN(12)])
		}
		mode = keys.Text
	}
	if w.r.IntN(20) == 0 {
		mode = append(keys.Views, keys.Text)[w.r.IntN(len(keys.Views)+1)]
	}
	bindings := w.Keys.Bindings(mode)
	if len(bindings) == 0 {
		return keyNamed("esc")
	}
	b := bindings[w.r.IntN(len(bindings))]
	if len(b.Keys) == 0 {
		return keyNamed("j")
	}
	return keyNamed(b.Keys[w.r.IntN(len(b.Keys))])
}

// hostile are records that are hard to draw.
var hostile = []string{
	"2026-03-14T08:01:00Z WARN orders n1 \x1b[2J\x1b]0;x\x07 red\r\n",
	"2026-03-14T08:02:00Z ERROR payment n2 " + strings.Repeat("日本語 👩‍👩‍👧 e\u0301 ", 40) + "\n\tat one\n\tat two\n",
	"2026-03-14T09:00:00Z ERROR \u202e n3 a=\xff\xfe b=\x00\x01\t\u2028\n",
	"n4 without a time\n",
	"2026-03-14T08:00:10Z INFO orders n5 " + strings.Repeat("x", 9000) + "\n",
	"\n",
}

func (w *walk) bring() {
	f := w.feeds[w.r.IntN(len(w.feeds))]
	n := w.r.IntN(40)
	text := numbered(w.brought, w.brought+n)
	if w.r.IntN(3) == 0 {
		text += hostile[w.r.IntN(len(hostile))]
	}
	if w.r.IntN(10) == 0 {
		w.brought = max(w.brought-100, 0)
	}
	w.brought += n
	f.bring(text)
}

// step does one thing.
func (w *walk) step() {
	switch n := w.r.IntN(100); {
	case n < 50:
		k := w.key()
		w.steps = append(w.steps, k.String())
		w.update(k)
	case n < 85:
		w.hand(w.r.IntN(3) == 0)
	case n < 93:
		w.steps = append(w.steps, "came")
		w.bring()
		w.look()
		w.begin(w.refresh())
	case n < 98:
		size := tea.WindowSizeMsg{Width: 1 + w.r.IntN(300), Height: 1 + w.r.IntN(100)}
		if w.r.IntN(2) == 0 {
			size = tea.WindowSizeMsg{Width: 1 + w.r.IntN(90), Height: 1 + w.r.IntN(30)}
		}
		w.steps = append(w.steps, fmt.Sprintf("%dx%d", size.Width, size.Height))
		w.update(size)
	default:
		w.steps = append(w.steps, "paste")
		w.update(tea.PasteMsg{Content: "a-b\n\x1b[31mq" + phrases[w.r.IntN(len(phrases))]})
	}
	for _, l := range w.layers {
		w.scopes[l.scope] = len(w.steps)
	}
}

// whole checks what always holds.
func (w *walk) whole() {
	fail := func(format string, args ...any) {
		w.t.Helper()
		w.t.Errorf(format, args...)
	}
	v := w.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > w.height {
		fail("%d lines of %d", len(lines), w.height)
	}
	for i, l := range lines {
		plain := ansi.Strip(l)
		if n := ansi.StringWidth(l); n > w.width {
			fail("line %d has %d cells of %d: %q", i, n, w.width, plain)
		}
		if at := strings.IndexFunc(plain, unicode.IsControl); at >= 0 {
			fail("line %d has a control character: %q", i, plain)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= w.width || c.Y < 0 || c.Y >= w.height) {
		fail("the cursor is at %d, %d", c.X, c.Y)
	}
	for i, l := range w.layers {
		s := l.scope
		if s.ctx.Err() != nil {
			fail("layer %d (%s %q) has a scope that was left", i, l.view.mode(), l.name)
		}
		if s.list.Len != len(s.items) || s.list.Cursor < 0 || s.list.Cursor >= max(s.list.Len, 1) || s.list.Top < 0 || s.list.Top > s.list.Cursor {
			fail("layer %d: cursor %d, top %d, %d items, of which the list knows %d", i, s.list.Cursor, s.list.Top, len(s.items), s.list.Len)
		}
		if s.following && (s.pause != nil || s.list.Len > 0 && s.list.Cursor != s.list.Len-1) {
			fail("layer %d follows at %d of %d, pause %v", i, s.list.Cursor, s.list.Len, s.pause)
		}
		for k := 1; k < len(s.items); k++ {
			if s.items[k-1].Key.Compare(s.items[k].Key) >= 0 {
				fail("layer %d: item %d is at %v, and the one before at %v", i, k, s.items[k].Key, s.items[k-1].Key)
			}
		}
	}
}

func TestRandomWalks(t *testing.T) {
	walks, steps := 12, 600
	if raced {
		walks, steps = 5, 300
	}
	t.Chdir(t.TempDir())
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	if dir, err := os.Getwd(); err != nil || dir == "" {
		t.Fatal(err)
	}
	for seed := range uint64(walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { walkAbout(t, seed, steps) })
	}
}

func walkAbout(t *testing.T, seed uint64, steps int) {
	w := &walk{r: rand.New(rand.NewPCG(seed, 1)), answers: make(chan tea.Msg), scopes: map[*scope]int{}}
	sad := sourcetest.NewEmitter("sad\x1b[31m")
	for _, kind := range kinds {
		w.feeds = append(w.feeds, feeds(t, kind, ""))
	}
	x := running(t, w.feeds[0].Source, w.feeds[1].Source, w.feeds[2].Source, sad)
	w.screen = open(t, x, 80, 24, "")
	defer func() {
		if t.Failed() {
			t.Logf("keys: %s", strings.Join(w.steps, " "))
		}
	}()
	for i := range steps {
		if i == steps/2 {
			sad.End(fmt.Errorf("sad: %s", hostile[0]))
		}
		x.now.Add(1 << 28)
		w.step()
		if w.whole(); t.Failed() {
			return
		}
	}
	w.home(t, x)
}

// home closes whatever is open, and checks that all work has ended and the end of the records is shown.
func (w *walk) home(t *testing.T, x timed) {
	for i := 0; w.box != nil || len(w.layers) > 1 || w.mode() != keys.Logs; i++ {
		w.update(keyNamed("esc"))
		if i > 100 {
			t.Fatalf("Esc does not lead to the log: %d layers, mode %s, box %T", len(w.layers), w.mode(), w.box)
		}
	}
	w.settle()
	for s, step := range w.scopes {
		if s != w.scope() && s.ctx.Err() == nil {
			t.Errorf("a scope of step %d goes on (%s)", step, s.text())
		}
	}
	w.update(tea.WindowSizeMsg{Width: 120, Height: 40})
	w.update(keyNamed("X"))
	w.update(keyNamed("G"))
	x.now.Add(1 << 33)
	w.look()
	w.begin(w.refresh())
	w.settle()
	s := w.scope()
	page, err := s.rows.Rows(t.Context(), session.LastKey, 20, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := s.items
	for i := len(page.Rows) - 1; i >= 0; i-- {
		for len(got) > 0 && got[len(got)-1].Record == nil {
			got = got[:len(got)-1]
		}
		if len(got) == 0 || got[len(got)-1].Key != page.Rows[i].Key {
			t.Fatalf("the newest records are not shown:\n%s", w.frame())
		}
		got = got[:len(got)-1]
	}
	if w.whole(); !s.following {
		t.Error("G does not follow")
	}
}
