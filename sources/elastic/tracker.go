package elastic

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/lxlog/lx/sources"
)

// A tracker finds what becomes visible in the indices, by sequence numbers: each
// shard gives one to every document, in the order in which it takes them. A
// document is told of when the greatest number that can be found in its shard has
// passed it, or, where it comes into view after that, when its segment is counted again.
type tracker struct {
	s       *Source
	to      sources.Sink
	numbers []int            // of shards that are asked one by one; anyShard alone where no index has a second one
	cursors map[shard]int64  // the greatest number that was told of
	known   map[string]bool  // indices
	silent  map[shard]bool   // did not answer when it was asked what they have
	changed map[string]int64 // when an index had news last, nanoseconds since 1970

	segments    []*segment // that were told of, oldest first
	told        int64      // News.Number of the last
	polls       int64
	fromNothing bool      // there was no index to follow when it began
	deep        bool      // the poll counts all segments, and looks at all indices
	deepened    time.Time // when one was last
	polled      time.Time // when one succeeded last
	failed      bool      // one has failed since

	fresh    []string          // indices that are new, and may have more shards than the others
	renumber bool              // shards are to be counted
	uuids    map[string]string // what tells indices of one name apart; nil: may not be asked
	copies   bool              // a shard has more than one, as far as is known
	missing  int64             // shards that did not answer the last poll
	suspect  bool              // documents have gone, or the server was away
	verified time.Time         // when the cursors were compared with what there is

	tally tally
}

const (
	pollEach   = time.Second
	idleEach   = 5 * time.Second
	idleAfter  = 30 * time.Second // without news
	deepEach   = 15 * time.Second // all segments are counted again
	shallow    = 10 * time.Second // segments of so long are counted again by each poll
	keptFor    = 15 * time.Minute // segments are counted again for so long after greater numbers came
	keptMost   = 24 * time.Hour   // and where none come
	verifyEach = 5 * time.Minute
	suspectFor = 30 * time.Second // before a suspicion is looked into again
	lateBy     = 2 * time.Second  // behind the newest document that is not of the future
	copyLags   = 100_000          // documents by which a copy of a shard may be behind another
)

func newTracker(s *Source, to sources.Sink) *tracker {
	return &tracker{s: s, to: to, cursors: map[shard]int64{}, known: map[string]bool{}, silent: map[shard]bool{}, changed: map[string]int64{}, copies: true}
}

// begin notes what there is: everything else is news. Where there was nothing at first, all is.
func (t *tracker) begin(ctx context.Context) error {
	c, err := t.s.catalog(ctx)
	if _, nothing := errors.AsType[*nothingYet](err); nothing {
		t.fromNothing = true
	}
	if err != nil {
		return err
	}
	if t.numbers, err = t.s.shardNumbers(ctx); err != nil {
		return err
	}
	if t.fromNothing {
		t.verified = t.s.o.Now()
		t.polled = t.verified
		t.told++
		t.to.Arrive(sources.News{Number: t.told})
		return nil
	}
	for _, name := range c.indices {
		t.known[name] = true
	}
	made, err := t.s.settings(ctx)
	if err != nil {
		return err
	}
	t.uuids, t.copies = made.uuids, made.copies
	st, err := t.standing(ctx)
	if err != nil {
		return err
	}
	t.cursors, t.silent, t.changed, t.missing = st.last, st.silent, st.newest, int64(len(st.silent))
	t.watchGaps(st, t.s.o.Now(), func(shard) bool { return true })
	var newest int64
	for _, at := range st.newest {
		if at <= t.present() {
			newest = max(newest, at)
		}
	}
	last := newestFirst(1)
	last.To = t.present() + 1
	if page, err := t.s.page(ctx, last, anyShard, nil); err == nil && len(page.Hits) > 0 { // else a shard is silent
		newest = max(newest, page.Hits[0].Time)
	}
	t.verified = t.s.o.Now()
	t.tally.add(0, 0, newest, t.verified)
	t.polled = t.verified
	t.told++
	t.to.Arrive(sources.News{Number: t.told})
	return nil
}

