package ui

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
	"github.com/lxlog/lx/when"
)

// A liner knows where lines of a file are. The session is one.
type liner interface {
	AtLine(ctx context.Context, stream, line int64) (key session.Key, last int64, ok bool, err error)
}

// epochDigits is from how many digits on a number is a time and no line.
const epochDigits = 10

// destination is what a time or a line number comes to; false where the text is neither.
func (m *Model) destination(text string) (reading, bool) {
	if text == "" {
		return reading{}, false
	}
	if strings.Trim(text, "0123456789") == "" && len(text) < epochDigits {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n == 0 {
			return reading{fault: "lines are counted from 1"}, true
		}
		return m.lineReading(n), true
	}
	if !strings.ContainsAny(text[:1], "0123456789-+nyt") {
		return reading{}, false // a word; times that begin with one are now, yesterday, today, tomorrow
	}
	at, err := when.Typed(text, m.Now(), m.zone())
	if err != nil {
		if strings.ContainsAny(text[:1], "0123456789-+") {
			return reading{fault: err.Error()}, true
		}
		return reading{}, false
	}
	says := "the first record from " + time.Unix(0, at.From).In(m.zone()).Format("2006-01-02 15:04:05 -07:00")
	return reading{says: says, run: func() tea.Cmd { return m.goToTime(at.From, says) }}, true
}

// lineReading is a line of the file of the record under the cursor.
func (m *Model) lineReading(n int64) reading {
	row, ok := m.scope().current()
	x, counts := m.Explorer.(liner)
	switch {
	case !ok:
		return reading{fault: "no record is under the cursor: of which file is line " + thousands(n) + " meant?"}
	case !counts || row.ID.Hit != "":
		return reading{fault: "its lines are not counted"}
	}
	file := cleanCut(shortName(row.Record.Source()), 40)
	return reading{says: "line " + thousands(n) + " of " + file, run: func() tea.Cmd {
		m.toLog()
		s := m.scope()
		return func() tea.Msg {
			key, last, ok, err := x.AtLine(s.ctx, row.Key.Source, n)
			return wentMsg{scope: s, key: key, found: ok, err: err, missing: lineMissing(file, n, last)}
		}
	}}
}

// lineMissing says that a file has no such line.
func lineMissing(file string, n, last int64) string {
	if last == 0 {
		return file + ": line " + thousands(n) + " is not known"
	}
	return file + " has no line " + thousands(n) + ": the last is " + thousands(last)
}

// goToTime goes to the first record from a time on.
func (m *Model) goToTime(from int64, what string) tea.Cmd {
	m.toLog()
	s := m.scope()
	v, ctx, said := s.rows, m.errand(s, what), ""
	if s.from != logs.NoTime && from < s.from {
		said = time.Unix(0, from).In(m.zone()).Format("2006-01-02 15:04:05") + " is before what is listed: " + m.rangeText(s.selection) + " · " + m.showKey(keys.Range) + " another range"
	}
	return tea.Batch(m.watchErrand(s), func() tea.Msg {
		page, err := v.Rows(ctx, session.Key{Time: from, Source: math.MinInt64, Sequence: math.MinInt64}, 0, 1)
		msg := wentMsg{scope: s, err: err, missing: "there is not " + what, said: said}
		switch {
		case err == nil && len(page.Rows) > 0:
			msg.key, msg.found = page.Rows[0].Key, true
		case err == nil && !page.Tail && len(page.Notes) > 0:
			msg.err = errors.New(strings.Join(page.Notes, "; "))
		}
		return msg
	})
}

// toLog closes what stands over the log.
func (m *Model) toLog() {
	for len(m.layers) > 1 && m.top().view.mode() != keys.Logs {
		m.close()
	}
}

// wentMsg is where a time, or a line, was found.
type wentMsg struct {
	scope   *scope
	key     session.Key
	found   bool
	err     error
	missing string // what to say where it was not
	said    string // and where it was; "" for nothing
}

func (w wentMsg) answer(m *Model) tea.Cmd {
	m.errandDone(w.scope)
	switch {
	case w.scope != m.scope():
	case w.err != nil:
		w.scope.fail(w.err)
	case !w.found:
		m.notice = w.missing
	default:
		if w.said != "" {
			m.notice = w.said
		}
		return m.goTo(w.key)
	}
	return nil
}
