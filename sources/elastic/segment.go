package elastic

import (
	"maps"
	"time"
)

// A segment is documents that were told of together.
type segment struct {
	number    int64 // News.Number; of several, that of the first
	announced bool  // it was told
	ranges    seqRanges
	counts    map[shard]int64 // documents of it that could be found when they were counted last
	at        time.Time
	passed    time.Time // when greater numbers of one of its shards were told of last; zero: none were
	told      int       // how often it was told once more because another copy may show more
	gap       bool      // numbers that no document had when following began
}

func newSegment(now time.Time) *segment {
	return &segment{ranges: seqRanges{}, counts: map[shard]int64{}, at: now}
}

// recount takes a new count, which is of all where whole says so. It returns how many more
// documents there are, and whether some have gone.
func (g *segment) recount(number int, counts map[string]int64, whole bool) (more int64, fewer bool) {
	for at := range g.ranges {
		if at.number != number {
			continue
		}
		n, had := counts[at.index], g.counts[at]
		switch {
		case n > had:
			more += n - had
			g.counts[at] = n
		case n < had && whole:
			fewer = true
			g.counts[at] = n
		}
	}
	return more, fewer
}

// drop lets go of what is of an index, and returns how many documents that were.
func (g *segment) drop(index string) (n int64) {
	maps.DeleteFunc(g.ranges, func(at shard, _ seqRange) bool { return at.index == index })
	maps.DeleteFunc(g.counts, func(at shard, had int64) bool {
		if at.index == index {
			n += had
		}
		return at.index == index
	})
	return n
}

// join makes one of seg and the next, which was told, too.
func (g *segment) join(next *segment) {
	g.ranges.add(next.ranges)
	for at, n := range next.counts {
		g.counts[at] += n
	}
	if next.passed.After(g.passed) {
		g.passed = next.passed
	}
}

// pass notes that a greater number than to of a shard was told of.
func (g *segment) pass(at shard, to int64, now time.Time) {
	if r, ok := g.ranges[at]; ok && r.to == to {
		g.passed = now
	}
}

// isOver reports whether no more documents of it are waited for: each shard that has
// them was refreshed since, some time ago.
func (g *segment) isOver(cursors map[shard]int64, now time.Time) bool {
	since := g.at
	if g.passed.After(since) {
		since = g.passed
	}
	switch age := now.Sub(since); {
	case age <= keptFor:
		return false
	case g.gap || age > keptMost:
		return true
	}
	for at, r := range g.ranges {
		if cursors[at] == r.to {
			return false
		}
	}
	return true
}
