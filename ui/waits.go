package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// server is the kind of a source that is asked, and answers queries by itself.
const server = "server"

// servers are the names of the sources that are asked.
func (m *Model) servers() (out []string) {
	for _, h := range m.health {
		if h.Kind == server {
			out = append(out, h.Source)
		}
	}
	return out
}

// asks reports whether a source is a server, so that what one looks at may have to be waited for.
func (m *Model) asks() bool { return len(m.servers()) > 0 }

// waits are the questions of a scope to servers, which one may have enough of.
type waits struct {
	ctx     context.Context //nolint:containedctx // of the questions, which end when they are cancelled
	cancel  context.CancelFunc
	stopped bool // they were cancelled: nothing is asked until somebody wants it
}

// ask lets servers be asked, also after that was cancelled.
func (s *scope) ask() {
	if s.waits.ctx == nil || s.waits.stopped {
		s.waits = waits{}
		s.waits.ctx, s.waits.cancel = context.WithCancel(s.ctx)
	}
}

// waiting reports whether somebody waits for an answer: there is nothing to look at, a gap is in sight, or nothing is counted yet.
func (m *Model) waiting() bool {
	s := m.scope()
	if !m.asks() || s.waits.stopped {
		return false
	}
	return s.loads.asked && (s.bare() || s.gapInSight()) || !s.tally.known && s.tally.asked
}

// gapInSight reports whether a gap is on the screen.
func (s *scope) gapInSight() bool {
	from, to := s.list.Visible()
	for i := from; i < to && i < len(s.items); i++ {
		if s.items[i].gap != nil {
			return true
		}
	}
	return false
}

// giveUp cancels the questions that are under way.
func (m *Model) giveUp() tea.Cmd {
	s := m.scope()
	s.waits.cancel()
	s.waits.stopped = true
	s.loads.asked, s.loads.again = false, false
	s.loads.number++ // what comes of it is not wanted
	m.notice = strings.Join(m.servers(), ", ") + " is asked no further · " + m.showKey(keys.Again) + " asks again · Ctrl-c again quits"
	m.notice = clean(m.notice)
	return m.load()
}

// again asks anew, also what was given up.
func (m *Model) again() tea.Cmd {
	m.scope().ask()
	return m.refresh()
}

// waited is how long the question under way has been waited for, from half a second on.
func (m *Model) waited(s *scope) string {
	d := m.Now().Sub(s.loads.began)
	switch {
	case d < 500*time.Millisecond:
		return ""
	case d < 10*time.Second:
		return fmt.Sprintf(" %.1f s", d.Seconds())
	}
	return " " + length(d.Truncate(time.Second))
}

// How often it is drawn how long one has waited: tenths of a second, then seconds.
const (
	tenths  = 100 * time.Millisecond
	seconds = time.Second
)

// waitMsg says that one has waited for a while.
type waitMsg struct {
	scope  *scope
	number int
}

// watch draws how long a question is waited for, while it is.
func (m *Model) watch(s *scope) tea.Cmd {
	each := tenths
	if m.Now().Sub(s.loads.began) >= 10*time.Second {
		each = seconds
	}
	number := s.loads.number
	return m.tick(each, func(time.Time) tea.Msg { return waitMsg{s, number} })
}

func (w waitMsg) answer(m *Model) tea.Cmd {
	if s := w.scope; s == m.scope() && s.loads.asked && s.loads.number == w.number {
		return m.watch(s)
	}
	return nil
}

// retryLeast and retryMost are how long after a server failed it is asked again by itself.
const (
	retryLeast = 5 * time.Second
	retryMost  = time.Minute
)

// retryMsg says that a server in trouble may be asked again.
type retryMsg struct {
	scope  *scope
	number int
}

// retry asks again after a while where a server is in trouble that may pass. One that
// has ended, as it lets nobody in, is not asked by itself.
func (m *Model) retry(s *scope) tea.Cmd {
	failed := false
	for _, h := range m.health {
		failed = failed || h.Kind == server && h.State == session.Trouble
	}
	if !failed || s.waits.stopped {
		s.loads.failed = 0
		return nil
	}
	s.loads.failed++
	wait := min(retryLeast<<min(s.loads.failed-1, 5), retryMost)
	number := s.loads.number
	return m.tick(wait, func(time.Time) tea.Msg { return retryMsg{s, number} })
}

func (r retryMsg) answer(m *Model) tea.Cmd {
	s := r.scope
	if s != m.scope() || s.loads.number != r.number || s.loads.asked || s.waits.stopped {
		return nil // something else asks
	}
	return m.refresh()
}

// asking says whom one waits for, and for how long.
func (m *Model) asking(s *scope) []string {
	t := m.Theme
	who := clean(strings.Join(m.servers(), ", "))
	if s.waits.stopped {
		return []string{t.Strong.Render(who + " was not asked to the end"), "", t.Strong.Render(m.showKey(keys.Again)) + t.Dim.Render(" asks again")}
	}
	return []string{"asking " + t.Strong.Render(who) + " ..." + m.waited(s) + t.Dim.Render("  Ctrl-c cancels")}
}
