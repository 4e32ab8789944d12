package ui

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/ui/keys"
	"github.com/lxlog/lx/ui/save"
)

// saveBox is where the file is named that gets all records that match.
type saveBox struct {
	line
	tabbing
	of *scope // nil: the one on the screen
}

func (m *Model) openSave() tea.Cmd {
	if m.saving != nil {
		m.notice = "one file is being saved already · Ctrl-c stops"
		return nil
	}
	b := &saveBox{}
	b.set(m.proposedName(m.scope().node()))
	m.box = b
	return nil
}

// proposedName is a file's name for what is selected: payment-20261121-1412.jsonl.
func (m *Model) proposedName(of query.Node) string {
	name := ""
	for _, c := range query.Conditions(of) {
		if is, ok := c.(*query.Is); ok && (is.Field.Name == "service" || is.Field.Name == logs.CoreService.Key()) {
			name = is.Value.Text
		}
	}
	if name == "" && len(m.health) == 1 && m.health[0].Source != "-" {
		name, _, _ = strings.Cut(shortName(m.health[0].Source), ".")
	}
	name = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, name)
	return nonEmptyOr(name[:min(len(name), 40)], "records") + m.Now().In(m.zone()).Format("-20060102-1504") + ".jsonl"
}

func (b *saveBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		m.box = nil
		return m.save(strings.TrimSpace(b.text()), b.scope(m))
	case keys.Cancel:
		m.box = nil
	case keys.Complete, keys.Uncomplete:
		by, text := 1, b.text()
		if action == keys.Uncomplete {
			by = -1
		}
		return b.tab(&b.line, by, "", func() []string { return fileNames(text) })
	default:
		if b.edit(k.String(), k.Text) {
			b.reset()
		}
	}
	return nil
}

// insert takes what was pasted.
func (b *saveBox) insert(text string) {
	b.line.insert(text)
	b.reset()
}

// scope is what is saved.
func (b *saveBox) scope(m *Model) *scope {
	if b.of != nil {
		return b.of
	}
	return m.scope()
}

func (b *saveBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "save to ", -1, width)
}

func (b *saveBox) footer(m *Model) []hint {
	what := ""
	if s := b.scope(m); b.of != nil {
		what = "all records "
	} else if matched, _, ok := s.tally.matched(s.level); ok {
		what = matched.String() + " records "
	}
	kind, err := output.KindOfFile(b.text())
	form := map[output.Kind]string{output.JSONL: "as JSON, one a line", output.CSV: "as CSV", output.Text: "as lines", output.Raw: "as the bytes that came"}[kind]
	switch {
	case b.none:
		form = "no file begins like this"
	case err != nil:
		form = m.Theme.Trouble.Render(clean(err.Error()))
	}
	return []hint{{"Enter", what + form}, {"Tab", "complete"}, {"Esc", "close"}, {"", ".jsonl .csv .txt .log"}}
}

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
