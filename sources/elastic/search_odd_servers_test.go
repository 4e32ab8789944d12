//go:build servers

package elastic

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/servertest"
)

// put makes an index of two shards by the text of its mappings, and of documents.
func put(t *testing.T, server *servertest.Server, name, mappings string, docs ...string) {
	t.Helper()
	server.Delete(t, name)
	server.Do(t, http.MethodPut, "/"+name, `{"settings":{"number_of_shards":2,"number_of_replicas":0,"index.mapping.total_fields.limit":5000},"mappings":`+mappings+`}`)
	var lines [][]byte
	for _, d := range docs {
		lines = append(lines, []byte(d))
	}
	server.Bulk(t, name, 0, lines)
}

// bothWays returns the hits by their identities, after it has checked that both sides find the same.
func bothWays(t *testing.T, s *Source, f sources.Filter) (order []string, hits map[string]sources.Hit) {
	t.Helper()
	up := allPages(t, s, sources.Request{Filter: f, Limit: 3})
	down := allPages(t, s, sources.Request{Filter: f, Limit: 2, Backward: true})
	slices.Reverse(down)
	hits = map[string]sources.Hit{}
	for i, h := range up {
		if i >= len(down) || down[i].ID != h.ID || down[i].Position != h.Position {
			t.Errorf("hit %d is %s from below, and another from above", i, h.ID)
		}
		order = append(order, h.ID)
		hits[h.ID] = h
	}
	if len(up) != len(down) || len(up) != len(hits) {
		t.Errorf("%d hits from below, %d from above, %d identities", len(up), len(down), len(hits))
	}
	return order, hits
}

func queried(t *testing.T, text string) sources.Filter {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return sources.Filter{Query: n, From: logs.NoTime, To: logs.NoTime}
}

