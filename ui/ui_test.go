package ui

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/keys"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// shop is an Explorer over records in memory.
type shop struct {
	rows   []session.Row
	health []session.Health
	events []session.Event
	fail   error

	scanned map[*session.Scanned]int // of rows, so many were looked at
	atOnce  int                      // rows that one scan looks at before its time is over; 0: all
}

func (s *shop) Changed() <-chan struct{}       { return nil }
func (s *shop) Health() []session.Health       { return s.health }
func (s *shop) Events() ([]session.Event, int) { return s.events, 0 }
func (s *shop) View(f session.Filter) (session.View, error) {
	v := &shopView{shop: s, filter: f}
	if f.Query != nil {
		v.query = query.Compile(f.Query, query.Env{})
	}
	return v, nil
}

type shopView struct {
	session.View // nothing else of it is asked for
	*shop
	filter session.Filter
	query  *query.Query
}

func (v shopView) matching() (out []session.Row) {
	for _, r := range v.rows {
		f := v.filter
		if (v.query == nil || v.query.Match(r.Record)) && r.Record.Severity >= f.Level &&
			(f.From == logs.NoTime || r.Key.Time >= f.From) && (f.To == logs.NoTime || r.Key.Time < f.To) {
			out = append(out, r)
		}
	}
	return out
}

func (v shopView) Filter() session.Filter { return v.filter }

func (v shopView) Rows(_ context.Context, key session.Key, before, after int) (session.Page, error) {
	if v.fail != nil {
		return session.Page{}, v.fail
	}
	rows := v.matching()
	at := 0
	for at < len(rows) && rows[at].Key.Compare(key) < 0 {
		at++
	}
	from, to := max(0, at-before), min(len(rows), at+after)
	return session.Page{Rows: rows[from:to], At: at - from, Head: from == 0, Tail: to == len(rows)}, nil
}

func (v shopView) Totals(context.Context) (*summary.Totals, error) {
	t := summary.NewTotals()
	for _, r := range v.matching() {
		t.Add(r.Record.Time, r.Record.Severity, r.Record.Service, 1, 1, false)
	}
	return t, v.fail
}

// Scan looks at shop.atOnce rows and then says that its time is over.
func (v shopView) Scan(ctx context.Context, from *session.Scanned, made func() func(*logs.Record)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if v.scanned == nil {
		v.scanned = map[*session.Scanned]int{}
	}
	f, at := made(), v.scanned[from]
	to := len(v.rows)
	if v.atOnce > 0 {
		to = min(at+v.atOnce, to)
	}
	v.scanned[from] = to
	for _, r := range v.matching() {
		if n := int(r.Key.Sequence); n >= at && n < to {
			f(r.Record)
		}
	}
	if to < len(v.rows) {
		return context.DeadlineExceeded
	}
	return v.fail
}

// newShop has n records of a small shop, one a second.
func newShop(n int) *shop {
	s := &shop{health: []session.Health{{Source: "/var/log/shop.log", State: session.Ended}}}
	at := time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)
	for i := range n {
		r := &logs.Record{Time: at.Add(time.Duration(i) * time.Second).UnixNano(), Severity: logs.Info, Service: "orders",
			Body: fmt.Sprintf("order %d accepted", i), Line: int64(i + 1), Format: "json", Resource: &logs.Resource{Source: "/var/log/shop.log"}}
		r.Add("total", logs.NumberValue(fmt.Sprint(i*7%100)))
		switch i % 10 {
		case 3:
			r.Severity, r.Service, r.Body = logs.Error, "payment", fmt.Sprintf("order %d declined: read timed out\njava.net.SocketTimeoutException: Read timed out\n\tat shop.Pay.call(Pay.java:7)", i)
		case 7:
			r.Severity, r.Body = logs.Warn, "hostile \x1b[31mred\x1b[0m \u202egnp.exe 日本語 \xff"
		}
		s.rows = append(s.rows, session.Row{Key: session.Key{Time: r.Time, Sequence: int64(i)}, Record: r})
	}
	return s
}

// noon is the time at which tests look at the screen.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// screen is a model that is driven by hand, with its commands run to their end.
type screen struct {
	*Model
	t testing.TB
}

func open(t testing.TB, x Explorer, width, height int, filter string) *screen {
	t.Helper()
	q, err := query.Parse(filter)
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(t.Context(), Options{Explorer: x, Filter: session.Filter{Query: q, From: logs.NoTime, To: logs.NoTime}, Theme: themes.Mono(), Location: time.UTC, Zone: "UTC", Follow: true, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	m.tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		if d >= retryLeast || d == tenths {
			return nil // a server that failed is asked again by the test; nobody waits here
		}
		return func() tea.Msg { return f(time.Time{}) }
	}
	s := &screen{m, t}
	m.look()
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	s.run(m.refresh()) // Init without its waiting
	return s
}

func (s *screen) send(msg tea.Msg) {
	_, cmd := s.Update(msg)
	s.run(cmd)
}

func (s *screen) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	default:
		s.send(msg)
	}
}