// watchGaps has documents in flight be told of when they can be found, although
// greater numbers of their shards could be already.
func (t *tracker) watchGaps(st *standing, now time.Time, of func(shard) bool) {
	names := slices.Sorted(maps.Keys(t.known))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(st.newest[b], st.newest[a]) })
	for i := range maxGaps {
		seg := newSegment(now)
		seg.gap = true
		for _, name := range names[:min(len(names), maxHot)] {
			for _, number := range t.numbers {
				if at := (shard{name, number}); i < len(st.gaps[at]) && of(at) {
					seg.ranges[at] = st.gaps[at][i]
				}
			}
		}
		if len(seg.ranges) == 0 {
			return
		}
		t.told++
		seg.number = t.told
		t.segments = append(t.segments, seg)
	}
}

// countShards finds out whether a new index has more shards than were asked one by one.
func (t *tracker) countShards(ctx context.Context) error {
	if !t.renumber {
		return nil
	}
	numbers, err := t.s.shardNumbers(ctx)
	if err != nil {
		return err
	}
	fresh := t.fresh
	if t.renumber, t.fresh = false, nil; len(numbers) <= len(t.numbers) {
		return nil
	}
	if t.numbers[0] == anyShard { // so far no index had more than that one
		var again int64
		for _, name := range fresh { // the numbers of all their shards were taken for those of one
			delete(t.cursors, shard{name, anyShard})
			for _, seg := range t.segments {
				again += seg.drop(name)
			}
		}
		t.tally.add(-again, 0, 0, t.s.o.Now())
		t.cursors, t.silent = numbered(t.cursors), numbered(t.silent)
		for _, seg := range t.segments {
			seg.ranges, seg.counts = numbered(seg.ranges), numbered(seg.counts)
		}
	}
	t.numbers = numbers
	return nil
}

// numbered gives what is known of any shard to the first.
func numbered[T any](of map[shard]T) map[shard]T {
	out := make(map[shard]T, len(of))
	for at, v := range of {
		out[shard{at.index, max(at.number, 0)}] = v
	}
	return out
}

// poll looks for news, and tells of them.
func (t *tracker) poll(ctx context.Context) (found bool, err error) {
	t.polls++
	defer func() { t.failed = err != nil }()
	if err := t.countShards(ctx); err != nil {
		return false, err
	}
	now := t.s.o.Now()
	if t.deep = now.Sub(t.deepened) >= deepEach; t.deep {
		t.deepened = now
	}
	recount := t.recounted(now, t.deep)
	c, err := t.s.catalog(ctx)
	if err != nil {
		return false, err
	}
	answers := make([]pollAnswer, len(t.numbers))
	failed := make([]error, len(t.numbers))
	var asking sync.WaitGroup
	for i, number := range t.numbers {
		asking.Go(func() { failed[i] = t.s.poll(ctx, t.question(c, number, recount), number, &answers[i]) })
	}
	asking.Wait()
	if err := silenced(answers, failed); err != nil {
		return false, err
	}
	found = t.take(answers, now)
	t.again(answers, recount, now)
	t.doubt()
	if t.copies && !c.steady() && t.numbers[0] != anyShard {
		t.repeat(now)
	}
	t.forget(now)
	if t.isDue(answers, now) {
		err = t.verify(ctx, now)
	}
	if err == nil {
		t.polled = now
	}
	return found, err
}

// silenced is the error of a poll, which is none where some shards answer and all others
// of a number do not: these have nothing to tell.
func silenced(answers []pollAnswer, failed []error) error {
	var silent error
	for i, err := range failed {
		switch f, ok := errors.AsType[*failure](err); {
		case err == nil:
		case ok && f.Status == http.StatusServiceUnavailable && f.is("search_phase_execution_exception"):
			silent = err
			answers[i] = pollAnswer{Shards: shardCounts{Total: 1, Failed: 1}}
		default:
			return err
		}
	}
	if slices.Contains(failed, nil) {
		return nil
	}
	return silent
}

// isDue reports whether the cursors are to be compared with what there is.
func (t *tracker) isDue(answers []pollAnswer, now time.Time) bool {
	before := t.missing
	t.missing = 0
	for i := range answers {
		t.missing += answers[i].Shards.missing()
	}
	switch age := now.Sub(t.verified); {
	case len(t.silent) > 0 && (t.missing < before || t.missing == 0 || t.deep):
		return true
	case t.suspect && age > suspectFor:
		return true
	default:
		return age > verifyEach
	}
}

