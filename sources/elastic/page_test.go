package elastic

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// A fakeDocument is one of a fake index; time is in milliseconds, absent is none.
type fakeDocument struct {
	index, id string
	time      int64
	seqNo     int64
	source    string
}

const absent = math.MinInt64

// A fakeServer sorts documents as a server does, whatever it is asked for.
type fakeServer struct {
	t    *testing.T
	url  string
	caps string // the answer to _field_caps

	mu       sync.Mutex
	docs     []fakeDocument
	answers  []func(w http.ResponseWriter) bool // of the next searches: false leaves the answer to the server
	searches []fakeSearch
	spans    []string       // questions for the span of times
	span     string         // the answer to them, its aggregations
	asked    map[string]int // questions by path
}

// A fakeSearch is what a search asked for.
type fakeSearch struct {
	Size  int             `json:"size"`
	After []json.Number   `json:"search_after"`
	Sort  []any           `json:"sort"`
	Query json.RawMessage `json:"query"`
	Aggs  json.RawMessage `json:"aggs"`
	path  string
}

const usualCaps = `{"indices":["logs-1"],"fields":{"@timestamp":{"date":{"aggregatable":true}},"message":{"text":{}},"log.level":{"keyword":{"aggregatable":true}}}}`

func newFakeServer(t *testing.T, docs ...fakeDocument) *fakeServer {
	f := &fakeServer{t: t, docs: docs, caps: usualCaps, asked: map[string]int{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

func (f *fakeServer) source(o Options) *Source {
	o.Name, o.URLs = "prod", []string{f.url}
	if o.Index == "" {
		o.Index = "logs-*"
	}
	s, err := New(o)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(s.client.close)
	return s
}

func (f *fakeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked[r.URL.Path]++
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.URL.Path == "/":
		fmt.Fprint(w, `{"version":{"number":"8.19.1"},"tagline":"You Know, for Search"}`)
	case strings.HasSuffix(r.URL.Path, "/_field_caps"):
		fmt.Fprint(w, f.caps)
	case strings.HasSuffix(r.URL.Path, "/_search"):
		var s fakeSearch
		if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
			f.t.Error(err)
		}
		s.path = r.URL.Path
		if s.Size == 0 && strings.Contains(string(s.Aggs), "oldest") {
			f.spans = append(f.spans, string(s.Query))
			fmt.Fprintf(w, `{"_shards":{"total":1},"hits":{"total":{"value":%d}},"aggregations":{%s}}`, len(f.docs), f.span)
			return
		}
		if s.Size == 0 && strings.Contains(string(s.Aggs), `"terms"`) { // the catalog's question for levels
			fmt.Fprint(w, `{}`)
			return
		}
		f.searches = append(f.searches, s)
		if len(f.answers) > 0 {
			answer := f.answers[0]
			f.answers = f.answers[1:]
			if answer(w) {
				return
			}
		}
		f.search(w, s)
	default:
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"error":{"type":"security_exception","reason":"no"},"status":403}`)
	}
}

// windowOf finds the lower bound that has no upper one in a query.
var windowOf = regexp.MustCompile(`"gte":"([^"]+)"\}`)

func (f *fakeServer) search(w http.ResponseWriter, s fakeSearch) {
	timed := len(s.Sort) == 2
	sign := 1
	if strings.Contains(fmt.Sprint(s.Sort), "desc") {
		sign = -1
	}
	keys := func(d *fakeDocument) []int64 {
		if timed {
			return []int64{d.time, d.seqNo}
		}
		return []int64{d.seqNo}
	}
	var after []int64
	for _, n := range s.After {
		v, err := n.Int64()
		if err != nil {
			f.t.Errorf("a sort value is asked for as %s", n)
		}
		after = append(after, v)
	}
	from := int64(math.MinInt64)
	if m := windowOf.FindSubmatch(s.Query); m != nil {
		at, err := time.Parse(time.RFC3339Nano, string(m[1]))
		if err != nil {
			f.t.Error(err)
		}
		from = at.UnixMilli()
	}
	docs := slices.DeleteFunc(slices.Clone(f.docs), func(d fakeDocument) bool {
		return d.time < from || !timed && d.time != absent || sign*slices.Compare(keys(&d), after) <= 0
	})
	rand.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] }) // equal ones are in no order
	slices.SortStableFunc(docs, func(a, b fakeDocument) int { return sign * slices.Compare(keys(&a), keys(&b)) })
	var hits []map[string]any
	for _, d := range docs[:min(len(docs), s.Size)] {
		hits = append(hits, map[string]any{"_index": d.index, "_id": d.id, "_source": json.RawMessage(d.source), "sort": keys(&d)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"_shards": map[string]int{"total": 1}, "hits": map[string]any{"hits": hits}})
}

