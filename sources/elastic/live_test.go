package elastic

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
)

func TestJoinedRanges(t *testing.T) {
	for range 200 {
		var list []seqRange
		in := map[int64]bool{}
		for range rand.IntN(8) {
			r := seqRange{after: rand.Int64N(30) - 1}
			r.to = r.after + 1 + rand.Int64N(6)
			list = append(list, r)
			for n := r.after + 1; n <= r.to; n++ {
				in[n] = true
			}
		}
		out := joined(slices.Clone(list))
		got := map[int64]bool{}
		for i, r := range out {
			if i > 0 && r.after <= out[i-1].to {
				t.Fatalf("%v of %v touch", out, list)
			}
			for n := r.after + 1; n <= r.to; n++ {
				got[n] = true
			}
		}
		if len(got) != len(in) {
			t.Fatalf("%v of %v hold %d numbers of %d", out, list, len(got), len(in))
		}
	}
}

func TestAddRanges(t *testing.T) {
	a, b := shard{"a", 0}, shard{"b", 1}
	r := seqRanges{a: {-1, 5}}
	more := seqRanges{a: {5, 9}, b: {3, 4}}
	both, ok := r.Join(more).(seqRanges)
	if !ok || len(r) != 1 || both[a] != (seqRange{-1, 9}) || both[b] != (seqRange{3, 4}) {
		t.Errorf("%v and %v are %v", r, more, both)
	}
	if r.Join("others") != nil {
		t.Error("ranges and something else can be one")
	}
}

