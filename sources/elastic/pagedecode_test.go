package elastic

import (
	"math"
	"strings"
	"testing"

	"github.com/lxlog/lx/sources"
)

// walkTo is a walk to a page of that many hits from behind start, and the hits of an answer for it.
func walkTo(t testing.TB, body []byte, start sources.Position, limit int, wider bool) (*pageWalk, []found) {
	t.Helper()
	s, c := lonely(t)
	w := &pageWalk{s: s, c: c, r: sources.Request{Start: start, Limit: limit}}
	w.page.Wider = wider
	var a answer
	if !a.quick(body) {
		t.Fatal("left to encoding/json")
	}
	hits, _, err := w.placed(&a, true, sources.Position{}, math.MaxInt)
	if err != nil {
		t.Fatal(err)
	}
	return w, hits
}

// Documents that are decoded on several cores are a page in their order, from behind its start up to its limit.
func TestPageIsDecodedInOrder(t *testing.T) {
	body := shopAnswer(t, "json", 3000)
	s, c := lonely(t)
	want, err := plainHits(s, c, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, wider := range []bool{false, true} {
		for _, x := range []struct{ from, limit, got int }{{0, 5000, 2999}, {9, 2500, 2500}, {2, leastShare, leastShare}, {2990, 1, 1}, {2999, 10, 0}} {
			w, hits := walkTo(t, body, want[x.from].Position, x.limit, wider)
			full, err := w.add(hits)
			if err != nil || len(w.page.Hits) != x.got || full != (x.from+1+x.limit < len(want)) {
				t.Fatalf("from %d up to %d: %d hits, full %v: %v", x.from, x.limit, len(w.page.Hits), full, err)
			}
			for i := range w.page.Hits {
				sameHit(t, &w.page.Hits[i], &want[x.from+1+i])
			}
		}
	}
}

// Where the session filters again, each record is in memory of its own: those that it drops are let go.
func TestRecordsOfWiderPages(t *testing.T) {
	const n = 1000
	body := shopAnswer(t, "json", n)
	for _, wider := range []bool{false, true} {
		w, hits := walkTo(t, body, sources.Position{Time: math.MinInt64}, n, wider)
		pieces := testing.AllocsPerRun(1, func() {
			w.page.Hits = nil
			if err := w.decode(pointers(hits)); err != nil {
				t.Error(err)
			}
		})
		if wider != (pieces > 2*n) {
			t.Errorf("wider %v: %g pieces of memory for %d records", wider, pieces, n)
		}
	}
}

func pointers(hits []found) (out []*found) {
	for i := range hits {
		out = append(out, &hits[i])
	}
	return out
}

// A page ends behind the document with which it has more bytes than it may have, and holds one at least.
func TestPageEndsByBytes(t *testing.T) {
	docs := make([][]byte, 18)
	for i := range docs {
		docs[i] = []byte(`{"m":"` + strings.Repeat("x", 1<<20) + `"}`)
	}
	w, hits := walkTo(t, searchAnswer(docs), sources.Position{Time: math.MinInt64}, 1000, false)
	if full, err := w.add(hits); err != nil || !full || len(w.page.Hits) != pageBytes>>20 {
		t.Errorf("%d hits, full %v: %v", len(w.page.Hits), full, err)
	}
	docs = [][]byte{[]byte(`{"m":"` + strings.Repeat("x", pageBytes) + `"}`), []byte(`{"m":"y"}`)}
	w, hits = walkTo(t, searchAnswer(docs), sources.Position{Time: math.MinInt64}, 1000, false)
	if full, err := w.add(hits); err != nil || !full || len(w.page.Hits) != 1 {
		t.Errorf("%d hits, full %v: %v", len(w.page.Hits), full, err)
	}
}
