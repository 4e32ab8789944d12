package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// A marker notes what has arrived.
type marker interface{ Mark() *session.Mark }

// noting is how to note what has arrived; nil is noted where the session cannot tell.
func (m *Model) noting() func() *session.Mark {
	if x, ok := m.Explorer.(marker); ok {
		return x.Mark
	}
	return func() *session.Mark { return nil }
}

// A sight is what one could see at a moment: what had arrived, from the top of the screen on.
type sight struct {
	mark *session.Mark // nil: that is not known
	top  session.Key
}

// arrivals are what has arrived since one looked: below the top of the screen,
// which is new while one does not follow, and above it, which is late.
type arrivals struct {
	seen   sight // while one follows, the last; then that of when following ended
	since  sight // from which it is counted
	below  summary.ByLevel
	above  summary.ByLevel // since the scope was opened, or the oldest was gone to
	now    summary.ByLevel // of them, those since the sight
	oldest session.Key     // of those above
	known  bool            // below is; else the difference of totals tells

	moreBelow, moreAbove bool // there may be more than these

	reading bool // sources still read what was there before, when that was seen
}

// saw notes what is on the screen. While sources read what was there before, nothing
// of it counts as having arrived.
func (s *scope) saw(mark *session.Mark, reading bool) {
	a := &s.arrivals
	if mark == nil || !s.following && a.seen.mark != nil && !reading && !a.reading {
		return
	}
	a.seen = sight{mark, session.FirstKey}
	if from, to := s.list.Visible(); from < to {
		a.seen.top = s.items[from].Key
	}
	if a.since.mark == nil || reading || a.reading {
		*a = arrivals{seen: a.seen, since: a.seen, oldest: session.LastKey, reading: reading}
		if s.pause != nil {
			s.pause.known = false
		}
	}
}

// arrived is what a count of arrivals came to.
type arrived struct {
	from, to     sight
	above        summary.ByLevel // between the two
	oldest       session.Key     // of these
	below, later summary.ByLevel // since the second: below its top, and above
	oldestLater  session.Key     // of those above
	known        bool

	moreBelow, moreAbove bool // there may be more since the second; since the first
}

// arriving counts what has arrived. It runs beside the screen, on the view that is listed.
func arriving(ctx context.Context, v session.View, from, to sight) (out arrived, err error) {
	out = arrived{from: from, to: to, oldest: session.LastKey, oldestLater: session.LastKey}
	if from.mark == nil {
		return out, nil
	}
	all, err := v.Arrived(ctx, from.mark, from.top)
	if err != nil {
		return out, err
	}
	out.moreAbove = all.AtLeast
	if from != to {
		later, err := v.Arrived(ctx, to.mark, from.top)
		if err != nil {
			return out, err
		}
		for l := range all.Above {
			out.above[l] = max(all.Above[l]-later.Above[l], 0)
		}
		if out.above.Total() > 0 {
			out.oldest = all.Oldest
		}
		if all, err = v.Arrived(ctx, to.mark, to.top); err != nil {
			return out, err
		}
	}
	out.below, out.later, out.known, out.moreBelow = all.Below, all.Above, len(all.Unknown) == 0, all.AtLeast
	if all.Above.Total() > 0 {
		out.oldestLater = all.Oldest
	}
	return out, nil
}

// arrived takes what was counted, unless that is from another sight.
func (s *scope) arrived(n arrived) {
	a := &s.arrivals
	if n.from != a.since || n.from.mark == nil {
		return
	}
	a.since = n.to
	a.above.Add(&n.above)
	a.below, a.now, a.known, a.moreBelow = n.below, n.later, n.known, n.moreBelow
	a.moreAbove = a.moreAbove || n.moreAbove
	a.oldest = earlier(a.oldest, earlier(n.oldest, n.oldestLater))
}

func earlier(a, b session.Key) session.Key {
	if b.Compare(a) < 0 {
		return b
	}
	return a
}

// late is how many records came above the top of the screen, and how many of them are errors.
func (s *scope) late() (n, errors int64) {
	a := &s.arrivals
	both := a.above
	both.Add(&a.now)
	return both.Total(), failures(&both)
}

func failures(by *summary.ByLevel) (n int64) {
	for l := logs.Error.Level(); int(l) < len(by); l++ {
		n += by[l]
	}
	return n
}

// oldestLate goes to the oldest record that came above the screen; it and what is
// below it counts as seen.
func (m *Model) oldestLate() tea.Cmd {
	s := m.scope()
	a := &s.arrivals
	if n, _ := s.late(); n == 0 {
		m.notice = "no late record above"
		return nil
	}
	key := a.oldest
	s.stop()
	a.since.top = key
	a.seen, a.oldest = a.since, session.LastKey
	a.above, a.now, a.moreAbove = summary.ByLevel{}, summary.ByLevel{}, false
	return m.goTo(key)
}

// newsText is what has come that one has not seen: "▼ 1,284 new (37 err)", "▲ 2 late above (1 err)".
func (m *Model) newsText(s *scope) (out []string) {
	say := func(sign, what string, n, failed int64, more bool) {
		if n == 0 {
			return
		}
		count := summary.Count{N: n}
		if s.arrivals.known && more {
			count.Certainty = summary.AtLeast
		}
		text := sign + " " + count.String() + " " + what
		if failed > 0 {
			text += " (" + thousands(failed) + " err)"
		}
		out = append(out, m.Theme.Strong.Render(text))
	}
	n, failed := s.news()
	say(m.Glyphs.New, "new", n, failed, s.arrivals.moreBelow)
	n, failed = s.late()
	say(m.Glyphs.Late, "late above", n, failed, s.arrivals.moreAbove)
	return out
}
