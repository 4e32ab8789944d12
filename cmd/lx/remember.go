package main

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/sources/stdin"
	"github.com/lxlog/lx/ui"
	"github.com/lxlog/lx/ui/place"
)

// memory remembers how the sources of one run are looked at.
type memory struct {
	store   *place.Store
	sources []string
	usual   place.Range // with which the screen begins by itself: it need not be remembered

	mu     sync.Mutex
	before place.Place // what is known to be remembered
}

// remembers is the memory of the sources that the arguments mean; nil where nothing is to be remembered.
func (o *options) remembers(x *exploration) *memory {
	dir, err := place.Dir(os.Getenv)
	if err != nil || !o.config.Restore {
		return nil
	}
	m := &memory{store: place.Open(dir), sources: x.args}
	if o.byItself {
		m.usual.Last = o.lastRange()
	}
	return m
}

// recall tells the screen what is remembered, as far as the command line leaves it open.
func (m *memory) recall(o *options, to *ui.Options) {
	if m == nil {
		return
	}
	to.Keeper = m
	tell := func(note string, err error) {
		if err != nil {
			note = "what was remembered cannot be read: " + err.Error()
		}
		if note != "" {
			to.Banners = append(to.Banners, note)
		}
	}
	list, note, err := m.store.History()
	tell(note, err)
	to.Queries = list
	if o.fresh {
		return
	}
	p, note, err := m.store.Load(m.sources)
	tell(note, err)
	m.before = p
	place, words := p.Under(o.given())
	to.Place = place
	tell(words, nil)
}

// given says what the command line, or a profile, has set.
func (o *options) given() place.Given {
	from := o.config.origin("columns")
	return place.Given{
		Filter:  o.query != "" || o.queryGiven != nil && o.queryGiven() || o.service != "",
		Level:   o.level != "",
		Range:   !o.byItself && (o.since != "" || o.until != "" || o.last != ""),
		Columns: from == "--columns" || strings.HasPrefix(from, "profile "),
	}
}

// Keep implements ui.Keeper.
func (m *memory) Keep(p place.Place) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p.Range == m.usual {
		p.Range = place.Range{}
	}
	after, note, err := m.store.Save(m.sources, m.before, p)
	m.before = after
	if err != nil {
		note = "nothing is remembered: " + err.Error()
	}
	return note
}

// left keeps how the screen was left, and what was asked.
func (m *memory) left(o *options, screen *ui.Model) {
	if m == nil {
		return
	}
	notes := []string{m.Keep(screen.Here())}
	if asked := screen.Asked(); len(asked) > 0 {
		note, err := m.store.Remember(asked...)
		if err != nil {
			note = "queries are not remembered: " + err.Error()
		}
		notes = append(notes, note)
	}
	for _, note := range slices.Compact(notes) {
		if note != "" {
			o.complain(errors.New(note))
		}
	}
}

// asGiven are those of the named flags that a command was given, as they could be given again.
func asGiven(c *cobra.Command, names ...string) (out []string) {
	for _, name := range names {
		f := c.Flags().Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		value := f.Value.String()
		if list, ok := f.Value.(interface{ GetSlice() []string }); ok {
			value = strings.Join(list.GetSlice(), ",")
		}
		out = append(out, "--"+name+"="+value)
	}
	return out
}

// named are the sources as they stand on the command line.
func (o *options) named(args []string) []string {
	if len(args) == 0 && o.stdinIsPiped() {
		return []string{stdin.Name}
	}
	return args
}