// doubt tells once more of what was told of just before the server was away: it may
// have lost documents with their numbers, and have given these to others.
func (t *tracker) doubt() {
	if !t.failed {
		return
	}
	t.suspect = true
	for _, seg := range t.segments {
		if !seg.gap && t.polled.Sub(seg.at) <= shallow {
			t.tell(seg, true)
		}
	}
}

// recounted are the segments that are counted again.
func (t *tracker) recounted(now time.Time, all bool) []*segment {
	i := 0
	for !all && i < len(t.segments) && now.Sub(t.segments[i].at) > shallow {
		i++
	}
	return slices.Clone(t.segments[i:])
}

// take moves the cursors, and tells of what lies behind them.
func (t *tracker) take(answers []pollAnswer, now time.Time) bool {
	seg := newSegment(now)
	var appeared []string
	var newest, late, count int64
	for i, number := range t.numbers {
		a := &answers[i].Aggregations.New
		for _, b := range a.Indices.Buckets {
			if !t.known[b.Key] {
				t.known[b.Key] = true
				appeared = append(appeared, b.Key)
			}
			at := shard{b.Key, number}
			last := int64(b.Last.Value)
			for _, g := range t.segments {
				g.pass(at, t.cursor(at), now)
			}
			seg.ranges[at] = seqRange{t.cursor(at), last}
			t.cursors[at], t.changed[b.Key] = last, now.UnixNano()
			seg.counts[at] = b.Count
			count += b.Count
		}
		newest = max(newest, a.Newest.Time.nanos())
		late += a.Late.Count
	}
	if len(seg.ranges) == 0 {
		return false
	}
	t.tally.add(count, late, newest, now)
	t.told++
	seg.number = t.told
	t.segments = append(t.segments, seg)
	t.sayNew(appeared, now)
	t.tell(seg, false)
	return true
}

// cursor is the greatest number that was told of; -1 of a shard that had none.
func (t *tracker) cursor(at shard) int64 {
	if c, ok := t.cursors[at]; ok {
		return c
	}
	return -1
}

// again tells once more of segments in which more is found than before.
func (t *tracker) again(answers []pollAnswer, recount []*segment, now time.Time) {
	for _, seg := range recount {
		var more int64
		for i, number := range t.numbers {
			a := &answers[i]
			counts := map[string]int64{}
			for _, b := range a.Aggregations.Seen.Buckets[segmentName(seg)].Indices.Buckets {
				counts[b.Key] = b.Count
			}
			n, fewer := seg.recount(number, counts, a.Shards.missing() == 0 && !a.TimedOut)
			more += n
			t.suspect = t.suspect || fewer
		}
		if more > 0 {
			if !seg.announced { // numbers grow
				t.told++
				seg.number = t.told
			}
			t.tally.add(more, 0, 0, now)
			t.tell(seg, true)
		}
	}
}

// repeatedAfter is when news are told again that were asked of one copy of a shard, and perhaps read from another.
var repeatedAfter = []time.Duration{5 * time.Second, 60 * time.Second}

// repeat tells segments once more: whoever knows their documents already loses nothing.
func (t *tracker) repeat(now time.Time) {
	for _, seg := range t.segments {
		if !seg.gap && seg.told < len(repeatedAfter) && now.Sub(seg.at) > repeatedAfter[seg.told] {
			seg.told++
			t.tell(seg, false)
		}
	}
}

// tell tells of a segment. more: there may be more of it than when it was told before.
func (t *tracker) tell(seg *segment, more bool) {
	t.to.Arrive(sources.News{Number: seg.number, Set: maps.Clone(seg.ranges), More: more && seg.announced})
	seg.announced = true
}

// forget lets go of old segments, and joins those that need not be told apart any more.
func (t *tracker) forget(now time.Time) {
	kept := t.segments[:0:0]
	for _, seg := range t.segments {
		age := now.Sub(seg.at)
		if seg.isOver(t.cursors, now) {
			continue
		}
		if n := len(kept); n > 0 && !seg.gap && !kept[n-1].gap && age > shallow && seg.at.Sub(kept[n-1].at) < joinedOver(age) {
			kept[n-1].join(seg)
			continue
		}
		kept = append(kept, seg)
	}
	t.segments = kept
}

// joinedOver is the time over which segments of an age are one.
func joinedOver(age time.Duration) time.Duration {
	switch {
	case age > time.Hour:
		return time.Hour
	case age > 2*time.Minute:
		return time.Minute
	}
	return 10 * time.Second
}
