package ui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// bookmarksView lists the bookmarks with their notes.
type bookmarksView struct {
	table *table
	shown []*bookmark // as they were laid out last
	asked bool        // those that were restored have been looked for
}

func newBookmarks() *bookmarksView {
	return &bookmarksView{table: newTable(
		column{title: "time", least: 8},
		column{title: "level", least: 1, weight: 2},
		column{title: "service", least: 6, most: maxService, weight: 1},
		column{title: "message", least: 20},
		column{title: "note", least: 12},
	)}
}

func (*bookmarksView) mode() keys.Mode { return keys.Bookmarks }

func (*bookmarksView) rowless(m *Model) bool { return len(m.marks.list) == 0 }

func (v *bookmarksView) lay(m *Model) {
	v.shown = v.shown[:0]
	rows, layout := make([]tableRow, 0, len(m.marks.list)), m.marks.layout(m)
	for i, k := range m.marks.list {
		v.shown = append(v.shown, k)
		style, text := m.Theme.Text, k.Text
		if v.asked && !k.seen {
			style, text = m.Theme.Dim, "(not found) "+text
		}
		rows = append(rows, tableRow{id: strconv.Itoa(i), cells: []cell{
			{text: m.stamp(k.key.Time, logs.NoTime, layout), style: m.Theme.Dim},
			{text: k.level.String(), style: m.Theme.Levels[k.level]},
			{text: k.service, style: m.Theme.Service},
			{text: text, style: style},
			{text: k.Note, style: m.Theme.Mark},
		}})
	}
	v.table.set(rows)
}

// layout is that of their times: those of one day need no date.
func (b *bookmarks) layout(m *Model) string {
	for _, k := range b.list {
		if day := func(t int64) int { return time.Unix(0, t).In(m.zone()).YearDay() }; day(k.key.Time) != day(b.list[0].key.Time) {
			return "01-02 15:04:05"
		}
	}
	return time.TimeOnly
}

// ask looks for the records of restored bookmarks, once.
func (v *bookmarksView) ask(m *Model) tea.Cmd {
	if v.asked {
		return nil
	}
	v.asked = true
	s := m.scope()
	all, err := m.Explorer.View(everything().filter())
	var list []bookmark
	for _, k := range m.marks.list {
		if !k.seen {
			list = append(list, *k)
		}
	}
	if err != nil || len(list) == 0 {
		return nil
	}
	return func() tea.Msg {
		var msg seenMsg
		for _, k := range list {
			row, found, err := k.find(s.ctx, all)
			if err != nil {
				break
			}
			if found {
				msg.rows = append(msg.rows, row)
			}
		}
		return msg
	}
}

// mark is the bookmark's identity.
func (k *bookmark) mark() markID { return markID{k.Source, k.Generation, k.Offset, k.Hit} }

// seenMsg are the records of bookmarks that were restored.
type seenMsg struct{ rows []session.Row }

func (s seenMsg) answer(m *Model) tea.Cmd { //nolint:unparam // as asked has it
	for i := range s.rows {
		m.marks.of(&s.rows[i]) // which takes what they say
	}
	return nil
}

// current is the bookmark under the cursor; nil where there is none.
func (v *bookmarksView) current() *bookmark {
	id, ok := v.table.current()
	i, err := strconv.Atoi(id)
	if !ok || err != nil || i >= len(v.shown) {
		return nil
	}
	return v.shown[i]
}

func (v *bookmarksView) do(m *Model, a keys.Action) tea.Cmd {
	v.lay(m)
	if v.table.do(m, a) {
		return nil
	}
	k := v.current()
	if k == nil {
		return nil
	}
	switch a {
	case keys.Enter:
		return m.goToMark(k)
	case keys.Mark:
		m.marks.remove(k)
		m.notice = "bookmark taken away"
		return m.keepSoon()
	case keys.Note:
		m.writeNote(&noteBox{mark: k})
	case keys.Copy:
		parts := []string{m.stamp(k.key.Time, logs.NoTime, "2006-01-02T15:04:05.000Z07:00"), k.level.String(), k.service, k.Text, k.Note}
		return m.copy("the bookmark", strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
	}
	return nil
}

// thereMsg is where a bookmark's record stands.
type thereMsg struct {
	scope    *scope
	row      session.Row
	selected bool // by the filter of the scope
	found    bool
	err      error
}

// goToMark goes to a bookmark in the log; where the filter leaves it out, among all records.
func (m *Model) goToMark(k *bookmark) tea.Cmd {
	m.toLog()
	s, of := m.scope(), *k
	listed := s.rows
	all, err := m.Explorer.View(everything().filter())
	if err != nil {
		m.notice = m.Theme.Trouble.Render(clean(err.Error()))
		return nil
	}
	return tea.Batch(m.refresh(), func() tea.Msg {
		msg := thereMsg{scope: s}
		msg.row, msg.selected, msg.err = of.find(s.ctx, listed)
		if msg.found = msg.selected; !msg.found && msg.err == nil {
			msg.row, msg.found, msg.err = of.find(s.ctx, all)
		}
		return msg
	})
}

func (t thereMsg) answer(m *Model) tea.Cmd {
	switch {
	case t.scope != m.scope(), m.box != nil: // somebody types meanwhile
	case t.err != nil:
		t.scope.fail(t.err)
	case !t.found:
		m.notice = "that record is not there any more"
	case t.selected:
		return m.goTo(t.row.Key)
	default:
		cmd := tea.Batch(m.enter("X", everything()), m.goTo(t.row.Key))
		m.notice = "the filter leaves it out: these are all records · " + m.showKey(keys.Everything) + " back"
		return cmd
	}
	return nil
}

func (v *bookmarksView) title(m *Model, _ int) string {
	notes := 0
	for _, k := range m.marks.list {
		if k.Note != "" {
			notes++
		}
	}
	left := m.Theme.Strong.Render("bookmarks") + "  " + thousands(int64(len(m.marks.list)))
	if notes > 0 {
		left += m.Theme.Dim.Render("  " + plural(notes, "note"))
	}
	return m.titleLine(left)
}

func (v *bookmarksView) body(m *Model, width, height int) []string {
	v.lay(m)
	if len(v.shown) == 0 {
		t := m.Theme
		return []string{"", "   " + t.Strong.Render("No bookmarks yet"), "",
			fit("   "+t.Strong.Render(m.logKey(keys.Mark))+t.Dim.Render("   in the log marks the record under the cursor"), width),
			fit("   "+t.Strong.Render(m.logKey(keys.Note))+t.Dim.Render("   marks it with a note"), width)}[:min(5, height)]
	}
	return v.table.body(m, width, height)
}

func (v *bookmarksView) status(m *Model, width int) string {
	text := ""
	if k := v.current(); k != nil {
		if text = cleanCut(shortName(k.Source), width/2); k.Note != "" {
			text += "  " + m.Theme.Mark.Render(m.Glyphs.Note+" "+cleanCut(k.Note, width))
		}
	}
	return sides(" "+text, m.Theme.Dim.Render(v.table.place())+" ", width)
}
