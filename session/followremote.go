package session

import (
	"context"
	"hash/maphash"
	"slices"
	"time"

	"github.com/lxlog/lx/sources"
)

// A followedRemote is how far a Searcher has been followed. A piece of news may be
// told again with more in it, so it is kept which records were given.
type followedRemote struct {
	m     *remote
	last  int       // records to begin with, where the Searcher did not answer at first
	began bool      // these have been given
	heard int64     // serial of the news up to which all was given
	retry time.Time // before, it is not asked again: it failed

	given, before map[uint64]struct{} // hashes of positions; before are those of the time before turned
	turned        time.Time
}

// givenFor is how long it is kept at least which records were given.
const givenFor = 16 * time.Minute

// positions makes hashes of them, of which each takes 30 bytes: at 2,000 records a second up to 115 MB.
var positions = maphash.MakeSeed()

func (v *view) followedRemotes(last int) (out []*followedRemote) {
	for _, m := range v.remotes {
		out = append(out, &followedRemote{m: m, last: last, given: map[uint64]struct{}{}, turned: v.s.o.Now()})
	}
	return out
}

// answering reports whether every Searcher has been reached, or is known not to be.
func (fl *follower) answering() bool {
	return !slices.ContainsFunc(fl.remotes, func(f *followedRemote) bool {
		s := f.m.r.state().State
		return s == sources.Opening || s == sources.CatchingUp
	})
}

// listen has what is found from now on count as news.
func (fl *follower) listen() {
	for _, f := range fl.remotes {
		f.heard = f.m.r.newsSerial()
		f.began = f.heard > 0 || f.m.r.state().State == sources.Live
	}
}

// saw notes that the record of a key was given.
func (fl *follower) saw(k Key) {
	for _, f := range fl.remotes {
		if k.Source == f.m.place {
			f.note(sources.Position{Time: k.Time, Sequence: k.Sequence})
		}
	}
}

// note reports whether the record at a position was not given before, and that it is now.
func (f *followedRemote) note(p sources.Position) bool {
	hash := maphash.Comparable(positions, p)
	_, now := f.given[hash]
	_, before := f.before[hash]
	if now || before {
		return false
	}
	if now := f.m.v.s.o.Now(); now.Sub(f.turned) > givenFor {
		f.before, f.given, f.turned = f.given, map[uint64]struct{}{}, now
	}
	f.given[hash] = struct{}{}
	return true
}

// hear gives the records that news tell of. What it returns brings a value when it is
// to be called again although nothing has changed; nil: never.
func (fl *follower) hear(ctx context.Context) (again <-chan time.Time) {
	for _, f := range fl.remotes {
		now := f.m.v.s.o.Now()
		if !now.Before(f.retry) && fl.hearOf(ctx, f) != nil { // which stands in the source's health
			f.retry = f.m.v.s.o.Now().Add(failedFor)
		}
		if wait := f.retry.Sub(now); wait > 0 {
			again = time.After(wait)
		}
	}
	return again
}

func (fl *follower) hearOf(ctx context.Context, f *followedRemote) error {
	pieces, last, all := f.m.r.newsSince(f.heard)
	if last == f.heard || fl.enough {
		return nil
	}
	if all {
		if err := fl.beginLate(ctx, f); err != nil {
			return err
		}
	}
	if len(pieces) == 0 || fl.enough {
		f.heard = last
		return nil
	}
	filter := f.m.v.filter
	filter.Among = pieces
	partial := false
	for start, end := firstPosition, false; !end; {
		page, err := f.m.question(ctx, sources.Request{Filter: filter, Start: start, Limit: streamSize})
		if err != nil {
			return err
		}
		if n := len(page.Hits); n > 0 {
			start = page.Hits[n-1].Position
		}
		for _, h := range f.m.matching(page.Hits) {
			if f.note(h.Position) && !fl.f(f.m.key(&h), h.Record) {
				return nil
			}
		}
		end, partial = page.End, partial || page.Partial
	}
	if partial {
		return errPartial
	}
	f.heard = last
	return nil
}

// beginLate gives the last records of a Searcher that did not answer at first.
func (fl *follower) beginLate(ctx context.Context, f *followedRemote) error {
	if f.began || f.last == 0 {
		return nil
	}
	last := f.last
	if last < 0 {
		last = maxHits
	}
	if err := f.m.fetch(ctx, lastPosition, last, 0); err != nil {
		return err
	}
	f.began = true
	older, _, _, _ := f.m.around(lastPosition)
	for _, h := range slices.Backward(older[:min(last, len(older))]) {
		if f.note(h.Position) && !fl.f(f.m.key(&h), h.Record) {
			return nil
		}
	}
	return nil
}
