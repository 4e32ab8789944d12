package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/list"
)

// Explorer is what the screen needs of a session.
type Explorer interface {
	View(session.Filter) (session.View, error)
	Changed() <-chan struct{}
	Health() []session.Health
}

// Options are what a screen begins with.
type Options struct {
	Explorer Explorer
	Filter   session.Filter // Filter.Query is what the filter box holds
	Theme    *themes.Theme
	Location *time.Location // zone of the times on the screen
	Zone     string         // its name for people
	Follow   bool           // begin at the newest record and stay there as others come
}

// Model is the screen. It is used as a pointer.
type Model struct {
	Options
	ctx context.Context // ends with the program: work for a screen that is gone stops

	width, height int
	mode          mode
	list          list.List
	page          session.Page
	view          session.View
	everything    session.View // what the query selects from, for "of 6,180"
	matched       summary.Count
	of            summary.Count
	following     bool
	input         input // the filter box
	health        []session.Health
	failure       string // what went wrong last, "" after the next success

	asked   int  // number of the newest request for rows: older answers are dropped
	asking  bool // one is under way
	again   bool // and something changed since it began
	totals  bool // totals are being counted
	recount bool
}

// New returns a screen over o.Explorer. An error is the filter's.
func New(ctx context.Context, o Options) (*Model, error) {
	m := &Model{Options: o, ctx: ctx, mode: listMode{}, following: o.Follow, width: 80, height: 24}
	if o.Filter.Query != nil {
		m.input.set(o.Filter.Query.String())
	}
	if err := m.open(o.Filter); err != nil {
		return nil, err
	}
	return m, nil
}

// open makes the view of a filter the one that is shown.
func (m *Model) open(f session.Filter) error {
	v, err := m.Explorer.View(f)
	if err != nil {
		return err
	}
	all, err := m.Explorer.View(session.Filter{Level: f.Level, From: f.From, To: f.To})
	if err != nil {
		return err
	}
	m.Filter, m.view, m.everything = f, v, all
	return nil
}

// Init asks for the first rows and waits for changes.
func (m *Model) Init() tea.Cmd {
	wait := m.wait()
	m.health = m.Explorer.Health() // what changed since New is in it
	return tea.Batch(wait, m.fetch(), m.count())
}

// filtered reports whether the query leaves records out.
func (m *Model) filtered() bool {
	if m.Filter.Query == nil {
		return false
	}
	_, all := query.Simplify(m.Filter.Query).(*query.Everything)
	return !all
}

// current is the row under the cursor; false where there is none.
func (m *Model) current() (session.Row, bool) {
	if m.list.Cursor >= len(m.page.Rows) {
		return session.Row{}, false
	}
	return m.page.Rows[m.list.Cursor], true
}

// finished reports whether nothing more will come from any source.
func (m *Model) finished() bool {
	for _, h := range m.health {
		if h.State != session.Ended {
			return false
		}
	}
	return true
}

// room is how many rows the list has on the screen: all but header, status and footer.
func (m *Model) room() int { return max(m.height-3, 1) }
