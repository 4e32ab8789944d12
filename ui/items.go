package ui

import (
	"context"
	"math"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// An item is a line, or several, of the list.
type item struct {
	session.Row      // Record is nil where it is no record
	context     bool // it does not match, and stands around one that does
	apart       bool // it begins a group that the one above does not touch: a thin line stands between them
	event       session.Event
	isEvent     bool
	gap         *gap // it stands where records may be missing
}

// A loader gets the items around a key. It runs beside the screen.
type loader struct {
	rows    session.View
	near    func(session.Row) (session.View, error) // where the context of a record comes from; nil: there is none
	context int
	around  int // rows on each side
	room    int // lines of the screen
	events  []session.Event
	gone    int // events before those
	filter  session.Filter
	servers []string // the sources that are asked
	known   bool     // they are not: what is here already is all that is wanted
}

// loaded is what a loader found.
type loaded struct {
	items      []item
	at         int // the first from the key on
	head, tail bool
	complete   map[string][]session.Interval // by source, where all there is has been found
	fetched    int
	notes      []string
}

func (l *loader) load(ctx context.Context, key session.Key) (out loaded, err error) {
	page, err := l.page(ctx, l.rows, key, l.around, l.around)
	if err != nil {
		return out, err
	}
	out.head, out.tail, out.complete, out.notes = page.Head, page.Tail, page.Complete, page.Notes
	out.fetched = page.Fetched
	for _, r := range page.Rows {
		out.items = append(out.items, item{Row: r})
	}
	gaps := gapsIn(page, l.servers, l.filter)
	if l.near != nil {
		if out.items, err = l.addContext(ctx, out.items, page.At); err != nil {
			return out, err
		}
	}
	out.items = l.addEvents(out.items, page.Head, page.Tail)
	if len(gaps) > 0 {
		out.items = sorted(append(out.items, gaps...))
	}
	out.at = out.from(key)
	return out, nil
}

// page gets rows of a view.
func (l *loader) page(ctx context.Context, v session.View, key session.Key, before, after int) (session.Page, error) {
	if l.known {
		return v.Known(ctx, key, before, after)
	}
	return v.Rows(ctx, key, before, after)
}

// from is the first item from the key on, or the last one.
func (l *loaded) from(key session.Key) int {
	i := slices.IndexFunc(l.items, func(i item) bool { return i.Key.Compare(key) >= 0 })
	if i < 0 {
		return max(len(l.items)-1, 0)
	}
	return i
}

// addContext puts records around those that match, of the ones that can come near the screen.
func (l *loader) addContext(ctx context.Context, items []item, at int) ([]item, error) {
	known := map[session.Key]bool{}
	for i := range items {
		known[items[i].Key] = true
	}
	var more []item
	var groups []surroundings
	for _, it := range items[max(at-l.room, 0):min(at+l.room, len(items))] {
		v, err := l.near(it.Row)
		if err != nil {
			return nil, err
		}
		page, err := l.page(ctx, v, it.Key, l.context+1, l.context+2)
		if err != nil {
			return nil, err
		}
		if len(page.Rows) == 0 {
			continue
		}
		inner := page.Rows[max(page.At-l.context, 0):min(page.At+l.context+1, len(page.Rows))]
		groups = append(groups, surroundings{v, inner[0].Key, inner[len(inner)-1].Key, page.Rows[0].Key, page.Rows[len(page.Rows)-1].Key})
		for _, r := range inner {
			if !known[r.Key] {
				known[r.Key] = true
				more = append(more, item{Row: r, context: true})
			}
		}
	}
	items = sorted(append(items, more...))
	setApart(items, groups)
	return items, nil
}

// Surroundings are the records around one that matches, and those next to them that are
// not shown, from one view.
type surroundings struct {
	of            session.View
	first, last   session.Key
	before, after session.Key // those next to them; first and last where there are none
}

// setApart marks where a group begins that touches none before it: records that are not
// shown stand between. Groups of one view are in order, and those of others may interleave.
func setApart(items []item, groups []surroundings) {
	slices.SortStableFunc(groups, func(a, b surroundings) int { return a.first.Compare(b.first) })
	end, after := session.FirstKey, map[session.View]session.Key{}
	for i, g := range groups {
		next, known := after[g.of]
		if i > 0 && g.first.Compare(end) > 0 && (!known || g.before.Compare(next) >= 0) {
			at, _ := slices.BinarySearchFunc(items, g.first, func(it item, k session.Key) int { return it.Key.Compare(k) })
			items[at].apart = true
			after = map[session.View]session.Key{}
		}
		if end.Compare(g.last) < 0 {
			end = g.last
		}
		if next, known := after[g.of]; !known || next.Compare(g.after) < 0 {
			after[g.of] = g.after
		}
	}
}

// addEvents puts what happened to sources among the records, at its time.
func (l *loader) addEvents(items []item, head, tail bool) []item {
	from, to := int64(math.MaxInt64), int64(math.MinInt64)
	if len(items) > 0 {
		from, to = items[0].Key.Time, items[len(items)-1].Key.Time
	}
	if head {
		from = math.MinInt64
	}
	if tail {
		to = math.MaxInt64
	}
	if l.filter.From != logs.NoTime {
		from = max(from, l.filter.From)
	}
	if l.filter.To != logs.NoTime {
		to = min(to, l.filter.To-1)
	}
	before := len(items)
	for i, e := range l.events {
		if e.Time >= from && e.Time <= to {
			key := session.Key{Time: e.Time, Source: math.MaxInt64, Sequence: int64(l.gone + i)}
			items = append(items, item{Row: session.Row{Key: key}, event: e, isEvent: true})
		}
	}
	if len(items) == before {
		return items
	}
	return sorted(items)
}

func sorted(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int { return a.Key.Compare(b.Key) })
	return items
}

// neighbours says where the context of a record comes from: the records of its
// service, or of its source where it has none.
func (m *Model) neighbours(s *scope) func(session.Row) (session.View, error) {
	if s.context == 0 || !s.narrows() {
		return nil
	}
	views := map[string]session.View{}
	x, from, to := m.Explorer, s.from, s.to
	return func(r session.Row) (v session.View, err error) {
		same := sameSource(r.Record)
		key := same.String()
		if views[key] == nil {
			views[key], err = x.View(session.Filter{Query: same, From: from, To: to})
		}
		return views[key], err
	}
}
