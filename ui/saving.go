package ui

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/ui/save"
)

// saving is a file that is being written.
type saving struct {
	path           string
	cancel         context.CancelFunc
	stopped        bool  // by the user: it ends soon
	passed         int64 // records of sources that cannot be read again, as it began
	records, bytes atomic.Int64
}

// saveEach is how often the footer tells how far it has come.
const saveEach = 250 * time.Millisecond

// savedMsg is what it came to; savingMsg says that it may be told how far it has come.
type (
	savedMsg struct {
		of    *saving
		scope *scope
		save.Summary
		err error
	}
	savingMsg struct{ of *saving }
)

// save writes all records that a scope selects to a file.
func (m *Model) save(path string, s *scope) tea.Cmd {
	if m.saving != nil {
		m.notice = "one file is being saved already · Ctrl-c stops"
		return nil
	}
	kind, err := output.KindOfFile(path)
	if err != nil {
		m.notice = m.Theme.Trouble.Render(clean(err.Error()))
		return nil
	}
	return m.saveView(path, kind, false, s)
}

func (m *Model) saveView(path string, kind output.Kind, overwrite bool, s *scope) tea.Cmd {
	w := &saving{path: path}
	w.passed, _ = m.passed()
	var ctx context.Context
	ctx, w.cancel = context.WithCancel(m.ctx)
	m.saving = w
	v := s.rows
	write := func() tea.Msg {
		defer w.cancel()
		sum, err := save.Save(ctx, v, path, kind, overwrite, func(records, bytes int64) {
			w.records.Store(records)
			w.bytes.Store(bytes)
		})
		return savedMsg{w, s, sum, err}
	}
	return tea.Batch(write, m.tick(saveEach, func(time.Time) tea.Msg { return savingMsg{w} }))
}

func (s savingMsg) answer(m *Model) tea.Cmd {
	if m.saving != s.of {
		return nil
	}
	if m.box == nil {
		m.notice = m.savingText()
	}
	return m.tick(saveEach, func(time.Time) tea.Msg { return s })
}

// savingText says how far the file has come.
func (m *Model) savingText() string {
	w := m.saving
	return "saving " + cleanCut(shortName(w.path), 30) + "  " + thousands(w.records.Load()) + " records, " + size(w.bytes.Load()) + m.Theme.Dim.Render(" · Ctrl-c stops")
}

func (s savedMsg) answer(m *Model) tea.Cmd { //nolint:unparam // as asked has it
	if m.saving == s.of {
		m.saving = nil
	}
	var there *save.Exists
	switch {
	case errors.As(s.err, &there) && m.box != nil: // somebody types: no key of that is an answer
		m.notice = m.Theme.Trouble.Render(cleanCut(there.Error(), m.width-20) + ": not saved")
	case errors.As(s.err, &there):
		path := s.of.path
		m.box = &prompt{title: cleanCut(path, 40) + " is there already: overwrite it?", choices: []choice{{"y", "yes", func() tea.Cmd {
			kind, _ := output.KindOfFile(path)
			return m.saveView(path, kind, true, s.scope)
		}}}}
	case errors.Is(s.err, context.Canceled):
		m.notice = "saving was stopped: nothing is left of " + cleanCut(s.of.path, 40)
	case s.err != nil:
		text := s.err.Error()
		if inner := (*fs.PathError)(nil); errors.As(s.err, &inner) { // its name is long, and the reason stands last
			text = "not saved: " + inner.Err.Error() + ": " + s.of.path
		}
		m.notice = m.Theme.Trouble.Render(clean(text))
	default:
		if s.Unread == nil && s.scope.node() == nil && s.scope.level == 0 && !s.scope.ranged() {
			m.saved = s.of.passed
		}
		m.notice = "saved " + thousands(s.Records) + " records, " + size(s.Bytes) + ", to " + cleanCut(s.Path, max(m.width-50, 20))
		if s.Cut > 0 {
			m.notice += m.Theme.Notice.Render(" · " + thousands(s.Cut) + " of them cut at 1 MiB")
		}
		if s.Unread != nil {
			m.notice += m.Theme.Trouble.Render(" · not all could be read: " + cleanCut(s.Unread.Error(), 80))
		}
	}
	return nil
}

// size is a number of bytes for people: 840 B, 3.4 MB.
func size(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, unit := float64(n)/1000, 0
	for f >= 999.5 && unit < 3 {
		f, unit = f/1000, unit+1
	}
	digits := 1
	if f >= 100 {
		digits = 0
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + " " + []string{"kB", "MB", "GB", "TB"}[unit]
}
