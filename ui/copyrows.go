package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
)

// maxCopied is how many records are copied at most.
const maxCopied = 100_000

// copyRows copies the lines of the record under the cursor, or of those selected, as they came.
func (m *Model) copyRows() tea.Cmd { return m.copySelected(asLines) }

// copyJSON copies the record under the cursor, or those selected, as JSON, one a line.
func (m *Model) copyJSON() tea.Cmd { return m.copySelected(asJSON) }

// asLines is records as they came, and what that is for people.
func asLines(rows []*logs.Record) (what, text string) {
	var b strings.Builder
	short := 0
	for _, r := range rows {
		if len(r.Raw) == 0 {
			b.WriteString(r.Body)
		}
		b.Write(r.Raw)
		if s := b.String(); s != "" && s[len(s)-1] != '\n' && len(rows) > 1 {
			b.WriteByte('\n')
		}
		if r.Marks&logs.Cut != 0 {
			short++
		}
	}
	what = "the record's lines"
	if len(rows) > 1 {
		what = plural(len(rows), "record")
	}
	if short > 0 {
		what += " (" + plural(short, "one") + " cut at 1 MiB)"
	}
	return what, b.String()
}

// asJSON is records as JSON, and what that is for people.
func asJSON(rows []*logs.Record) (what, text string) {
	var b []byte
	for i, r := range rows {
		if i > 0 {
			b = append(b, '\n')
		}
		b = output.AppendJSON(b, r)
	}
	what = "the record as JSON"
	if len(rows) > 1 {
		what = plural(len(rows), "record") + " as JSON"
	}
	return what, string(b)
}

// copySelected copies the record under the cursor, or those selected. What of a long
// selection is not loaded is read first: of records that match, without context.
func (m *Model) copySelected(as func([]*logs.Record) (what, text string)) tea.Cmd {
	s := m.scope()
	if !s.beyond() {
		return m.copy(as(m.chosen()))
	}
	from, to := s.anchorKey, s.anchor()
	if to.Compare(from) < 0 {
		from, to = to, from
	}
	m.notice = m.Theme.Dim.Render("reading what is selected")
	ctx, v := s.ctx, s.rows
	return func() tea.Msg {
		rows, err := between(ctx, v, from, to)
		return selectedMsg{s, rows, err, as}
	}
}

// beyond reports whether a selection reaches beyond what is loaded.
func (s *scope) beyond() bool {
	return s.anchorRow >= 0 && (s.anchorRow >= len(s.items) || s.items[s.anchorRow].Key != s.anchorKey)
}

// between is the records of a view from one key to another, both among them.
func between(ctx context.Context, v session.View, from, to session.Key) (out []*logs.Record, err error) {
	const atOnce = 512
	for key, skip := from, 0; ; skip = 1 {
		page, err := v.Rows(ctx, key, 0, atOnce)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows[min(skip, len(page.Rows)):] {
			if r.Key.Compare(to) > 0 {
				return out, nil
			}
			if out = append(out, r.Record); len(out) > maxCopied {
				return nil, errors.New("more than 100,000 records are selected; s saves all that matches")
			}
			key = r.Key
		}
		if page.Tail || len(page.Rows) <= skip {
			return out, nil
		}
	}
}

// selectedMsg is what is selected.
type selectedMsg struct {
	scope *scope
	rows  []*logs.Record
	err   error
	as    func([]*logs.Record) (what, text string)
}

func (c selectedMsg) answer(m *Model) tea.Cmd {
	switch {
	case c.scope != m.scope():
		return nil
	case c.err != nil:
		m.notice = m.Theme.Trouble.Render("not copied: " + clean(c.err.Error()))
		return nil
	}
	return m.copy(c.as(c.rows))
}

// chosen are the loaded records that are selected, in their order, or the one under the cursor.
func (m *Model) chosen() (out []*logs.Record) {
	s := m.scope()
	first, last := s.chosen()
	for i := first; i <= last; i++ {
		if r := s.items[i].Record; r != nil {
			out = append(out, r)
		}
	}
	return out
}
