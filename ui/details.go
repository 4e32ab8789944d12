package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// details shows everything that one record says: over the whole screen, where it
// stays on its record whatever happens to the list, or as the pane at the side of
// the list, where it follows the cursor.
type details struct {
	row  session.Row // Record is nil until there is one
	page page
	made making
	face face
	flat bool // long lines are not wrapped
	left int  // cells that they are moved sideways

	find  search // what / looks for here
	hit   hit    // the newest
	fresh bool   // no hit was gone to in this record
	moved bool   // the page is still that of another record

	pane    bool // it stands at the side
	focused bool // and has the keys
}

// face is how a record is shown.
type face uint8

const (
	faceFields face = iota
	faceJSON
	faceRaw
	faces
)

func (f face) String() string { return [...]string{"fields", "JSON", "raw"}[f] }

// making is what a page was made for: as long as it stays, so does the page.
type making struct {
	record *logs.Record
	face   face
	width  int
	flat   bool
	times  timeDisplay
}

func (*details) mode() keys.Mode { return keys.Details }

// take makes the page for the record, unless it is there. The place in it stays: on
// the same record as it was, on another one at the field of the same name.
func (d *details) take(m *Model, width, height int) bool {
	if row, ok := m.scope().current(); ok && (d.pane || d.row.Record == nil || row.Key == d.row.Key) {
		d.hold(row)
	} else if d.pane {
		d.row = session.Row{}
	}
	if d.row.Record == nil {
		return false
	}
	p := &d.page
	p.height = max(height, 1)
	if now := (making{d.row.Record, d.face, width, d.flat, m.times}); d.made != now {
		other := p.cursor < len(p.parts) && d.moved
		key := ""
		if other {
			key = p.parts[p.cursor].key
		}
		if d.made.record != now.record || d.made.face != now.face || d.made.times != now.times {
			if d.face == faceFields {
				p.parts = m.partsOf(d.row.Record)
			} else {
				p.parts = wholeParts(d.row.Record, d.face)
			}
		}
		p.face, p.flat, d.made = d.face, d.flat, now
		if p.opened == nil {
			p.opened = map[string]bool{}
		}
		p.lay(width)
		p.close = d.pane || height < 16
		p.settle()
		if other && p.face == faceFields {
			p.cursor = p.find(key, p.cursor)
			p.show()
		}
		d.moved = false
	}
	p.close = d.pane || height < 16
	p.settle()
	return true
}

// size is the room that there is for the record.
func (d *details) size(m *Model) (width, height int) {
	body := m.frame().body
	switch {
	case !d.pane:
		return m.width, body
	case m.width >= sideFrom:
		return sideWidth(m.width), body
	}
	return m.width, max(sideHeight(body)-1, 1)
}

// hold shows another record, or the same one as it is now.
func (d *details) hold(row session.Row) {
	if row.Key != d.row.Key {
		d.fresh, d.moved = true, true
		if d.page.cursor == 0 || d.face != faceFields {
			d.page.top, d.page.cursor, d.left = place{}, 0, 0
		}
	}
	d.row = row
}

func (d *details) do(m *Model, a keys.Action) tea.Cmd {
	p := &d.page
	width, height := d.size(m)
	if !d.take(m, width, height) { // keys may come before it is drawn
		if a == keys.Focus {
			m.nextFocus()
		}
		return nil
	}
	switch a {
	case keys.Down:
		p.down()
	case keys.Up:
		p.up()
	case keys.PageDown:
		p.scroll(max(p.height-1, 1))
	case keys.PageUp:
		p.scroll(-max(p.height-1, 1))
	case keys.HalfDown:
		p.scroll(max(p.height/2, 1))
	case keys.HalfUp:
		p.scroll(-max(p.height/2, 1))
	case keys.Top:
		p.top, p.cursor = place{}, 0
	case keys.Bottom:
		p.toEnd()
	case keys.Left, keys.Right, keys.LineStart, keys.LineEnd:
		d.sideways(m, a)
	case keys.Wrap:
		d.flat, d.left = !d.flat, 0
	case keys.Search:
		d.openFind(m)
	case keys.NextHit, keys.PreviousHit:
		d.nextHit(m, a == keys.NextHit)
	default:
		return d.further(m, a)
	}
	return nil
}

// further are the actions about the record, and those that lead away from it.
func (d *details) further(m *Model, a keys.Action) tea.Cmd {
	p := &d.page
	switch a {
	case keys.Enter:
		if d.face == faceFields {
			p.turn()
		}
	case keys.Raw:
		d.face = (d.face + 1) % faces
		p.top, p.cursor, d.left, d.fresh = place{}, 0, 0, true
	case keys.NextRecord:
		return d.step(m, 1)
	case keys.PreviousRecord:
		return d.step(m, -1)
	case keys.Copy:
		return d.copyValue(m)
	case keys.CopyJSON:
		return m.copy("the record as JSON", string(output.AppendJSON(nil, d.row.Record)))
	case keys.Keep, keys.Drop:
		return d.narrow(m, a == keys.Keep)
	case keys.Trace:
		m.point(d.row.Key)
		d.leave(m)
		return m.trace()
	case keys.Focus:
		m.nextFocus()
	case keys.Side:
		if d.leave(m); d.pane || !m.side {
			return m.toggleSide()
		}
	}
	return nil
}