func (f *fakeServer) next(answers ...func(http.ResponseWriter) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers = answers
}

func (f *fakeServer) taken() []fakeSearch {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.searches
	f.searches = nil
	return out
}

// answers with a status and a text.
func answering(status int, text string) func(http.ResponseWriter) bool {
	return func(w http.ResponseWriter) bool {
		w.WriteHeader(status)
		fmt.Fprint(w, text)
		return true
	}
}

func tiedDocuments(n, indices int) (docs []fakeDocument) {
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		for x := range indices {
			d := fakeDocument{index: fmt.Sprint("logs-", x), id: fmt.Sprint(i), seqNo: int64(i / 2), time: 1_700_000_000_000 + int64(r.IntN(4))}
			if i%5 == 0 {
				d.time = absent
			}
			d.source = fmt.Sprintf(`{"@timestamp":%q,"message":"%d of %d"}`, time.UnixMilli(d.time).UTC().Format(time.RFC3339Nano), i, x)
			docs = append(docs, d)
		}
	}
	return docs
}

var everything = sources.Filter{From: logs.NoTime, To: logs.NoTime}

// allPages fetches page by page, and checks that each hit is beyond the one before.
func allPages(t *testing.T, s *Source, r sources.Request) (out []sources.Hit) {
	t.Helper()
	r.Start = sources.Position{Time: math.MinInt64, Sequence: math.MinInt64}
	if r.Backward {
		r.Start = sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}
	}
	for {
		p, err := s.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range p.Hits {
			if !beyond(h.Position, r.Start, r.Backward) {
				t.Fatalf("%s at %v is not beyond %v", h.ID, h.Position, r.Start)
			}
			r.Start = h.Position
			out = append(out, h)
		}
		if p.End {
			return out
		}
		if len(p.Hits) == 0 {
			t.Fatal("a page has no hits and is not the end")
		}
	}
}

// Documents of equal times and numbers, in no order, are found once each, in the same order from either side.
func TestPagesOfTies(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(60, 9)...)
	s := f.source(Options{})
	for _, limit := range []int{1, 3, 17, 1000} {
		up := allPages(t, s, sources.Request{Filter: everything, Limit: limit})
		down := allPages(t, s, sources.Request{Filter: everything, Limit: limit, Backward: true})
		slices.Reverse(down)
		if len(up) != len(f.docs) || !slices.EqualFunc(up, down, func(a, b sources.Hit) bool { return a.ID == b.ID && a.Position == b.Position }) {
			t.Fatalf("pages of %d: %d hits upwards, %d downwards, of %d documents", limit, len(up), len(down), len(f.docs))
		}
		once := map[string]bool{}
		for _, h := range up {
			if once[h.ID] {
				t.Fatalf("%s is found twice", h.ID)
			}
			once[h.ID] = true
		}
	}
}

// Two documents of one place, whose hashes are the same, too, have positions of their own.
func TestOrderOfEqualHashes(t *testing.T) {
	for _, backward := range []bool{false, true} {
		var hits []found
		for _, id := range []string{"b", "a", "c"} {
			hits = append(hits, found{&answeredHit{Index: "i", DocID: id}, sources.Position{Time: 5, Sequence: 9<<hashBits + 3}})
		}
		order(hits, backward)
		slices.SortFunc(hits, func(a, b found) int { return cmp.Compare(a.Sequence, b.Sequence) })
		for i, id := range []string{"a", "b", "c"} {
			if hits[i].DocID != id || hits[i].Sequence != 9<<hashBits+3+int64(i) || hits[i].seqNo() != 9 {
				t.Errorf("backward %t: %s is at %v", backward, hits[i].DocID, hits[i].Position)
			}
		}
	}
}

