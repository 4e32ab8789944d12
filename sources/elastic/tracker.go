package elastic

import (
	"context"
	"errors"
	"maps"
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
	renumber    bool      // an index is new, which may have more shards than the others
	verified    time.Time // when the cursors were compared with what there is

	tally tally
}

// A segment is documents that were told of together.
type segment struct {
	number int64 // News.Number
	ranges seqRanges
	count  int64 // documents of it that could be found when it was counted last
	at     time.Time
	told   int // how often it was told once more because another copy may show more
}

const (
	pollEach   = time.Second
	idleEach   = 5 * time.Second
	idleAfter  = 30 * time.Second // without news
	deepEach   = 15               // polls; then all segments are counted again
	shallow    = 10 * time.Second // segments of so long are counted again by each poll
	keptFor    = 15 * time.Minute // segments are counted again for so long
	verifyEach = 5 * time.Minute
	lateBy     = 2 * time.Second // behind the newest document
	copyLags   = 100_000         // documents by which a copy of a shard may be behind another
)

func newTracker(s *Source, to sources.Sink) *tracker {
	return &tracker{s: s, to: to, cursors: map[shard]int64{}, known: map[string]bool{}, silent: map[shard]bool{}, changed: map[string]int64{}}
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
		t.told++
		t.to.Arrive(sources.News{Number: t.told})
		return nil
	}
	for _, name := range c.indices {
		t.known[name] = true
	}
	if t.cursors, t.silent, err = t.greatest(ctx); err != nil {
		return err
	}
	page, err := t.s.page(ctx, newestFirst(1), anyShard, nil)
	if err != nil {
		return err
	}
	if len(page.Hits) > 0 {
		t.tally.newest = page.Hits[0].Time
	}
	t.verified = t.s.o.Now()
	t.told++
	t.to.Arrive(sources.News{Number: t.told})
	return nil
}

// greatest returns the greatest sequence number of every shard of the known indices
// that has documents, and the shards that do not answer.
func (t *tracker) greatest(ctx context.Context) (last map[shard]int64, silent map[shard]bool, err error) {
	last, silent = map[shard]int64{}, map[shard]bool{}
	for _, number := range t.numbers {
		for names := range slices.Chunk(slices.Sorted(maps.Keys(t.known)), 100) {
			if err := t.s.greatest(ctx, names, number, last, silent); err != nil {
				return nil, nil, err
			}
		}
	}
	return last, silent, nil
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
	if t.renumber = false; len(numbers) <= len(t.numbers) {
		return nil
	}
	if t.numbers[0] == anyShard { // so far no index had more than that one
		t.cursors = numbered(t.cursors)
		for _, seg := range t.segments {
			seg.ranges = numbered(seg.ranges)
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

// poll looks for news, and tells of them. Every so often it counts all segments again, and not only those just told.
func (t *tracker) poll(ctx context.Context) (found bool, err error) {
	t.polls++
	if err := t.countShards(ctx); err != nil {
		return false, err
	}
	now := t.s.o.Now()
	recount := t.recounted(now, t.polls%deepEach == 0)
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
	for _, err := range failed {
		if err != nil {
			return false, err
		}
	}
	found = t.take(answers, now)
	t.again(answers, recount, now)
	if !c.steady() && t.numbers[0] != anyShard {
		t.repeat(now)
	}
	t.forget(now)
	if now.Sub(t.verified) > verifyEach || len(t.silent) > 0 && t.polls%deepEach == 0 {
		err = t.verify(ctx, now)
	}
	return found, err
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
	seg := &segment{ranges: seqRanges{}, at: now}
	var appeared []string
	var newest, late int64
	for i, number := range t.numbers {
		a := &answers[i].Aggregations.New
		for _, b := range a.Indices.Buckets {
			if !t.known[b.Key] {
				t.known[b.Key] = true
				appeared = append(appeared, b.Key)
			}
			at := shard{b.Key, number}
			last := int64(b.Last.Value)
			seg.ranges[at] = seqRange{t.cursor(at), last}
			t.cursors[at], t.changed[b.Key] = last, now.UnixNano()
			seg.count += b.Count
		}
		newest = max(newest, a.Newest.nanos())
		late += a.Late.Count
	}
	if len(seg.ranges) == 0 {
		return false
	}
	t.tally.add(seg.count, late, newest, now)
	t.told++
	seg.number = t.told
	t.segments = append(t.segments, seg)
	t.tell(seg)
	t.sayNew(appeared, now)
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
		var n, failed int64
		for i := range answers {
			n += answers[i].Aggregations.Seen.Buckets[segmentName(seg)].Count
			failed += answers[i].Shards.Failed
		}
		if n > seg.count {
			t.tally.add(n-seg.count, 0, 0, now)
			t.tell(seg)
		}
		if failed == 0 || n > seg.count {
			seg.count = n
		}
	}
}

// repeatedAfter is when news are told again that were asked of one copy of a shard, and perhaps read from another.
var repeatedAfter = []time.Duration{5 * time.Second, 60 * time.Second}

// repeat tells segments once more: whoever knows their documents already loses nothing.
func (t *tracker) repeat(now time.Time) {
	for _, seg := range t.segments {
		if seg.told < len(repeatedAfter) && now.Sub(seg.at) > repeatedAfter[seg.told] {
			seg.told++
			t.tell(seg)
		}
	}
}

func (t *tracker) tell(seg *segment) {
	t.to.Arrive(sources.News{Number: seg.number, Set: maps.Clone(seg.ranges)})
}

// forget lets go of old segments, and joins those that need not be told apart any more.
func (t *tracker) forget(now time.Time) {
	kept := t.segments[:0:0]
	for _, seg := range t.segments {
		age := now.Sub(seg.at)
		if age > keptFor {
			continue
		}
		if n := len(kept); n > 0 && age > shallow && seg.at.Sub(kept[n-1].at) < joinedOver(age) {
			last := kept[n-1]
			last.ranges.add(seg.ranges)
			last.count += seg.count
			last.number = seg.number
			continue
		}
		kept = append(kept, seg)
	}
	t.segments = kept
}

// joinedOver is the time over which segments of an age are one.
func joinedOver(age time.Duration) time.Duration {
	if age > 2*time.Minute {
		return time.Minute
	}
	return 10 * time.Second
}

// verify compares the cursors with what there is: an index that was deleted and
// made again begins with small numbers, and all of it is news.
func (t *tracker) verify(ctx context.Context, now time.Time) error {
	greatest, silent, err := t.greatest(ctx)
	if err != nil {
		return err
	}
	t.verified = now
	t.wake(greatest, silent)
	for at, c := range t.cursors {
		if silent[at] {
			continue
		}
		if last, ok := greatest[at]; !ok || last < c/2 || last < c-copyLags {
			delete(t.cursors, at)
		}
	}
	return nil
}

// wake begins to follow shards that answer now for the first time. What they had
// by then is no news, and what was asked for before lacks it.
func (t *tracker) wake(greatest map[shard]int64, silent map[shard]bool) {
	woken := false
	for at := range t.silent {
		if silent[at] {
			continue
		}
		delete(t.silent, at)
		if last, ok := greatest[at]; ok {
			t.cursors[at] = last
		}
		woken = true
	}
	if woken {
		t.told++
		t.to.Arrive(sources.News{Number: t.told})
	}
}
