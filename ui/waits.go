package ui

import (
	"context"
	"fmt"
	"slices"
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
	watched bool // it is drawn how long one waits
	errands int  // questions under way that lead somewhere
	what    string
	since   time.Time
}

// ask lets servers be asked, also after that was cancelled.
func (s *scope) ask() {
	if s.waits.ctx == nil || s.waits.stopped {
		s.waits.stopped = false
		s.waits.ctx, s.waits.cancel = context.WithCancel(s.ctx)
	}
}

// waiting reports whether somebody waits for an answer: there is nothing to look at, a gap is in sight, or nothing is counted yet.
func (m *Model) waiting() bool {
	s := m.scope()
	if !m.asks() || s.waits.stopped {
		return false
	}
	f, counts := m.top().view.(*fields)
	counts = counts && f.shown == nil && f.count != nil && f.count.busy
	return counts || s.waits.errands > 0 || s.loads.asked && (s.bare() || s.gapInSight() || len(m.lacking(s)) > 0) || (!s.tally.known || s.tally.partly) && s.tally.asked
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

// errand begins a question for a place to go to, which the footer tells of. Its work is to end with the context.
func (m *Model) errand(s *scope, what string) context.Context {
	if !m.asks() {
		return s.ctx
	}
	s.ask()
	s.waits.errands++
	s.waits.what, s.waits.since = what, m.Now()
	return s.waits.ctx
}

// watchErrand draws how long one waits for it.
func (m *Model) watchErrand(s *scope) tea.Cmd {
	if s.waits.errands == 0 {
		return nil
	}
	return m.watch(s)
}

// errandDone ends one.
func (m *Model) errandDone(s *scope) {
	s.waits.errands = max(s.waits.errands-1, 0)
}

// errandText says what is looked for; "" where nothing is.
func (m *Model) errandText() string {
	s := m.scope()
	if s.waits.errands == 0 || s.waits.stopped {
		return ""
	}
	return m.Theme.Dim.Render("asking " + clean(strings.Join(m.servers(), ", ")) + " for " + s.waits.what + " ..." + m.waited(s.waits.since) + "  Ctrl-c cancels")
}

// lacking are the servers that have not told of a time that is on the screen.
func (m *Model) lacking(s *scope) (out []string) {
	from, to := s.list.Visible()
	to = min(to, len(s.items))
	for from < to && s.items[from].Record == nil {
		from++
	}
	for from < to && s.items[to-1].Record == nil {
		to--
	}
	if to-from < 2 {
		return nil
	}
	first, last := s.items[from].Key.Time, s.items[to-1].Key.Time
	for _, name := range m.servers() {
		if first+1 < last && !covered(s.complete[name], first+1, last) {
			out = append(out, name)
		}
	}
	return out
}

// lackText says that records of a server are missing on the screen; "" where none are, or the server is in trouble, which is said above.
func (m *Model) lackText() string {
	s := m.scope()
	if m.top().view.mode() != keys.Logs || !s.loads.asked && !s.waits.stopped || s.gapInSight() {
		return ""
	}
	names := m.lacking(s)
	if len(names) == 0 {
		return ""
	}
	return m.Theme.Dim.Render(m.gapText(&gap{servers: names, side: amid}))
}

// giveUp cancels the questions that are under way.
func (m *Model) giveUp() tea.Cmd {
	s := m.scope()
	s.waits.cancel()
	s.waits.stopped, s.waits.errands = true, 0
	s.loads.asked, s.loads.again = false, false
	s.loads.number++ // what comes of it is not wanted
	m.notice = "cancelled · " + m.showKey(keys.Again) + " asks again · Ctrl-c again quits"
	return m.load()
}

// again asks anew, also what was given up.
func (m *Model) again() tea.Cmd {
	if x, ok := m.Explorer.(interface{ Retry() }); ok {
		x.Retry()
		var gone []string
		for i := range m.health {
			if h := &m.health[i]; h.Kind == server && h.State == session.Ended && inTrouble(h) {
				gone = append(gone, cleanCut(shortName(h.Source), 24))
			}
		}
		if len(gone) > 0 {
			m.notice = "connecting to " + strings.Join(gone, ", ") + " again"
		}
	}
	m.scope().ask()
	return m.refresh()
}

// waited is how long the question under way has been waited for, from half a second on.
func (m *Model) waited(since time.Time) string {
	d := m.Now().Sub(since)
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
type waitMsg struct{ scope *scope }

// watch draws how long a question is waited for, while it is.
func (m *Model) watch(s *scope) tea.Cmd {
	if s.waits.watched {
		return nil
	}
	s.waits.watched = true
	each := tenths
	if m.Now().Sub(s.loads.began) >= 10*time.Second {
		each = seconds
	}
	return m.tick(each, func(time.Time) tea.Msg { return waitMsg{s} })
}

func (w waitMsg) answer(m *Model) tea.Cmd {
	s := w.scope
	if s.waits.watched = false; s == m.scope() && (s.loads.asked || m.waiting()) {
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

// spared reports whether servers are not to be asked for what can be done without: one is in trouble, or it was cancelled.
func (m *Model) spared(s *scope) bool {
	return m.asks() && (s.waits.stopped || slices.ContainsFunc(m.health, func(h session.Health) bool { return h.Kind == server && inTrouble(&h) }))
}

// asking says whom one waits for, and for how long.
func (m *Model) asking(s *scope, since time.Time) []string {
	t := m.Theme
	who := clean(strings.Join(m.servers(), ", "))
	if s.waits.stopped {
		return []string{t.Strong.Render(who + " was not asked to the end"), "", t.Strong.Render(m.showKey(keys.Again)) + t.Dim.Render(" asks again")}
	}
	return []string{"asking " + t.Strong.Render(who) + " ..." + m.waited(since) + t.Dim.Render("  Ctrl-c cancels")}
}

// failing are the servers that notes say have failed.
func (m *Model) failing(notes []string) (out []string) {
	for _, name := range m.servers() {
		if slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, name+": ") }) && m.inTroubleNow(name) {
			out = append(out, name)
		}
	}
	return out
}

// inTroubleNow asks how a source is that has just answered, or has not.
func (m *Model) inTroubleNow(name string) bool {
	m.look()
	return slices.ContainsFunc(m.health, func(h session.Health) bool { return h.Source == name && inTrouble(&h) })
}

// keepItems leaves on the screen what servers gave before that do not answer now, with
// what others have brought, and says from where on they do not.
func (m *Model) keepItems(s *scope, items []item, failed []string) tea.Cmd {
	jumped := len(s.items) == 0
	if jumped {
		s.items, s.former = s.former, nil
		at := slices.IndexFunc(s.items, func(it item) bool { return it.gap == nil && it.Key.Compare(s.start) >= 0 })
		if at < 0 { // one went to what lies behind all of them
			at = len(s.items) - 1
		}
		s.list.Replace(len(s.items), at)
	}
	old := slices.DeleteFunc(slices.Clone(s.items), func(it item) bool { return it.gap != nil })
	had := map[session.Key]bool{}
	for i := range old {
		had[old[i].Key] = true
	}
	all, first, last := old, session.LastKey, session.FirstKey
	for _, it := range items {
		if it.gap == nil && !had[it.Key] {
			all = append(all, it)
		}
	}
	for i := range all {
		if all[i].Record == nil || !slices.Contains(failed, all[i].ID.Source) {
			continue
		}
		if first.Compare(all[i].Key) > 0 {
			first = all[i].Key
		}
		if last.Compare(all[i].Key) < 0 {
			last = all[i].Key
		}
	}
	gapAt := func(t int64, s side) item {
		return item{Row: session.Row{Key: behind(t)}, gap: &gap{servers: failed, side: s}}
	}
	all = append(all, gapAt(last.Time, newer))
	if !s.head && !s.following && first != session.LastKey {
		all = append(all, gapAt(first.Time-1, older))
	}
	all = sorted(all)
	if most := 12 * max(s.list.Height, 1); s.following && len(all) > most {
		all = all[len(all)-most:]
		s.head = false
	}
	cursor := s.list.Cursor
	if s.list.Cursor < len(s.items) {
		before := s.items[s.list.Cursor].Key
		cursor = max(slices.IndexFunc(all, func(it item) bool { return it.Key.Compare(before) >= 0 }), 0)
	}
	s.items, s.tail = all, false
	s.list.Replace(len(s.items), cursor)
	switch {
	case s.following:
		s.list.End()
	case jumped:
		s.list.Place(s.line)
	}
	return m.retry(s)
}