// A page asks once where it needs no more: the first from either end, and one from the middle.
func TestQuestionsOfAPage(t *testing.T) {
	var docs []fakeDocument
	for i := range 400 {
		docs = append(docs, fakeDocument{"logs-1", fmt.Sprint(i), 1_700_000_000_000 + int64(i/200), int64(i), `{"message":"m"}`})
	}
	f := newFakeServer(t, docs...)
	s := f.source(Options{})
	down := sources.Request{Filter: everything, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Backward: true, Limit: 50}
	p, err := s.Search(t.Context(), down)
	if asked := f.taken(); err != nil || len(p.Hits) != 50 || p.End || len(asked) != 1 || asked[0].Size > 60 || asked[0].path != "/logs-*/_search" {
		t.Errorf("%d hits by %v: %v", len(p.Hits), asked, err)
	}
	down.Start = p.Hits[49].Position
	p, err = s.Search(t.Context(), down)
	if asked := f.taken(); err != nil || len(p.Hits) != 50 || p.Hits[0].ID != "logs-1/349" || len(asked) != 1 {
		t.Errorf("%d hits by %v: %v", len(p.Hits), asked, err)
	}
}

// Once it is known how close together documents are, a page looks back only so far at first, and
// finds the same where there are gaps.
func TestPageLooksBackInAWindow(t *testing.T) {
	const now = 1_700_000_000_000
	var docs []fakeDocument
	for i, back := range []int64{0, 3_600_000, 40_000_000, 100_000_000_000} {
		for n := range int64(60) {
			docs = append(docs, fakeDocument{"logs-1", fmt.Sprint(i, "-", n), now - back - n*100, 1000 - n, `{"message":"m"}`})
		}
	}
	f := newFakeServer(t, append(docs, fakeDocument{"logs-1", "none", absent, 2000, `{}`})...)
	s := f.source(Options{})
	p, err := s.Search(t.Context(), newestOf(20))
	if asked := f.taken(); err != nil || len(asked) != 1 || windowOf.Match(asked[0].Query) {
		t.Errorf("the first page is asked for by %v: %v", asked, err)
	}
	again := newestOf(20)
	again.Start = p.Hits[19].Position
	if _, err = s.Search(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if asked := f.taken(); len(asked) != 1 || !windowOf.Match(asked[0].Query) {
		t.Errorf("the second page is asked for by %v", asked)
	}
	down := allPages(t, s, sources.Request{Filter: everything, Limit: 7, Backward: true})
	up := allPages(t, s, sources.Request{Filter: everything, Limit: 7})
	slices.Reverse(up)
	if len(down) != len(f.docs) || !slices.EqualFunc(up, down, func(a, b sources.Hit) bool { return a.ID == b.ID }) {
		t.Errorf("%d hits downwards, %d upwards, of %d", len(down), len(up), len(f.docs))
	}
}

// The first page looks back in a window, too: the server knows the span of its documents' times. It is asked for that once.
func TestFirstPageLooksBackInAWindow(t *testing.T) {
	const newest = 1_700_000_000_000
	var docs []fakeDocument
	for n := range int64(2000) {
		docs = append(docs, fakeDocument{"logs-1", fmt.Sprint(n), newest - n*1000, 2000 - n, `{"message":"m"}`})
	}
	for _, c := range []struct {
		span  string
		bound string // "": it looks at everything
	}{
		{fmt.Sprintf(`"oldest":{"value":%d},"newest":{"value":%d}`, newest-1_999_000, newest), "2023-11-14T22:11:28"}, // 28 hits, four times
		{`"oldest":{"value":-1e19},"newest":{"value":1.7e12}`, ""},
		{`"oldest":{"value":null},"newest":{"value":null}`, ""},
		{`"oldest":[],"newest":7`, ""},
		{``, ""},
	} {
		f := newFakeServer(t, docs...)
		f.span = c.span
		s := f.source(Options{})
		for range 2 {
			if p, err := s.Search(t.Context(), newestOf(20)); err != nil || len(p.Hits) != 20 || p.Hits[0].ID != "logs-1/0" {
				t.Errorf("%s: %d hits, %v", c.span, len(p.Hits), err)
			}
		}
		asked := f.taken()
		var bound string
		if m := windowOf.FindSubmatch(asked[0].Query); m != nil {
			bound = string(m[1])
		}
		if len(asked) != 2 || len(f.spans) != 1 || !strings.HasPrefix(bound, c.bound) || bound != "" && c.bound == "" {
			t.Errorf("%s: %d questions, %d for the span, the first from %q on", c.span, len(asked), len(f.spans), bound)
		}
	}
}

// A server that has no memory for a page is asked for less, and from then on at once.
func TestPageIsHalved(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(300, 1)...)
	s := f.source(Options{})
	tooMuch := answering(http.StatusTooManyRequests, `{"error":{"root_cause":[{"type":"circuit_breaking_exception","reason":"[parent] Data too large"}],"type":"circuit_breaking_exception","reason":"[parent] Data too large"},"status":429}`)
	f.next(tooMuch, tooMuch)
	r := sources.Request{Filter: everything, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Backward: true, Limit: 100}
	p, err := s.Search(t.Context(), r)
	if err != nil || len(p.Hits) != 100 || p.Hits[0].Record.Body == "" {
		t.Fatalf("%d hits: %v", len(p.Hits), err)
	}
	for i, q := range f.taken() {
		if want := []int{108, 54, 27}[min(i, 2)]; q.Size != want {
			t.Errorf("question %d asks for %d, want %d", i, q.Size, want)
		}
	}
	if _, err := s.Search(t.Context(), r); err != nil || f.taken()[0].Size > 54 {
		t.Error("it asks for as much again")
	}
}