// The clause of a shard's number names its ranges alone, the same each time.
func TestClauseOfRanges(t *testing.T) {
	r := seqRanges{{"b", 0}: {1, 2}, {"a", 0}: {-1, 7}, {"a", 1}: {3, 4}}
	text := func(number int) string {
		b, err := json.Marshal(r.clause(number))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	want := `{"bool":{"minimum_should_match":1,"should":[` +
		`{"bool":{"filter":[{"term":{"_index":"a"}},{"range":{"_seq_no":{"gt":-1,"lte":7}}}]}},` +
		`{"bool":{"filter":[{"term":{"_index":"b"}},{"range":{"_seq_no":{"gt":1,"lte":2}}}]}}]}}`
	for range 20 {
		if got := text(0); got != want {
			t.Fatalf("%s", got)
		}
	}
	if got := text(7); got != `{"match_none":{}}` {
		t.Errorf("of no shard %s", got)
	}
}

func TestAmongNamesIndices(t *testing.T) {
	pieces := []sources.News{{Set: seqRanges{{"b", 0}: {1, 2}, {"a", 1}: {0, 3}}}, {Set: "others"}, {Set: seqRanges{{"b", 0}: {2, 9}}}}
	shares := sharesOf(pieces)
	if len(shares) != 2 || shares[0].number != 1 || !slices.Equal(shares[0].names, []string{"a"}) || shares[1].number != 0 || !slices.Equal(shares[1].names, []string{"b"}) {
		t.Fatalf("%v", shares)
	}
	b, err := json.Marshal(shares[1].clauses)
	if err != nil || string(b) != `[{"bool":{"filter":[{"term":{"_index":"b"}},{"range":{"_seq_no":{"gt":1,"lte":9}}}]}}]` {
		t.Errorf("%s, %v", b, err)
	}
}

// What is in more shards, or in more pieces of one, than a server takes conditions of is asked in several shares, each once.
func TestAmongOfMany(t *testing.T) {
	set, apart := seqRanges{}, []sources.News{}
	for i := range 3*maxShare + 1 {
		set[shard{fmt.Sprintf("index-%04d", i), 0}] = seqRange{0, 5}
		apart = append(apart, sources.News{Set: seqRanges{{"one", 0}: {int64(3 * i), int64(3*i + 1)}}})
	}
	for _, pieces := range [][]sources.News{{{Set: set}}, apart} {
		asked := map[string]int{}
		for _, s := range sharesOf(pieces) {
			if len(s.clauses) > maxShare || len(s.names) > len(s.clauses) {
				t.Errorf("%d conditions on %d indices", len(s.clauses), len(s.names))
			}
			for _, c := range s.clauses {
				asked[fmt.Sprint(c)]++
			}
		}
		if len(asked) != 3*maxShare+1 || slices.Max(slices.Collect(maps.Values(asked))) > 1 {
			t.Errorf("%d are asked for", len(asked))
		}
	}
}

// A page of several parts holds what one of all would.
func TestMergedPages(t *testing.T) {
	for range 300 {
		backward, limit := rand.IntN(2) == 0, 1+rand.IntN(9)
		r := sources.Request{Backward: backward, Limit: limit}
		order := func(a, b sources.Hit) int {
			if backward {
				a, b = b, a
			}
			return int(a.Time - b.Time)
		}
		var all []sources.Hit
		var pages []sources.Page
		next := int64(0)
		parts := make([][]sources.Hit, 1+rand.IntN(4))
		for range rand.IntN(20) {
			next++
			i := rand.IntN(len(parts))
			h := sources.Hit{Position: sources.Position{Time: next}}
			parts[i], all = append(parts[i], h), append(all, h)
		}
		slices.SortFunc(all, order)
		for _, hits := range parts {
			slices.SortFunc(hits, order)
			n := min(len(hits), limit)
			if n > 1 && rand.IntN(3) == 0 {
				n-- // a part may end early
			}
			pages = append(pages, sources.Page{Hits: hits[:n], End: n == len(hits), Partial: n == 3, Notes: []string{"note"}})
		}
		got := mergePages(pages, r)
		if len(got.Hits) > limit || len(got.Hits) == 0 && len(all) > 0 || len(got.Notes) > 1 {
			t.Fatalf("%d of %d hits, limit %d, notes %v", len(got.Hits), len(all), limit, got.Notes)
		}
		for i, h := range got.Hits {
			if h.Position != all[i].Position {
				t.Fatalf("hit %d is %v, want %v", i, h.Position, all[i].Position)
			}
		}
		if got.End != (len(got.Hits) == len(all)) {
			t.Fatalf("end %t after %d of %d hits", got.End, len(got.Hits), len(all))
		}
	}
}

// Segments are joined as they age, none of their documents and counts is lost, and
// those of the start stay apart: between their numbers lies what is no news.
func TestSegmentsAreJoined(t *testing.T) {
	began := time.Unix(1_700_000_000, 0)
	tr := newTracker(nil, nil)
	at := shard{"a", 0}
	gap := newSegment(began)
	gap.gap, gap.ranges[at] = true, seqRange{1, 2}
	tr.segments = append(tr.segments, gap)
	now, n := began, int64(10)
	for i := range int64(600) {
		now = began.Add(time.Duration(i) * time.Second)
		s := newSegment(now)
		s.number, s.ranges[at], s.counts[at] = i+1, seqRange{n, n + 3}, 3
		n += 3
		for _, g := range tr.segments {
			g.pass(at, n-3, now)
		}
		tr.segments, tr.cursors[at] = append(tr.segments, s), n
		tr.forget(now)
	}
	if len(tr.segments) > 40 {
		t.Errorf("there are %d segments", len(tr.segments))
	}
	if tr.segments[0] != gap || gap.ranges[at] != (seqRange{1, 2}) {
		t.Errorf("the segment of the start is %v", tr.segments[0])
	}
	after := int64(10)
	for _, s := range tr.segments[1:] {
		r := s.ranges[at]
		if r.after != after || s.counts[at] != r.to-r.after {
			t.Fatalf("a segment of %v has %d documents, and begins behind %d", r, s.counts[at], after)
		}
		after = r.to
	}
	if after != n || tr.segments[len(tr.segments)-1].number != 600 {
		t.Errorf("the last ends at %d of %d", after, n)
	}
	// The last one is waited for until there is a greater number.
	tr.forget(now.Add(2 * time.Hour))
	if len(tr.segments) != 1 || tr.segments[0].ranges[at].to != n {
		t.Errorf("hours later there are %d segments", len(tr.segments))
	}
	tr.segments[0].pass(at, n, now.Add(3*time.Hour))
	tr.cursors[at]++
	tr.forget(now.Add(3*time.Hour + keptFor))
	if len(tr.segments) != 1 {
		t.Error("it is gone just after a greater number came")
	}
	if tr.forget(now.Add(4 * time.Hour)); len(tr.segments) != 0 {
		t.Error("it stays for ever")
	}
}

func TestSegmentIsCountedAgain(t *testing.T) {
	a, b := shard{"a", 0}, shard{"b", 0}
	s := newSegment(time.Time{})
	s.ranges, s.counts = seqRanges{a: {0, 9}, b: {0, 9}, {"a", 1}: {0, 9}}, map[shard]int64{a: 5, b: 3}
	for _, c := range []struct {
		counts map[string]int64
		whole  bool
		more   int64
		fewer  bool
	}{
		{map[string]int64{"a": 5, "b": 3}, true, 0, false},
		{map[string]int64{"a": 7}, false, 2, false}, // b does not answer
		{map[string]int64{"a": 7, "b": 3}, true, 0, false},
		{map[string]int64{"a": 6, "b": 4}, true, 1, true}, // one index does not hide what another has more
		{map[string]int64{"a": 7, "b": 4}, true, 1, false},
	} {
		if more, fewer := s.recount(0, c.counts, c.whole); more != c.more || fewer != c.fewer {
			t.Errorf("%v: %d more, fewer %t", c.counts, more, fewer)
		}
	}
}

// What a standing says are gaps is what no document has.
func TestGapsOfAStanding(t *testing.T) {
	at := shard{"a", 0}
	hits := func(numbers ...int64) *listed {
		l := &listed{}
		for _, n := range numbers {
			l.Hits.Hits = append(l.Hits.Hits, listedHit{Sort: []int64{n}})
		}
		return l
	}
	for _, c := range []struct {
		l     *listed
		least int64
		last  int64
		gaps  []seqRange
	}{
		{hits(9, 8, 7), 7, 9, nil},
		{hits(9, 7, 6), 5, 9, []seqRange{{7, 8}, {4, 5}}},
		{hits(9, 5), 0, 9, []seqRange{{5, 8}, {-1, 4}}},
		{hits(0), 0, 0, nil},
		{&listed{Hits: hits(3).Hits}, 3, 3, nil},
	} {
		st := &standing{map[shard]int64{}, map[shard]bool{}, map[shard][]seqRange{}, map[string]int64{}}
		st.add(at, c.l, "@timestamp", c.least)
		if st.last[at] != c.last || !slices.Equal(st.gaps[at], c.gaps) {
			t.Errorf("%v from %d on: last %d, gaps %v, want %v", c.l.Hits.Hits, c.least, st.last[at], st.gaps[at], c.gaps)
		}
	}
	st := &standing{map[shard]int64{}, map[shard]bool{}, map[shard][]seqRange{}, map[string]int64{}}
	var odd []int64
	for n := int64(400); n > 0; n -= 2 {
		odd = append(odd, n)
	}
	if st.add(at, hits(odd...), "@timestamp", 0); len(st.gaps[at]) != maxGaps {
		t.Errorf("%d gaps are kept", len(st.gaps[at]))
	}
}

// Times of hits are as hostile as all else.
func TestTimeOfAListedHit(t *testing.T) {
	for text, want := range map[string]int64{
		`"1700000000123"`: 1_700_000_000_123 * milli, `1700000000123`: 1_700_000_000_123 * milli, `"1700000000123.456"`: 1_700_000_000_123 * milli,
		`"x"`: 0, `{}`: 0, `"9223372036854775807"`: 0, `"-9223372036854775808"`: 0, `""`: 0,
	} {
		h := listedHit{Fields: map[string][]json.RawMessage{"t": {json.RawMessage(text)}}}
		if got := h.time("t"); got != want {
			t.Errorf("%s is %d", text, got)
		}
	}
	if (&listedHit{}).time("t") != 0 {
		t.Error("none is some")
	}
	all := int64(math.MaxInt64)
	if n := (shardCounts{Total: all, Successful: &all}).missing(); n != 0 {
		t.Error(n)
	}
}
