package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/keys"
)

// fieldsEach is the least time between two counts once all has been counted. One
// that takes long is made the less often: it may take a tenth of the time.
const fieldsEach = time.Second

// askedFieldsEach is that of servers, which count all of it each time.
const askedFieldsEach = 15 * time.Second

// fields lists the fields of all records that the scope selects, with their most
// frequent values. Each field is counted without its own condition.
type fields struct {
	table  *table
	open   map[string]bool // fields whose values are shown
	of     *scope
	cancel context.CancelFunc
	ctx    context.Context //nolint:containedctx // of the count, which ends when the view is left
	count  *fieldCount     // nil: it is to begin
	again  bool            // something has changed since the last step began
	shown  *countedFields  // nil: nothing has been counted
	rows   map[string]fieldRow
	fault  string
	began  time.Time // when the newest step did
}

// leastFieldName is how many cells the name of a field has at least.
const leastFieldName = 18

func newFields() *fields {
	return &fields{open: map[string]bool{}, table: newTable(
		column{title: "field", least: leastFieldName},
		column{title: "records", kind: number},
		column{title: "share", kind: number},
		column{kind: picture, least: 6, most: 16, weight: 3},
		column{title: "values", kind: number, weight: 2},
		column{title: "most frequent", least: 14, weight: 1},
	)}
}

func (*fields) mode() keys.Mode { return keys.Fields }

func (f *fields) rowless(*Model) bool { return len(f.table.rows) == 0 }

// fieldsMsg is what a step of counting came to.
type fieldsMsg struct {
	view   *fields
	count  *fieldCount
	result *countedFields
	err    error
	took   time.Duration
}

// fieldsDueMsg says that a count may go on.
type fieldsDueMsg struct {
	view  *fields
	count *fieldCount
}

// ask goes on counting.
func (f *fields) ask(m *Model) tea.Cmd {
	s := m.scope()
	if f.of != s {
		f.left()
		f.of = s
		f.shown = nil
	}
	if s.asks && s.waits.stopped {
		return nil
	}
	if f.count != nil && f.count.busy {
		f.again = true
		return nil
	}
	if f.count == nil || f.count.rows != s.rows || 20*f.count.gone() > f.count.parts[0].records.Load() {
		if err := f.begin(m, s); err != nil {
			f.fault = err.Error()
			return nil
		}
	}
	return f.step(m)
}

// begin counts from nothing. What is shown stays until all has been counted.
func (f *fields) begin(m *Model, s *scope) (err error) {
	f.left()
	f.ctx, f.cancel = context.WithCancel(s.waits.ctx)
	f.count, err = newFieldCount(m.Explorer, s)
	return err
}

// left gives up counting when the view is closed.
func (f *fields) left() {
	if f.cancel != nil {
		f.cancel()
	}
	f.cancel, f.count = nil, nil
}

// step counts on beside the screen.
func (f *fields) step(m *Model) tea.Cmd {
	c, ctx, now := f.count, f.ctx, m.Now
	c.busy, f.again = true, false
	f.began = now()
	return func() tea.Msg {
		began := now()
		done, err := c.step(ctx)
		msg := fieldsMsg{view: f, count: c, err: err}
		if ctx.Err() == nil && !errors.Is(err, session.ErrAnew) {
			msg.result = c.result(done)
		}
		msg.took = now().Sub(began)
		return msg
	}
}

// answer shows what a step has counted, and goes on.
func (r fieldsMsg) answer(m *Model) tea.Cmd {
	f := r.view
	if r.count != f.count {
		return nil
	}
	f.fault = ""
	if r.err != nil && !errors.Is(r.err, context.Canceled) {
		f.fault = r.err.Error()
	}
	switch {
	case errors.Is(r.err, session.ErrAnew):
		f.fault = ""
		f.left()
		return m.tick(max(fieldsEach, 10*r.took), func(time.Time) tea.Msg { return fieldsDueMsg{f, nil} })
	case r.result == nil:
		f.count.busy = !f.count.asks
		return nil
	}
	if r.result.done || f.shown == nil || !f.shown.done {
		f.shown = r.result
		f.lay(m)
	}
	if !r.result.done {
		if m.top().view == f {
			return f.step(m)
		}
		f.count.busy = false // it goes on when one comes back
		return nil
	}
	each := fieldsEach
	if r.count.asks {
		each = askedFieldsEach
	}
	return m.tick(max(each, 10*r.took), func(time.Time) tea.Msg { return fieldsDueMsg{f, r.count} })
}

// answer goes on counting, if something has come since.
func (d fieldsDueMsg) answer(m *Model) tea.Cmd {
	f := d.view
	if d.count != f.count {
		return nil
	}
	if d.count != nil {
		d.count.busy = false
	}
	if m.top().view == f && (d.count == nil || f.again) {
		return f.ask(m)
	}
	return nil
}

