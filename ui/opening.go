package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/keys"
)

// A Choice is something that can be explored.
type Choice struct {
	Name, About string // About is "" where the name says it all
	Kind        string // in a word: file, folder, profile, demo
	Size        int64  // bytes, of a file
	ModTime     time.Time
	Args        []string // of the command line that opens it; nil: it cannot be opened, About says why
}

// NewOpening returns a screen that lists what there is to explore, before anything
// is. When it ends, Chosen tells what was chosen.
func NewOpening(ctx context.Context, o Options, list []Choice) (*Model, error) {
	o.Explorer = nothing{}
	m, err := New(ctx, o)
	if err != nil {
		return nil, err
	}
	m.layers[0].view = newOpening(list)
	return m, nil
}

// Chosen are the arguments of what was chosen; nil: nothing was.
func (m *Model) Chosen() []string {
	if v, ok := m.layers[0].view.(*opening); ok {
		return v.chosen
	}
	return nil
}

// opening lists what there is to explore.
type opening struct {
	list   []Choice
	table  *table
	chosen []string
}

func newOpening(list []Choice) *opening {
	return &opening{list: list, table: newTable(
		column{title: "name", least: 16},
		column{title: "what"},
		column{title: "size", kind: number, weight: 3},
		column{title: "changed", kind: number, weight: 2},
		column{title: "", least: 12, weight: 1},
	)}
}

func (*opening) mode() keys.Mode { return keys.Open }

func (v *opening) rowless(*Model) bool { return len(v.list) == 0 }

func (v *opening) lay(m *Model) {
	t := m.Theme
	rows := make([]tableRow, len(v.list))
	for i, c := range v.list {
		name, bytes, changed := t.Strong, cell{style: t.Dim}, cell{style: t.Dim}
		if c.Args == nil {
			name = t.Dim
		}
		if c.Kind == "file" && c.Args != nil {
			bytes.text, bytes.n = size(c.Size), float64(c.Size)
		}
		if !c.ModTime.IsZero() {
			age := m.Now().Sub(c.ModTime)
			changed.text, changed.n = ageText(age), -float64(age)
		}
		rows[i] = tableRow{id: strconv.Itoa(i), cells: []cell{{text: filepath.ToSlash(c.Name), style: name}, {text: c.Kind, style: t.Dim}, bytes, changed, {text: c.About, style: t.Dim}}}
	}
	v.table.set(rows)
}

// ageText is how long ago something was, in one unit.
func ageText(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d d ago", int(d.Hours()/24))
}

// key leaves by Esc, too: there is nothing below.
func (v *opening) key(m *Model, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if m.Keys.Action(keys.Open, k.String()) == keys.Close {
		return tea.Quit, true
	}
	return nil, false
}

func (v *opening) do(m *Model, a keys.Action) tea.Cmd {
	v.lay(m)
	if v.table.do(m, a) || a != keys.Enter {
		return nil
	}
	id, ok := v.table.current()
	i, err := strconv.Atoi(id)
	if !ok || err != nil {
		return nil
	}
	if c := v.list[i]; c.Args == nil {
		m.notice = cleanCut(c.Name, m.width/2) + " cannot be opened: " + clean(c.About)
		return nil
	}
	v.chosen = v.list[i].Args
	return tea.Quit
}

func (v *opening) title(m *Model, _ int) string {
	return m.titleLine(m.Theme.Strong.Render("lx") + "  what to explore" + m.Theme.Dim.Render("   here, in /var/log, and what the configuration names"))
}

func (v *opening) body(m *Model, width, height int) []string {
	v.lay(m)
	if len(v.list) > 0 {
		return v.table.body(m, width, height)
	}
	t := m.Theme
	lines := []string{"", t.Strong.Render("There are no logs here, and none that can be read in /var/log"), "",
		t.Strong.Render("lx FILE or FOLDER") + t.Dim.Render("     explores it"),
		t.Strong.Render("COMMAND | lx") + t.Dim.Render("          explores what a command writes"),
		t.Strong.Render("lx demo") + t.Dim.Render("               explores a generated shop with an incident")}
	for i := range lines {
		lines[i] = fit("   "+lines[i], width)
	}
	return lines[:min(len(lines), height)]
}

func (v *opening) status(m *Model, width int) string {
	left := ""
	if id, ok := v.table.current(); ok {
		if i, err := strconv.Atoi(id); err == nil && v.list[i].Args != nil {
			left = m.Theme.Dim.Render("lx " + cleanCut(joined(v.list[i].Args), width))
		}
	}
	return sides(" "+left, m.Theme.Dim.Render(v.table.place())+" ", width)
}

// nothing is an Explorer before there is anything to explore.
type nothing struct{}

func (nothing) View(f session.Filter) (session.View, error) { return noRecords{filter: f}, nil }
func (nothing) Changed() <-chan struct{}                    { return nil }
func (nothing) Health() []session.Health                    { return nil }
func (nothing) Events() ([]session.Event, int)              { return nil, 0 }

// noRecords is the view of nothing.
type noRecords struct {
	session.View // nothing else of it is asked for
	filter       session.Filter
}

func (v noRecords) Filter() session.Filter { return v.filter }

func (noRecords) Rows(context.Context, session.Key, int, int) (session.Page, error) {
	return session.Page{Head: true, Tail: true}, nil
}

func (noRecords) Totals(context.Context) (*summary.Totals, error) { return summary.NewTotals(), nil }
