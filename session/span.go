package session

import (
	"math"
	"slices"
	"sort"
	"time"

	"github.com/lxlog/lx/sources"
)

// A span is a stretch of positions in which every match is known: from lo on, and before hi.
type span struct {
	lo, hi sources.Position
	hits   []sources.Hit
	until  time.Time // as long as a span that reaches to the end counts as reaching it: more may come
	doubt  time.Time // when a span in which hits may be missing is to be asked for again; zero: there are none
}

var (
	firstPosition = sources.Position{Time: math.MinInt64, Sequence: math.MinInt64}
	lastPosition  = sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}
)

func before(a, b sources.Position) bool {
	return a.Time < b.Time || a.Time == b.Time && a.Sequence < b.Sequence
}

// next and previous are the positions beside p.
func next(p sources.Position) sources.Position {
	switch {
	case p == lastPosition:
	case p.Sequence == math.MaxInt64:
		p.Time, p.Sequence = p.Time+1, math.MinInt64
	default:
		p.Sequence++
	}
	return p
}

func previous(p sources.Position) sources.Position {
	switch {
	case p == firstPosition:
	case p.Sequence == math.MinInt64:
		p.Time, p.Sequence = p.Time-1, math.MaxInt64
	default:
		p.Sequence--
	}
	return p
}

// index is where in s.hits those from p on begin.
func (s *span) index(p sources.Position) int {
	return sort.Search(len(s.hits), func(i int) bool { return !before(s.hits[i].Position, p) })
}

func (s *span) extendUp(page sources.Page, matching []sources.Hit) {
	s.hits = append(s.hits[:len(s.hits):len(s.hits)], matching...)
	s.hi = lastPosition
	if !page.End {
		s.hi = next(page.Hits[len(page.Hits)-1].Position)
	}
}

func (s *span) extendDown(page sources.Page, matching []sources.Hit) {
	slices.Reverse(matching)
	s.hits = append(matching, s.hits...)
	s.lo = firstPosition
	if !page.End {
		s.lo = page.Hits[len(page.Hits)-1].Position
	}
}