func (f *fields) do(m *Model, a keys.Action) tea.Cmd {
	if f.rowless(m) {
		cmd, _ := m.doEmpty(m.scope(), a)
		return cmd
	}
	if f.table.do(m, a) {
		return nil
	}
	id, ok := f.table.current()
	if !ok {
		return nil
	}
	r := f.rows[id]
	switch a {
	case keys.Enter:
		if r.kind != ofField {
			return f.enter(m, r)
		}
		f.fold(m, r, !f.open[r.field.Field])
	case keys.Right:
		f.fold(m, r, true)
	case keys.Left:
		f.fold(m, r, false)
	case keys.Keep, keys.Drop:
		return f.narrow(m, r, a == keys.Keep)
	case keys.Copy:
		if r.kind == ofValue {
			return m.copy(r.field.Field, r.value.Value)
		}
		return m.copy("the name", r.field.Field)
	}
	return nil
}

// fold shows the values of the row's field, or does not.
func (f *fields) fold(m *Model, r fieldRow, open bool) {
	name := r.field.Field
	f.open[name] = open
	if !open {
		f.table.goTo(fieldID(name, ofField, ""))
	}
	f.lay(m)
}

// enter opens the records of a value. The field's own conditions give way where they leave it out.
func (f *fields) enter(m *Model, r fieldRow) tea.Cmd {
	if r.kind == furtherValues {
		m.notice = fmt.Sprintf("the %d most frequent are listed; %s finds others by their text", fieldValues, m.showKey(keys.Filter))
		return nil
	}
	sel := m.scope().selection
	if !r.passes {
		sel = withoutOwn(sel, r.field.Field)
	}
	sel.extra = query.With(sel.extra, r.condition())
	return m.enter("value", sel)
}

// narrow keeps the records of a row, or drops them.
func (f *fields) narrow(m *Model, r fieldRow, keep bool) tea.Cmd {
	switch {
	case r.kind == furtherValues:
		return nil
	case r.passes:
		return m.narrow(r.condition(), keep)
	case !keep:
		m.notice = "the filter leaves it out already"
		return nil
	}
	sel := withoutOwn(m.scope().selection, r.field.Field)
	sel.query = meaning(query.With(sel.query, r.condition()))
	m.remember(sel.query.String())
	return m.choose(sel)
}

func (f *fields) title(m *Model, _ int) string {
	left := m.Theme.Strong.Render("fields")
	switch c := f.shown; {
	case c == nil:
		left += "  " + m.Theme.Dim.Render("counting")
	default:
		n := summary.Count{N: c.records}
		text := fmt.Sprintf("%s in %s", plural(len(c.fields), "field"), plural64(n, "record"))
		if !c.done {
			text = fmt.Sprintf("%s in %s", plural(len(c.fields), "field"), thousands(c.records))
			if matched, _, ok := m.scope().tally.matched(m.scope().level); ok && matched.N > c.records {
				text += " of " + matched.String()
			}
			text += " records so far"
		} else if c.gone > 0 {
			text += m.Theme.Dim.Render(fmt.Sprintf("  %s of them are no more", thousands(c.gone)))
		}
		left += "  " + text
	}
	return m.titleLine(left)
}

func (f *fields) body(m *Model, width, height int) []string {
	switch {
	case len(f.table.rows) > 0:
		return f.table.body(m, width, height)
	case f.fault != "" || f.shown != nil && f.shown.done:
		return m.empty(width, height)
	case m.asks():
		return append([]string{""}, "   "+m.asking(m.scope(), f.began)[0])
	}
	return nil
}

func (f *fields) status(m *Model, width int) string {
	right := m.Theme.Dim.Render(f.table.place())
	id, _ := f.table.current()
	switch r, ok := f.rows[id]; {
	case f.fault != "":
		right = m.Theme.Trouble.Render(cleanCut(f.fault, width*2/3))
	case ok && !r.field.Exact && r.field.Method != "":
		right = m.Theme.Dim.Render("~ " + r.field.Method)
	case f.shown != nil && len(f.shown.notes) > 0:
		more := ""
		if n := len(f.shown.notes) - 1; n > 0 {
			more = ", " + plural(n, "more")
		}
		right = m.Theme.Notice.Render(cleanCut(f.shown.notes[0], width*2/3-len(more)) + more)
	case f.shown != nil && f.shown.left > 0:
		right = m.Theme.Notice.Render(plural(f.shown.left, "further field") + " not counted")
	}
	return sides(" "+m.filterText(), right+" ", width)
}

// plural64 is a count with what is counted: "1 record", "6,180 records so far".
func plural64(n summary.Count, what string) string {
	if n.N != 1 {
		what += "s"
	}
	number, certain, _ := strings.Cut(n.String(), " ")
	return strings.TrimSpace(number + " " + what + " " + certain)
}

// condition is what holds for the records of the row.
func (r *fieldRow) condition() query.Node {
	exists := &query.Exists{Field: query.Field{Name: r.field.Field}}
	switch r.kind {
	case ofField:
		return exists
	case ofLack:
		return &query.Not{Node: exists}
	}
	v := logs.TextValue(r.value.Value)
	switch r.field.Type {
	case logs.Number.String(), logs.Bool.String():
		v.Kind = logs.Number
	}
	return new(query.Env).Condition(r.field.Field, v)
}