// press sends keys by name, or the letters of a word behind "'".
func (s *screen) press(keys ...string) {
	s.t.Helper()
	codes := map[string]tea.Key{"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"space": {Code: tea.KeySpace, Text: " "}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"backspace": {Code: tea.KeyBackspace}, "left": {Code: tea.KeyLeft}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "ctrl+t": {Code: 't', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}}
	for _, k := range keys {
		if text, typed := strings.CutPrefix(k, "'"); typed {
			for _, r := range text {
				s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		code, ok := codes[k]
		if !ok {
			s.t.Fatalf("no key %q", k)
		}
		s.send(tea.KeyPressMsg(code))
	}
}

func (s *screen) frame() string {
	lines := strings.Split(ansi.Strip(s.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// golden compares the frame with the one in testdata.
func (s *screen) golden(name string) {
	s.t.Helper()
	got := s.frame()
	for i, l := range strings.Split(s.View().Content, "\n") {
		if w := ansi.StringWidth(l); w > s.width {
			s.t.Errorf("%s: line %d has %d cells of %d: %q", name, i, w, s.width, l)
		}
	}
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if got != string(want) {
		s.t.Errorf("%s:\n%s--- not\n%s", name, got, want)
	}
}

func TestFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}, {40, 8}, {12, 3}} {
		name := fmt.Sprintf("%dx%d-", size.w, size.h)
		s := open(t, newShop(200), size.w, size.h, "")
		s.golden(name + "end")
		s.press("home", "down", "down", "down")
		s.golden(name + "top")
		s.press("enter")
		s.golden(name + "details")
		s.press("esc", "'&level >= ERROR and (")
		s.golden(name + "fault")
		s.press("backspace", "'timed)", "backspace", "ctrl+w", "ctrl+w", "'and timed", "enter")
		s.golden(name + "filtered")
		s.press("'&", "ctrl+u", "'nothing", "enter")
		s.golden(name + "nothing")
	}
}

func TestMovingReachesEveryRecord(t *testing.T) {
	s := open(t, newShop(500), 80, 24, "")
	seen := func(want int) {
		t.Helper()
		row, ok := s.scope().current()
		if !ok || row.Record.Line != int64(want) {
			t.Fatalf("at line %d, not %d", row.Record.Line, want)
		}
	}
	seen(500)
	for range 499 {
		s.press("'k")
	}
	seen(1)
	s.press("'j")
	seen(2)
	for range 50 {
		s.press("pgdown")
	}
	seen(500)
	s.press("'g")
	seen(1)
	s.press("'G")
	seen(500)
}

func TestFilterKeepsTheRecord(t *testing.T) {
	s := open(t, newShop(500), 80, 24, "")
	s.press("'g")
	for range 203 {
		s.press("'j")
	}
	row, _ := s.scope().current()
	s.press("'&level:ERROR", "enter")
	if now, _ := s.scope().current(); now.Key != row.Key {
		t.Errorf("the cursor went from %v to %v", row.Key, now.Key)
	}
	if matched, of, _ := s.scope().tally.matched(0); matched.N != 50 || of.N != 500 {
		t.Errorf("%v of %v", matched, of)
	}
	s.press("'&", "ctrl+u", "enter")
	if now, _ := s.scope().current(); now.Key != row.Key {
		t.Errorf("without the filter the cursor went from %v to %v", row.Key, now.Key)
	}
}

func TestPasteNeverRunsKeys(t *testing.T) {
	s := open(t, newShop(50), 80, 24, "")
	s.send(tea.PasteMsg{Content: "q\r\nq"})
	if b, ok := s.box.(*filterBox); !ok || b.text() != "q q" {
		t.Errorf("the box is %T", s.box)
	}
	s.press("esc")
	if s.box != nil || s.mode() != keys.Logs {
		t.Errorf("mode %s", s.mode())
	}
}

func TestFailureIsSaid(t *testing.T) {
	x := newShop(0)
	x.fail = errors.New("shop.log: input/output error \x1b]0;x\x07")
	s := open(t, x, 80, 24, "")
	if f := s.frame(); !strings.Contains(f, `shop.log: input/output error \x1b]0;x\x07`) {
		t.Errorf("the frame hides it:\n%s", f)
	}
}

func TestTroubleIsInTheHeader(t *testing.T) {
	x := newShop(30)
	x.health = append(x.health, session.Health{Source: "missing.log", State: session.Ended, Text: "missing.log: no such file"})
	s := open(t, x, 80, 24, "")
	if f := s.frame(); !strings.HasPrefix(f, " ! b missing.log no such file  ") {
		t.Errorf("the header hides it:\n%s", f)
	}
	s = open(t, &shop{health: x.health[1:]}, 80, 24, "")
	if f := s.frame(); strings.Count(f, "no such file") != 2 || !strings.Contains(f, "   ! missing.log\n") {
		t.Errorf("the empty screen hides it:\n%s", f)
	} else if strings.Contains(f, "/min") {
		t.Errorf("bars of nothing:\n%s", f)
	}
}

func TestGuessedDatesAreMarked(t *testing.T) {
	x := newShop(30)
	x.rows[28].Record.Guessed = logs.GuessedYear
	s := open(t, x, 160, 24, "")
	if f := s.frame(); !strings.Contains(f, " ~03-14 08:00:28.000 ") || !strings.Contains(f, "  03-14 08:00:27.000 ") {
		t.Errorf("no mark:\n%s", f)
	}
}

func TestFollowingStaysAtTheEnd(t *testing.T) {
	x := newShop(100)
	all := x.rows
	x.rows = all[:50]
	s := open(t, x, 80, 24, "")
	x.rows = all
	s.run(s.refresh())
	if row, _ := s.scope().current(); row.Record.Line != 100 {
		t.Errorf("at line %d", row.Record.Line)
	}
	x.rows = all[:60]
	s.run(s.load())
	s.press("'k")
	row, _ := s.scope().current()
	x.rows = all
	s.run(s.load())
	if now, _ := s.scope().current(); now.Key != row.Key {
		t.Errorf("paused, the cursor went from %v to %v", row.Key, now.Key)
	}
}