func TestNotesOfAPage(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(3, 1)...)
	s := f.source(Options{Timeout: 20 * time.Second})
	hit := `{"_index":"logs-1","_id":"1","sort":[1700000000000,1],"_source":{"message":"m"}}`
	failed := `"_shards":{"total":5,"successful":3,"skipped":1,"failed":2,"failures":[{"index":"logs-1","reason":{"type":"x","reason":"it is\u001b[31m broken"}}]}`
	r := sources.Request{Filter: everything, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Backward: true, Limit: 1}
	for _, c := range []struct{ answer, note, err string }{
		{`{` + failed + `,"hits":{"hits":[` + hit + `,` + hit + `]}}`, "2 of 5 shards failed: logs-1: it is [31m broken", ""},
		{`{"timed_out":true,"hits":{"hits":[` + hit + `]}}`, "cut off after 20s", ""},
		{`{"_shards":{"total":5,"skipped":4,"failed":0},"hits":{"hits":[` + hit + `]}}`, "", ""},
		{`{` + failed + `,"hits":{"hits":[]}}`, "", "prod: 2 of 5 shards failed: logs-1: it is [31m broken"},
		{`{"timed_out":true,"hits":{"hits":[]}}`, "", "prod found nothing within 20s and gave up"},
		{`{"hits":{"hits":[{"sort":[1.7e12,1],"_source":{}}]}}`, "", "not in the order"},
		{`{"hits":{"hits":[{"_source":{}}]}}`, "", "not in the order"},
		{`{"hits":{"hits":[{"sort":[1,2],"_source":{}},{"sort":[1,3],"_source":{}}]}}`, "", "not in the order"},
	} {
		f.next(answering(http.StatusOK, c.answer))
		p, err := s.Search(t.Context(), r)
		switch {
		case c.err != "":
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: the error is %v", c.answer, err)
			}
		case err != nil || len(p.Hits) != 1 || c.note == "" && len(p.Notes) > 0 || c.note != "" && !strings.Contains(strings.Join(p.Notes, "\n"), c.note):
			t.Errorf("%s: %d hits, notes %q, error %v", c.answer, len(p.Hits), p.Notes, err)
		}
	}
}