// sideways moves lines that are not wrapped.
func (d *details) sideways(m *Model, a keys.Action) {
	if !d.flat {
		m.notice = "lines are wrapped · " + m.showKey(keys.Wrap) + " not wrapped"
		return
	}
	most := d.longest()
	switch a {
	case keys.Left:
		d.left = max(d.left-d.page.width/4, 0)
	case keys.Right:
		d.left = min(d.left+d.page.width/4, max(most, d.left))
	case keys.LineStart:
		d.left = 0
	case keys.LineEnd:
		d.left = max(most, 0)
	}
}

// leave goes back to the list.
func (d *details) leave(m *Model) {
	if d.focused = false; !d.pane {
		m.close()
	}
}

// step goes to the next record, or the one before.
func (d *details) step(m *Model, n int) tea.Cmd {
	s := m.scope()
	m.point(d.row.Key)
	i := s.list.Cursor + n
	for i >= 0 && i < len(s.items) && (s.items[i].Record == nil || s.items[i].Key.Compare(d.row.Key)*n <= 0) {
		i += n
	}
	if i < 0 || i >= len(s.items) {
		if n > 0 && s.tail || n < 0 && s.head {
			m.notice = map[bool]string{true: "this is the last record", false: "this is the first record"}[n > 0]
		}
		return m.more(s)
	}
	cmd := m.move(i - s.list.Cursor)
	d.hold(s.items[i].Row)
	return cmd
}

// point puts the cursor of the list on the record of a key, or the nearest one that is loaded.
func (m *Model) point(key session.Key) {
	s := m.scope()
	if row, ok := s.current(); ok && row.Key == key {
		return
	}
	for i := range s.items {
		if s.items[i].Key.Compare(key) >= 0 {
			s.stop()
			s.list.Move(i - s.list.Cursor)
			return
		}
	}
}

// narrow keeps, or leaves out, what has the value under the cursor, and goes back to the log.
func (d *details) narrow(m *Model, keep bool) tea.Cmd {
	if d.face != faceFields {
		m.notice = "fields are kept and dropped under " + m.showKey(keys.Raw) + " fields"
		return nil
	}
	q := &d.page.parts[d.page.cursor]
	n := q.condition(d.row.Record)
	if n == nil {
		m.notice = "nothing is kept or dropped by " + nonEmptyOr(clean(q.key), "an empty message")
		if q.key == "time" {
			m.notice += " · " + m.showKey(keys.Range) + " range of time"
		}
		return nil
	}
	m.point(d.row.Key)
	d.leave(m)
	cmd := m.narrow(n, keep)
	verb := "kept "
	if !keep {
		verb = "left out "
	}
	m.notice = cut(verb+cleanCut(n.String(), m.width-30)+" · "+m.showKey(keys.Back)+" as before", m.width-2)
	return cmd
}

func (d *details) body(m *Model, width, height int) []string {
	if !d.take(m, width, height) {
		return nil
	}
	return d.draw(m, !d.pane || d.focused)
}

func (d *details) title(m *Model, width int) string {
	if _, height := d.size(m); !d.take(m, width, height) {
		return m.titleLine("record")
	}
	t, r := m.Theme, d.row.Record
	pieces := []string{t.Strong.Render("record")}
	if r.Time != logs.NoTime {
		pieces = append(pieces, t.Dim.Render(time.Unix(0, r.Time).In(m.zone()).Format("15:04:05.000 -07:00")))
	}
	if level := r.Severity.Level(); level > 0 {
		pieces = append(pieces, t.Levels[level].Render(level.String()))
	}
	if r.Service != "" {
		pieces = append(pieces, t.Service.Render(cleanCut(r.Service, maxService)))
	}
	if source := r.Source(); source != "" {
		place := cleanCut(shortName(source), width)
		if r.Line > 0 {
			place += fmt.Sprintf(":%d", r.Line)
		}
		pieces = append(pieces, place)
	}
	if id := d.row.ID.Hit; id != "" {
		pieces = append(pieces, t.Dim.Render(cleanCut(id, width)))
	}
	return m.titleLine(strings.Join(pieces, "  "))
}

func (d *details) status(m *Model, width int) string {
	t, p := m.Theme, &d.page
	if d.row.Record == nil || len(p.parts) == 0 {
		return ""
	}
	left := t.Dim.Render(m.showKey(keys.Raw)) + "  "
	for f := range faces {
		if f == d.face {
			left += t.Strong.Render(f.String()) + "  "
		} else {
			left += t.Dim.Render(f.String()) + "  "
		}
	}
	var right string
	switch {
	case d.face == faceFields && p.cursor > 0:
		right = fmt.Sprintf("field %s of %s", thousands(int64(p.cursor)), thousands(int64(len(p.parts)-1)))
	case d.face == faceFields:
		right = fmt.Sprintf("message, %d fields", len(p.parts)-1)
	default:
		right = d.through()
	}
	if d.row.Record.Marks&logs.Cut != 0 {
		left += m.Theme.Notice.Render("  cut at 1 MiB")
	}
	if d.flat {
		right = "not wrapped" + t.Dim.Render(" · ") + right
	}
	return sides(" "+left, right+" ", width)
}

// through says how much of a whole text lies above the end of the window.
func (d *details) through() string {
	p := &d.page
	f := p.flow(0)
	n := p.bottom().line
	if !f.has(n + 1) {
		return "end of " + thousands(int64(len(f.text))) + " bytes"
	}
	return fmt.Sprintf("%d %% of %s bytes", 100*f.rows[n].next/max(len(f.text), 1), thousands(int64(len(f.text))))
}
