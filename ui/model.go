package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/clipboard"
	"github.com/lxlog/lx/ui/keys"
	remembered "github.com/lxlog/lx/ui/place"
	"github.com/lxlog/lx/when"
)

// Explorer is what the screen needs of a session.
type Explorer interface {
	View(session.Filter) (session.View, error)
	Changed() <-chan struct{}
	Health() []session.Health
	Events() (events []session.Event, dropped int)
}

// Options are what a screen begins with.
type Options struct {
	Explorer Explorer
	Filter   session.Filter // Filter.Query is what the filter bar holds
	Last     time.Duration  // the range ends now, and is this long; 0: as the filter says
	Theme    *themes.Theme  // nil: themes.ANSI
	Glyphs   *themes.Glyphs // nil: themes.Unicode
	Keys     *keys.Map      // nil: keys.Default
	Location *time.Location // zone of the times on the screen
	Zone     string         // its name for people
	Now      when.Clock     // nil: time.Now
	Times    string         // how they are shown at first: local, utc, relative, delta; "": local
	Follow   bool           // begin at the newest record and stay there as others come
	Piped    bool           // a command before a pipe may have written on the screen: it is drawn anew at the first records
	Mouse    bool           // clicks and the wheel are asked for
	Wrap     bool           // long lines are wrapped
	Columns  []string       // fields that have a column of their own
	Banners  []string       // what one should know at the start
	Sources  []string       // as they stand on the command line
	Flags    []string       // those that say how they are read, for a command that opens the same view

	Place   remembered.Place // to begin at, as far as the other options leave it open
	Queries []string         // typed in other runs, the newest last
	Keeper  Keeper           // of bookmarks while they are set; nil: nothing is kept

	Clipboard clipboard.Env // of the terminal; the zero value copies into files
}

// Model is the screen. It is used as a pointer.
type Model struct {
	Options
	ctx context.Context // ends with the program: work for a screen that is gone stops

	width, height int
	layers        []*layer // the top one is seen and has the keys; the first is the log
	box           box      // is typed into, or asks; nil: the top layer has the keys
	strip         strip
	search        search
	times         timeDisplay
	stamps        *when.Parser      // finds stamps as they are written
	side          bool              // details stand beside the list
	pane          details           // those
	interrupted   time.Time         // when Ctrl-c was pressed last
	flood         bool              // more comes than can be seen
	left          int               // cells that the messages are moved sideways
	notice        string            // what the last key did, until the next one
	letters       map[string]int    // places of sources by their names
	plainer       *strings.Replacer // of signs in texts; nil where they may stay
	inks          inks              // of the theme

	health []session.Health
	events []session.Event
	gone   int         // older events
	past   []selection // filters before this one, the newest last
	future []selection

	tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick

	dictionary *dictionary // what completion knows; nil: the filter bar was not opened yet
	queries    []string    // typed ones, the newest last
	searched   []string    // texts to search
	commands   []string    // of the palette
	saving     *saving     // a file that is being written; nil: none
	saved      int64       // records of sources that cannot be read again, when all was saved last
	asked      []string    // queries typed in this run
	marks      bookmarks
}

// New returns a screen over o.Explorer. An error is the filter's.
func New(ctx context.Context, o Options) (*Model, error) {
	if o.Theme == nil {
		o.Theme = themes.ANSI()
	}
	if o.Glyphs == nil {
		o.Glyphs = themes.Unicode()
	}
	if o.Keys == nil {
		o.Keys = keys.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Model{Options: o, ctx: ctx, width: 80, height: 24, tick: tea.Tick, pane: details{pane: true}, inks: inksOf(o.Theme), plainer: plainer(o.Glyphs), times: timesNamed(o.Times), stamps: when.NewParser(o.Location)}
	m.queries = slices.Clone(o.Queries)
	s, err := m.newScope(m.restore(o.Place, selectionOf(o.Filter, o.Last)))
	if err != nil {
		return nil, err
	}
	s.context = min(max(o.Place.Context, 0), maxContext)
	s.following = o.Follow
	m.layers = []*layer{{view: &logsView{}, scope: s}}
	return m, nil
}

// Init asks for the first rows and waits for changes.
func (m *Model) Init() tea.Cmd {
	wait := m.wait()
	m.look() // what changed since New is in it
	return tea.Batch(wait, m.refresh())
}

// look takes what the session says of its sources.
func (m *Model) look() {
	m.health = m.Explorer.Health()
	m.events, m.gone = m.Explorer.Events()
	if len(m.letters) != len(m.health) {
		m.letters = make(map[string]int, len(m.health))
		for i, h := range m.health {
			m.letters[h.Source] = i
		}
	}
}

// reading reports whether a source still reads what was there when it was opened.
func (m *Model) reading() bool {
	return slices.ContainsFunc(m.health, func(h session.Health) bool { return h.State == session.CatchingUp })
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
