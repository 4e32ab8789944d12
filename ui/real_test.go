package ui

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// watch is a screen over a session of sources in memory, each change of which is looked at when came is called.
func watch(t testing.TB, width, height int, filter string, list ...sources.Source) *screen {
	t.Helper()
	return open(t, running(t, list...), width, height, filter)
}

// timed is a session whose clock goes on by two seconds at each look, so that servers are asked again.
type timed struct {
	*session.Session
	now *atomic.Int64
}

// Events are those of the session, at nine seconds past the minute where none says when.
func (x timed) Events() ([]session.Event, int) {
	events, dropped := x.Session.Events()
	for i := range events {
		events[i].Time = time.Date(2026, 3, 14, 8, 0, 49, 500, time.UTC).UnixNano()
	}
	return events, dropped
}

// running is a session of sources that have read what was there.
func running(t testing.TB, list ...sources.Source) timed {
	t.Helper()
	clock := new(atomic.Int64)
	clock.Store(noon.UnixNano())
	x := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }, Now: func() time.Time { return time.Unix(0, clock.Load()) }}, list...)
	x.Start(t.Context())
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := x.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	return timed{x, clock}
}

// came has the screen look at what has changed, as it does when the session says so.
func (s *screen) came() {
	s.Explorer.(timed).now.Add(int64(2 * time.Second))
	s.look()
	s.run(s.refresh())
}

// numbered is the records from one number to before another: one a second from
// eight o'clock on, every tenth an error of payment, those before it warnings.
func numbered(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		at := time.Date(2026, 3, 14, 8, 0, i, 0, time.UTC).Format(time.RFC3339)
		switch {
		case i%10 == 0:
			fmt.Fprintf(&b, "%s ERROR payment n%d declined ms=%d\n", at, i, i%7)
		case i%10 == 9:
			fmt.Fprintf(&b, "%s WARN orders n%d slow\n", at, i)
		default:
			fmt.Fprintf(&b, "%s INFO orders n%d accepted\n", at, i)
		}
	}
	return b.String()
}

// A feed is a source with a way to bring more.
type feed struct {
	sources.Source
	bring func(text string)
}

// feeds makes a source of each kind that holds a text.
func feeds(t testing.TB, kind, text string) feed {
	ok := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	switch kind {
	case "file":
		f := sourcetest.NewFile("app", text)
		f.Follow = true
		return feed{f, func(text string) { ok(f.Grow(text)); ok(f.Settle()) }}
	case "listener":
		e := sourcetest.NewEmitter("app")
		return feed{e, func(text string) { ok(e.Emit("", noon.UnixNano(), text)); ok(e.Settle("")) }}
	}
	p := sourcetest.NewPaged("app", sourcetest.Records(text)...)
	p.PageSize = 40
	return feed{p, func(text string) { p.Add(sourcetest.Records(text)...) }}
}

var kinds = []string{"file", "listener", "server"}

// opened is a screen over a source of a kind that holds the records of numbered from 0 on.
func opened(t testing.TB, kind string, n int, filter string) (*screen, feed) {
	t.Helper()
	text := numbered(0, n)
	f := feeds(t, kind, text)
	s := watch(t, 80, 24, filter, f.Source)
	if kind == "listener" {
		f.bring(text)
	}
	s.came()
	return s, f
}

var numberIn = regexp.MustCompile(`\bn(\d+)\b`)

// shown is the numbers of the records on the screen, in order.
func (s *screen) shown() (out []int) {
	s.t.Helper()
	body := s.top().view.body(s.Model, s.width, s.Model.frame().body)
	for _, l := range body {
		if m := numberIn.FindStringSubmatch(ansi.Strip(l)); m != nil {
			n, _ := strconv.Atoi(m[1])
			out = append(out, n)
		}
	}
	return out
}

// number is that of the record under the cursor; -1 where there is none.
func (s *screen) number() int {
	row, ok := s.scope().current()
	if !ok {
		return -1
	}
	n, _ := strconv.Atoi(numberIn.FindStringSubmatch(row.Record.Body)[1])
	return n
}

// stands checks which record is under the cursor.
func (s *screen) stands(t *testing.T, want int) {
	t.Helper()
	if got := s.number(); got != want {
		t.Errorf("at record %d, not %d:\n%s", got, want, s.top().scope.failure)
	}
}

// successive checks that numbers are those from one to another, each once.
func successive(t *testing.T, got []int, from, to int) {
	t.Helper()
	if len(got) != to-from {
		t.Errorf("%d records are shown, not %d: %v", len(got), to-from, got)
		return
	}
	for i, n := range got {
		if n != from+i {
			t.Errorf("%d stands where %d should: %v", n, from+i, got)
			return
		}
	}
}
