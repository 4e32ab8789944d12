package elastic

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
)

// clocked is a clock that stands until it is moved.
type clocked struct{ at time.Time }

func (c *clocked) now() time.Time { return c.at }

func newestOf(limit int) sources.Request {
	return sources.Request{Filter: everything, Start: sources.Position{Time: 1 << 62, Sequence: 1 << 62}, Backward: true, Limit: limit}
}

// What is known of the indices is asked for once, again after a while and where they are others, and
// an old one serves as long as there is no newer.
func TestCatalogIsAskedAgain(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(3, 1)...)
	clock := &clocked{time.Unix(1_700_000_000, 0)}
	s := f.source(Options{Now: clock.now})
	asked := func() int {
		t.Helper()
		if _, err := s.Search(t.Context(), newestOf(1)); err != nil {
			t.Fatal(err)
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.asked["/logs-*/_field_caps"]
	}
	if n := asked() + asked(); n != 2 {
		t.Errorf("two searches ask %d times", n-1)
	}
	s.forget()
	if n := asked(); n != 2 {
		t.Errorf("after what it knew was forgotten it was asked %d times", n)
	}
	clock.at = clock.at.Add(6 * time.Minute)
	if n := asked(); n != 3 {
		t.Errorf("later it was asked %d times", n)
	}
	clock.at = clock.at.Add(6 * time.Minute)
	f.caps = `[]`
	if n := asked() + asked(); n != 8 {
		t.Errorf("where there is none to be had it was asked %d times", n)
	}
}

// An index of which only the fields may be seen can be searched: keywords are then taken for as short as usual.
func TestCatalogWithoutMappings(t *testing.T) {
	f := newFakeServer(t)
	c, err := f.source(Options{}).catalog(t.Context())
	if err != nil || c.timeField != "@timestamp" || !c.millis || c.nanos || c.version != "8.19.1" || c.mapping.Fields["log.level"].IgnoreAbove != 256 {
		t.Errorf("%+v: %v", c, err)
	}
}

// Indices that map fields differently are asked apart, and only where the filter asks them for different things.
func TestCatalogGroups(t *testing.T) {
	f := newFakeServer(t)
	f.caps = `{"indices":["a","b","c","d"],"fields":{"@timestamp":{"date":{"indices":["a","b","d"]},"date_nanos":{"indices":["c"]}},
		"code":{"long":{"indices":["a"]},"keyword":{"indices":["b"]},"unmapped":{"indices":["c","d"]}},"message":{"text":{}},"_source":{"_source":{}},"_tier":{"keyword":{}},"_PID":{"keyword":{}}}}`
	c, err := f.source(Options{Index: "*"}).catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range c.groups {
		got = append(got, strings.Join(g.indices, "+")+" "+g.mapping.Fields["@timestamp"].Type+" "+g.mapping.Fields["code"].Type)
	}
	if !slices.Equal(got, []string{"a+d date long", "b date keyword", "c date_nanos "}) {
		t.Errorf("groups: %q", got)
	}
	if c.mapping.Fields["code"].Type != conflict || c.mapping.Fields["@timestamp"].Type != "date" || !c.millis || !c.nanos {
		t.Errorf("all: %+v", c.mapping.Fields)
	}
	if _, ok := c.mapping.Fields["_PID"]; !ok || len(c.mapping.Fields) != 4 {
		t.Errorf("fields: %v", c.mapping.Fields)
	}
	for text, want := range map[string]int{"message:a": 1, "code:404": 3} {
		n, _ := query.Parse(text)
		if got := len(c.apart(sources.Filter{Query: n, From: everything.From, To: everything.To})); got != want {
			t.Errorf("%s is asked in %d questions, want %d", text, got, want)
		}
	}
	body, _ := json.Marshal(c.ask(sources.Filter{From: 1_700_000_000_000_000_001, To: everything.To}).body)
	for _, part := range []string{`"gte":"2023-11-14T22:13:20.001Z"`, `"gte":"2023-11-14T22:13:20.000000001Z"`, `"terms":{"_index":["b"]}`, `"must_not":{"terms":{"_index":["a","d","b"]}}`} {
		if !strings.Contains(string(body), part) {
			t.Errorf("%s is not in %s", part, body)
		}
	}
}

// No answer to the question for fields or for hits does harm.
func FuzzAnswers(f *testing.F) {
	f.Add(usualCaps, `{"_shards":{"total":1,"failed":1,"failures":[{"reason":{"caused_by":{"reason":"x"}}}]},"hits":{"hits":[{"_index":"i","_id":"1","sort":[1,1],"_source":{"a":[1,{"b":null}]}}]}}`)
	f.Add(`{"indices":["a"],"fields":{"ts":{"date_nanos":{"indices":["a"]},"text":{}}}}`, `{"timed_out":true,"hits":{"hits":[{"sort":[-9223372036854775808,0]},{"sort":[9223372036854775807,549755813887],"fields":{"a":[1,2],"b":[]}}]}}`)
	f.Add(`{"indices":null}`, `{"hits":{"hits":[{"sort":[null,1]}]}}`)
	f.Fuzz(func(t *testing.T, caps, hits string) {
		server := newFakeServer(t)
		server.caps = caps
		s := server.source(Options{})
		s.client.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
		same := answering(http.StatusOK, hits)
		server.next(same, same, same, same, same, same)
		for _, r := range []sources.Request{newestOf(2), {Filter: everything, Start: sources.Position{Time: everything.From}, Limit: 2}} {
			p, err := s.Search(t.Context(), r)
			if err == nil && len(p.Hits) > r.Limit {
				t.Errorf("%d hits", len(p.Hits))
			}
		}
	})
}