// notesOf returns what one page says.
func notesOf(t *testing.T, s *Source, f sources.Filter) string {
	t.Helper()
	p, err := s.Search(t.Context(), sources.Request{Filter: f, Start: sources.Position{Time: math.MaxInt64, Sequence: math.MaxInt64}, Backward: true, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(p.Notes, "\n")
}

// Times that nanoseconds cannot express, and those before 1970 beside nanoseconds,
// stand with the documents that have none: each once, no shard fails.
func TestSearchOddTimes(t *testing.T) {
	odd := []string{
		`{"@timestamp":"0001-01-01T00:00:00Z"}`, `{"@timestamp":"9999-12-31T00:00:00Z"}`, `{"message":"none"}`,
		`{"@timestamp":"1950-01-01T00:00:00Z"}`, `{"@timestamp":"1970-01-01T00:00:00Z"}`, `{"@timestamp":["2026-05-02T00:00:00Z","2026-05-01T00:00:00Z"]}`,
	}
	onServers(t, func(t *testing.T, server *servertest.Server) {
		put(t, server, "b1-odd-ms", `{"properties":{"@timestamp":{"type":"date"}}}`, odd...)
		put(t, server, "b1-odd-ns", `{"properties":{"@timestamp":{"type":"date_nanos"}}}`, odd[2], `{"@timestamp":"1970-01-01T00:00:00Z"}`, `{"@timestamp":"2026-05-01T00:00:00.000000001Z"}`)
		put(t, server, "b1-odd-un", `{"properties":{"message":{"type":"text"}}}`, odd[2])
		at := func(hits map[string]sources.Hit, id string) string {
			h, ok := hits[id]
			if !ok {
				return "not found"
			}
			if h.Time == logs.NoTime && h.Record.Time == logs.NoTime {
				return ""
			}
			return time.Unix(0, h.Time).UTC().Format(time.RFC3339Nano)
		}
		for pattern, want := range map[string]map[string]string{
			"b1-odd-ms,b1-odd-un": {"b1-odd-ms/0": "", "b1-odd-ms/1": "", "b1-odd-ms/2": "", "b1-odd-ms/3": "1950-01-01T00:00:00Z", "b1-odd-ms/4": "1970-01-01T00:00:00Z", "b1-odd-ms/5": "2026-05-01T00:00:00Z", "b1-odd-un/0": ""},
			"b1-odd-ns,b1-odd-un": {"b1-odd-ns/0": "", "b1-odd-ns/1": "1970-01-01T00:00:00Z", "b1-odd-ns/2": "2026-05-01T00:00:00.000000001Z", "b1-odd-un/0": ""},
			"b1-odd-*": {"b1-odd-ms/0": "", "b1-odd-ms/1": "", "b1-odd-ms/2": "", "b1-odd-ms/3": "", "b1-odd-ms/4": "1970-01-01T00:00:00Z", "b1-odd-ms/5": "2026-05-01T00:00:00Z",
				"b1-odd-ns/0": "", "b1-odd-ns/1": "1970-01-01T00:00:00Z", "b1-odd-ns/2": "2026-05-01T00:00:00.000000001Z", "b1-odd-un/0": ""},
		} {
			s := newSource(t, server, Options{Index: pattern})
			_, hits := bothWays(t, s, everything)
			if len(hits) != len(want) {
				t.Errorf("%s: %d hits, want %d", pattern, len(hits), len(want))
			}
			for id, time := range want {
				if got := at(hits, id); got != time {
					t.Errorf("%s: %s is at %q, want %q", pattern, id, got, time)
				}
			}
			if notes := notesOf(t, s, everything); strings.Contains(notes, "failed") {
				t.Errorf("%s: %s", pattern, notes)
			}
		}
	})
}

// A range finds what stands in it, by nanoseconds where the index has them.
func TestSearchRanges(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		var docs []string
		for i := range 12 {
			docs = append(docs, fmt.Sprintf(`{"@timestamp":"2026-05-01T10:00:00.%09dZ"}`, i*250_000))
		}
		docs = append(docs, `{"message":"none"}`)
		put(t, server, "b1-range-ms", `{"properties":{"@timestamp":{"type":"date"}}}`, docs...)
		put(t, server, "b1-range-ns", `{"properties":{"@timestamp":{"type":"date_nanos"}}}`, docs...)
		base := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC).UnixNano()
		for _, pattern := range []string{"b1-range-ms", "b1-range-ns", "b1-range-*"} {
			s := newSource(t, server, Options{Index: pattern})
			all := allPages(t, s, sources.Request{Filter: everything, Limit: 50})
			for _, r := range [][2]int64{{base, base + milli}, {base + 1, base + milli}, {base + 250_000, base + milli + 1}, {base + milli, logs.NoTime}, {logs.NoTime, base + milli}, {logs.NoTime, base + 500_001},
				{logs.NoTime, -5}, {-5, base + 1}, {base + 2*milli, base + milli}, {math.MinInt64 + 1, math.MaxInt64}} {
				f := sources.Filter{From: r[0], To: r[1]}
				var want []string
				for _, h := range all {
					if (f.From == logs.NoTime || h.Time >= f.From) && (f.To == logs.NoTime || h.Time < f.To) {
						want = append(want, h.ID)
					}
				}
				if got, _ := bothWays(t, s, f); !slices.Equal(got, want) {
					t.Errorf("%s, from %d to %d: %v, want %v", pattern, f.From-base, f.To-base, got, want)
				}
			}
		}
	})
}

