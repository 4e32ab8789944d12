package ui

import (
	"context"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/list"
)

// A scope is what a selection finds, and where one stands in it.
type scope struct {
	selection
	ctx    context.Context // work for it stops when it is left
	cancel context.CancelFunc

	rows   session.View // what is listed
	inTime session.View // what query and range select, of any level
	ofTime session.View // what the range selects
	inAll  session.View // what the query selects, at any time
	all    session.View // everything
	bound  time.Time    // when a range that ends now was bound
	asks   bool         // a server is among the sources: the views of all times are of those around the range

	list       list.List
	items      []item
	former     []item               // what was there before one went elsewhere, until that is known
	unanswered [][]session.Interval // of each source that may still find more: where it has found all
	head, tail bool                 // nothing comes before, behind the items
	start      session.Key          // where to begin while there are no items
	line       int                  // of the screen on which the item there is to stand
	following  bool
	context    int // records shown around each that matches
	anchorRow  int // where a selection of records began, or the nearest item to that; -1: there is none
	anchorKey  session.Key
	failure    string
	fetched    int                           // hits of servers that the list holds, on the screen or not
	notes      []string                      // what could not be asked, or looked through, for the list
	complete   map[string][]session.Interval // by source, where all there is has been found

	waits   waits
	loads   loading
	tally   tally
	here    here
	inquiry inquiry

	arrivals arrivals
	pause    *pause // since when it does not follow; nil while it does
}

// loading is how far the request for items has come.
type loading struct {
	number int       // of the newest request: older answers are dropped
	asked  bool      // one is under way
	again  bool      // and something changed since
	began  time.Time // when it was made
	failed int       // so many in a row found a server in trouble
}

// pause is what had been counted when following ended.
type pause struct {
	counts summary.ByLevel
	known  bool // that is counts; else what is counted next is
}

// newScope opens the views of a selection; it is left by its cancel.
func (m *Model) newScope(sel selection) (*scope, error) {
	s := &scope{selection: sel, start: session.LastKey, anchorRow: -1}
	s.ctx, s.cancel = context.WithCancel(m.ctx)
	s.ask()
	s.list.Resize(m.listHeight())
	if err := s.bind(m.Explorer, m.Now(), m.asks()); err != nil {
		s.cancel()
		return nil, err
	}
	return s, nil
}

// bind opens the views, of a range that ends now as it is now. On an error the scope keeps those it has.
func (s *scope) bind(x Explorer, now time.Time, asks bool) (err error) {
	sel := s.at(now)
	f := sel.filter()
	open := func(f session.Filter) (v session.View) {
		if err == nil {
			v, err = x.View(f)
		}
		return v
	}
	rows := open(f)
	inTime, ofTime := open(session.Filter{Query: f.Query, From: f.From, To: f.To}), open(session.Filter{From: f.From, To: f.To})
	inAll, all := inTime, ofTime
	if sel.ranged() {
		wide := session.Filter{Query: f.Query, From: logs.NoTime, To: logs.NoTime}
		if asks {
			wide.From, wide.To = around(sel, now)
		}
		inAll, all = open(wide), open(session.Filter{From: wide.From, To: wide.To})
	}
	if err != nil {
		return err
	}
	s.selection, s.bound, s.asks = sel, now, asks
	s.rows, s.inTime, s.ofTime, s.inAll, s.all = rows, inTime, ofTime, inAll, all
	return nil
}

// around is the times that are counted around a range, of servers, which hold more
// than one wants to count: as long again before it, so that both can be compared, and
// as much as the strip covers.
func around(sel selection, now time.Time) (from, to int64) {
	from, to = sel.from, sel.to
	end := now.UnixNano()
	if to != logs.NoTime && to < end {
		end = to
	}
	if from != logs.NoTime {
		from = min(from-max(end-from, 0), end-int64(leastSpan))
		from -= summary.Minute // the strip's first bar is whole
	}
	if to != logs.NoTime {
		after := int64(leastSpan)
		if from != logs.NoTime {
			after = max(end-from, after)
		}
		if to += after; to >= now.UnixNano() {
			to = logs.NoTime
		}
	}
	return from, to
}

// stale reports whether a range that ends now has moved on by more than can be
// overlooked. Of servers all is asked for again then, so that more is overlooked.
func (s *scope) stale(now time.Time) bool {
	most := max(time.Second, s.last/300)
	switch {
	case s.asks && s.following:
		most = max(5*time.Second, s.last/60)
	case s.asks:
		most = max(30*time.Second, s.last/10)
	}
	return s.last > 0 && now.Sub(s.bound) > most
}

// current is the record under the cursor; false where there is none.
func (s *scope) current() (session.Row, bool) {
	if i := s.list.Cursor; i < len(s.items) && s.items[i].Record != nil {
		return s.items[i].Row, true
	}
	return session.Row{}, false
}

// anchor is the key around which items are loaded: the cursor's, the end while following.
func (s *scope) anchor() session.Key {
	switch {
	case s.following:
		return session.LastKey
	case s.list.Cursor < len(s.items):
		return s.items[s.list.Cursor].Key
	}
	return s.start
}

// stop ends following, and counts from now on what comes.
func (s *scope) stop() {
	if s.following {
		s.following, s.pause = false, &pause{s.tally.listed(s.level), s.tally.known && !s.tally.partly}
	}
}

// selects begins a selection of records at the cursor, or ends it.
func (s *scope) selects() {
	if s.anchorRow >= 0 || s.list.Cursor >= len(s.items) {
		s.anchorRow = -1
		return
	}
	s.anchorRow, s.anchorKey = s.list.Cursor, s.items[s.list.Cursor].Key
}

// chosen are the first and the last item that are selected, or twice the one under the cursor.
func (s *scope) chosen() (first, last int) {
	first, last = s.list.Cursor, s.list.Cursor
	if s.anchorRow >= 0 {
		first, last = min(first, s.anchorRow), max(last, s.anchorRow)
	}
	return first, min(last, len(s.items)-1)
}

// selectedRecords is how many of the items that are selected are records; 0: nothing is.
func (s *scope) selectedRecords() (n int) {
	if s.anchorRow < 0 {
		return 0
	}
	first, last := s.chosen()
	for i := first; i <= last; i++ {
		if s.items[i].Record != nil {
			n++
		}
	}
	return n
}

// keepOn has the scope follow as another did, or not follow and count from now on what comes.
func (s *scope) keepOn(from *scope) {
	if s.following = from.following; from.pause != nil {
		s.following, s.pause = false, &pause{}
	}
}

// news is how many records have come since following ended.
func (s *scope) news() (n, errors int64) {
	if s.pause == nil || !s.pause.known {
		return 0, 0
	}
	if a := &s.arrivals; a.known {
		if a.since != a.seen {
			return 0, 0 // it is counted from an earlier sight so far
		}
		return a.below.Total(), failures(&a.below)
	}
	now := s.tally.listed(s.level)
	for l := range now {
		more := max(now[l]-s.pause.counts[l], 0)
		n += more
		if logs.Level(l) >= logs.Error.Level() {
			errors += more
		}
	}
	return n, errors
}