// Indices that map a field differently are each asked in their own way; one
// whose time is no date is left out, and the answer says so.
func TestSearchConflicts(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		date := `"@timestamp":{"type":"date"}`
		put(t, server, "b1-mix-long", `{"properties":{`+date+`,"code":{"type":"long"},"name":{"type":"text"}}}`, `{"@timestamp":"2026-05-01T10:00:00Z","code":404,"name":"Web one"}`, `{"@timestamp":"2026-05-01T10:00:01Z","code":500,"name":"two"}`)
		put(t, server, "b1-mix-word", `{"properties":{`+date+`,"code":{"type":"keyword"},"name":{"type":"keyword"}}}`, `{"@timestamp":"2026-05-01T10:00:02Z","code":"404","name":"Web one"}`, `{"@timestamp":"2026-05-01T10:00:03Z","code":"E404","name":"web one"}`)
		put(t, server, "b1-mix-none", `{"properties":{`+date+`,"items":{"type":"nested","properties":{"sku":{"type":"long"}}}}}`, `{"@timestamp":"2026-05-01T10:00:04Z","items":[{"sku":7}]}`)
		put(t, server, "b1-mix-text", `{"properties":{"@timestamp":{"type":"keyword"}}}`, `{"@timestamp":"2026-05-01T10:00:05Z"}`)
		s := newSource(t, server, Options{Index: "b1-mix-*"})
		for text, want := range map[string][]string{
			`*`:               {"b1-mix-long/0", "b1-mix-long/1", "b1-mix-word/0", "b1-mix-word/1", "b1-mix-none/0"},
			`code:404`:        {"b1-mix-long/0", "b1-mix-word/0"},
			`code > 450`:      {"b1-mix-long/1"},
			`code:E404`:       {"b1-mix-word/1"},
			`not code:404`:    {"b1-mix-long/1", "b1-mix-word/1", "b1-mix-none/0"},
			`items:{ sku:7 }`: {"b1-mix-none/0"},
			`not items.sku:7`: {"b1-mix-long/0", "b1-mix-long/1", "b1-mix-word/0", "b1-mix-word/1"},
			`name:"Web one"`:  {"b1-mix-long/0", "b1-mix-word/0"},
		} {
			f := queried(t, text)
			found, hits := bothWays(t, s, f)
			q := query.Compile(f.Query, query.Env{})
			var got []string
			for _, id := range found {
				if q.Match(hits[id].Record) {
					got = append(got, id)
				}
			}
			a, err := s.catalog(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if asked := a.ask(f); !slices.Equal(got, want) || len(found) != len(got) && !asked.wider {
				t.Errorf("%s finds %v, want %v, wider: %t", text, found, want, asked.wider)
			}
			if notes := notesOf(t, s, f); !strings.Contains(notes, "left out: @timestamp is no date in b1-mix-text") || strings.Contains(notes, "failed") {
				t.Errorf("%s: it says %q", text, notes)
			}
		}
	})
}

// Documents of many fields, of megabytes, over several lines, and those that their index keeps no source of, are records.
func TestSearchOddDocuments(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		var wide strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&wide, `,"field%d":{"a":[%d,{"b":"x"}]}`, i, i)
		}
		date := `{"dynamic":false,"properties":{"@timestamp":{"type":"date"}}}`
		put(t, server, "b1-docs", date, `{"@timestamp":"2026-05-01T10:00:00Z"`+wide.String()+`}`, `{"@timestamp":"2026-05-01T10:00:01Z","message":"`+strings.Repeat("long ", 1<<20)+`"}`, `{}`)
		server.Do(t, http.MethodPut, "/b1-docs/_doc/3?refresh=true", "{\n  \"@timestamp\": \"2026-05-01T10:00:02Z\",\r\n  \"message\": \"two\\nlines\"\n}")
		put(t, server, "b1-bare", `{"_source":{"enabled":false},"properties":{"@timestamp":{"type":"date_nanos"},"message":{"type":"keyword"},"n":{"type":"long"},"log":{"properties":{"level":{"type":"keyword"}}}}}`,
			`{"@timestamp":"2026-05-01T10:00:03.000000001Z","message":"hello","n":[3,4],"log":{"level":"error"}}`)

		_, hits := bothWays(t, newSource(t, server, Options{Index: "b1-docs"}), everything)
		if r := hits["b1-docs/0"].Record; len(r.Attrs) != 1000 {
			t.Errorf("%d fields", len(r.Attrs))
		}
		if r := hits["b1-docs/1"].Record; len(r.Raw) < 5<<20 || len(r.Body) != logs.MaxDecode || r.Marks&logs.Cut == 0 {
			t.Errorf("%d bytes, marks %d", len(r.Raw), r.Marks)
		}
		if h := hits["b1-docs/2"]; h.Time != logs.NoTime || string(h.Record.Raw) != "{}\n" {
			t.Errorf("%v", h)
		}
		if r := hits["b1-docs/3"].Record; string(r.Raw) != `{"@timestamp":"2026-05-01T10:00:02Z","message":"two\nlines"}`+"\n" || r.Body != "two\nlines" {
			t.Errorf("%q of %s", r.Body, r.Raw)
		}

		s := newSource(t, server, Options{Index: "b1-docs,b1-bare"})
		_, hits = bothWays(t, s, everything)
		r := hits["b1-bare/0"].Record
		if n, _ := r.Attr("n"); r.Body != "hello" || r.Severity != logs.Error || len(n.Items) != 2 || r.Time != time.Date(2026, 5, 1, 10, 0, 3, 1, time.UTC).UnixNano() {
			t.Errorf("%+v", r)
		}
		if notes := notesOf(t, s, everything); !strings.Contains(notes, "b1-bare keeps no _source") {
			t.Errorf("it says %q", notes)
		}
	})
}

// Options name the fields that hold the time, the level and the message.
func TestSearchNamedFields(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		put(t, server, "b1-named", `{"properties":{"@timestamp":{"type":"date"},"event":{"properties":{"at":{"type":"date"}}},"sev":{"type":"keyword"},"txt":{"type":"text"},"message":{"type":"text"}}}`,
			`{"@timestamp":"2026-05-01T10:00:00Z","event":{"at":"2026-05-01T09:00:00.000125Z"},"sev":"error","txt":"the text","message":"other"}`,
			`{"@timestamp":"2026-05-01T08:00:00Z","event":{"at":"2026-05-01T09:30:00Z"},"log.level":"info","message":"only"}`)
		s := newSource(t, server, Options{Index: "b1-named", TimeField: "event.at", Fields: map[logs.Core]string{logs.CoreLevel: "sev", logs.CoreMessage: "txt"}})
		order, hits := bothWays(t, s, everything)
		if !slices.Equal(order, []string{"b1-named/0", "b1-named/1"}) {
			t.Errorf("the order is %v", order)
		}
		r := hits["b1-named/0"].Record
		message, _ := r.Attr("message")
		stamp, _ := r.Attr("@timestamp")
		if r.Time != time.Date(2026, 5, 1, 9, 0, 0, 125_000, time.UTC).UnixNano() || r.Severity != logs.Error || r.Body != "the text" || message.Str != "other" || stamp.Str != "2026-05-01T10:00:00Z" {
			t.Errorf("%+v", r)
		}
		if r := hits["b1-named/1"].Record; r.Body != "only" || r.Severity != logs.Info {
			t.Errorf("%+v", r)
		}
		f := everything
		f.Level = logs.Error
		if order, _ := bothWays(t, s, f); !slices.Equal(order, []string{"b1-named/0"}) {
			t.Errorf("errors are %v", order)
		}
	})
}

// What cannot be asked is said with what there is instead.
func TestSearchWithoutIndex(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		put(t, server, "b1-untimed", `{"properties":{"made_on":{"type":"date"},"@timestamp":{"type":"keyword"}}}`, `{"made_on":"2026-05-01T10:00:00Z"}`)
		for _, c := range []struct {
			o    Options
			want string
		}{
			{Options{Index: "b1-nothing-*"}, "prod: no index matches b1-nothing-*: there are "},
			{Options{Index: "b1-nothing"}, "prod: no index matches b1-nothing: there are "},
			{Options{Index: "b1-untimed"}, "prod: no index of b1-untimed has a date named @timestamp, timestamp, time, ts, date, t: set time_field to one that they have: made_on"},
			{Options{Index: "b1-untimed", TimeField: "when"}, "prod: no index of b1-untimed has a date named when: set time_field to one that they have: made_on"},
		} {
			_, err := newSource(t, server, c.o).Search(t.Context(), sources.Request{Filter: everything, Limit: 1})
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), " .") {
				t.Errorf("%+v: %v", c.o.Index, err)
			}
		}
	})
}
