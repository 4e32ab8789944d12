package elastic

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// counting is a source whose server has one index, and answers counts as told.
func counting(t *testing.T, search func(body string) (status int, answer string)) *Source {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		switch {
		case strings.HasSuffix(r.URL.Path, "/_search"):
			body, _ := io.ReadAll(r.Body)
			var asked struct {
				Size int
			}
			_ = json.Unmarshal(body, &asked)
			switch {
			case asked.Size > 0 && !strings.Contains(string(body), `"sort":[{"@timestamp"`): // those without a time
				fmt.Fprint(w, `{"_shards":{"total":1},"hits":{"hits":[]}}`)
				return
			case asked.Size > 0:
				fmt.Fprint(w, `{"_shards":{"total":1},"hits":{"hits":[{"_index":"i","_id":"1","sort":[60000,1],"_source":{"@timestamp":"1970-01-01T00:01:00Z"}}]}}`)
				return
			}
			status, answer := search(string(body))
			w.WriteHeader(status)
			fmt.Fprint(w, answer)
		case strings.HasSuffix(r.URL.Path, "/_field_caps"):
			fmt.Fprint(w, `{"indices":["i"],"fields":{"@timestamp":{"date":{"aggregatable":true}},"log.level":{"keyword":{"aggregatable":true}},"service.name":{"keyword":{"aggregatable":true}},"code":{"long":{"aggregatable":false}}}}`)
		case r.URL.Path == "/":
			fmt.Fprint(w, `{"version":{"number":"8.19.0"}}`)
		default:
			fmt.Fprint(w, `{"i":{"mappings":{"properties":{}}}}`)
		}
	}))
	t.Cleanup(s.Close)
	source, err := New(Options{Name: "prod", URLs: []string{s.URL}, Index: "i"})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

var allOfThem = sources.Filter{From: logs.NoTime, To: logs.NoTime}

// What a server did not count to the end is no exact count.
func TestCountOfAPart(t *testing.T) {
	f := func(answer string, want summary.Count) {
		t.Helper()
		s := counting(t, func(string) (int, string) { return 200, answer })
		if got, err := s.Count(t.Context(), allOfThem); err != nil || got != want {
			t.Errorf("%s: %v, %v", answer, got, err)
		}
	}
	f(`{"_shards":{"total":2},"hits":{"total":{"value":7,"relation":"eq"}}}`, summary.Count{N: 7})
	f(`{"timed_out":true,"_shards":{"total":2},"hits":{"total":{"value":7,"relation":"eq"}}}`, summary.Count{N: 7, Certainty: summary.AtLeast})
	f(`{"_shards":{"total":2,"failed":1,"failures":[{"index":"i","reason":{"type":"x","reason":"broken"}}]},"hits":{"total":{"value":7}}}`, summary.Count{N: 7, Certainty: summary.AtLeast})
}

func TestTotalsOfAPart(t *testing.T) {
	s := counting(t, func(string) (int, string) {
		return 200, `{"timed_out":true,"_shards":{"total":1},"hits":{"total":{"value":9}},"aggregations":{
			"levels":{"buckets":{"ERROR":{"doc_count":4,"minutes":{"buckets":[{"key":60000,"doc_count":4}]}},"none":{"doc_count":5,"minutes":{"buckets":[]}}}},
			"service0":{"doc_count":9,"values":{"sum_other_doc_count":2,"buckets":[{"key":"pay","doc_count":6}]}}}}`
	})
	got, err := s.Totals(t.Context(), allOfThem)
	if err != nil {
		t.Fatal(err)
	}
	if got.Records != (summary.Count{N: 9, Certainty: summary.AtLeast}) || got.Levels != (summary.ByLevel{0: 5, 5: 4}) || got.Services["pay"] != 6 || got.Services[""] != 3 ||
		len(got.Minutes) != 1 || *got.Minutes[60e9] != (summary.ByLevel{5: 4}) || got.First != 60e9 || len(got.Notes) != 2 || !got.Notes[0].Fault {
		t.Errorf("%+v", got)
	}
}

// Where all is too much for a server, it is asked bit by bit.
func TestTotalsOfTooMany(t *testing.T) {
	asked := 0
	s := counting(t, func(body string) (int, string) {
		asked++
		if strings.Contains(body, `"levels"`) && (strings.Contains(body, `"minutes"`) && !strings.Contains(body, `"lt":"1970-01-01T00:02:00.000Z"`) || strings.Contains(body, "service0")) || strings.Contains(body, `"size":10000`) {
			return 503, `{"error":{"type":"search_phase_execution_exception","caused_by":{"type":"too_many_buckets_exception","reason":"too many"}},"status":503}`
		}
		return 200, `{"_shards":{"total":1},"hits":{"total":{"value":1}},"aggregations":{
			"levels":{"buckets":{"WARN":{"doc_count":1,"minutes":{"buckets":[{"key":60000,"doc_count":1}]}}}},"minutes":{"buckets":[{"key":0,"doc_count":1}]},
			"service0":{"doc_count":1,"values":{"buckets":[{"key":"pay","doc_count":1}]}}}}`
	})
	got, err := s.Totals(t.Context(), allOfThem)
	if err != nil || got.Records != (summary.Count{N: 1}) || got.Services["pay"] != 1 || len(got.Minutes) != 1 || got.Levels[4] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if asked > 8 {
		t.Errorf("%d questions", asked)
	}
}

// A field that the server refuses to count stands with its reason beside those that it counts.
func TestFacetsOfARefusedField(t *testing.T) {
	s := counting(t, func(body string) (int, string) {
		if strings.Contains(body, `"field":"code"`) && strings.Contains(body, "cardinality") {
			return 400, `{"error":{"type":"illegal_argument_exception","reason":"no doc values on [code]","root_cause":[{"type":"illegal_argument_exception","reason":"no doc values on [code]"}]},"status":400}`
		}
		part := `{"has":{"doc_count":3},"counted":{"doc_count":3},"distinct":{"value":1},"values":{"buckets":[{"key":"a","doc_count":3}]}}`
		return 200, `{"_shards":{"total":1},"hits":{"total":{"value":2}},"aggregations":{"f0":` + part + `,"f1":` + part + `}}`
	})
	list, notes, err := s.Facets(t.Context(), allOfThem, 5)
	if err != nil || len(notes) > 0 || len(list) != 3 {
		t.Fatalf("%+v, %q, %v", list, notes, err)
	}
	if f := list[0]; f.Field != "log.level" || f.Records != 3 || len(f.Top) != 1 || f.Top[0].Value != "a" {
		t.Errorf("%+v", f)
	}
	if f := list[2]; f.Field != "code" || f.Records != 2 || f.Exact || !strings.Contains(f.Method, "no doc values on [code]") {
		t.Errorf("%+v", f)
	}
}

// No answer whatever brings it down.
func TestHostileFigures(t *testing.T) {
	for _, answer := range []string{`{}`, `[]`, `null`, `{"aggregations":{}}`, `{"aggregations":{"levels":7}}`, `{"aggregations":{"levels":{"buckets":{"x":{"doc_count":-9,"minutes":{"buckets":[{"key":-9223372036854775808,"doc_count":1}]}}}},"service0":[]}}`,
		`{"aggregations":{"f0":{"has":{"doc_count":5},"values":{"buckets":[{"key":{},"doc_count":3},{"key":1e400}]}},"f1":null}}`} {
		s := counting(t, func(string) (int, string) { return 200, answer })
		_, _ = s.Totals(t.Context(), allOfThem)
		_, _ = s.Count(t.Context(), allOfThem)
		_, _, _ = s.Facets(t.Context(), allOfThem, 5)
	}
}

func TestDecimal(t *testing.T) {
	f := func(in string, bits int, want string) {
		t.Helper()
		if got := decimal(in, bits); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	f("7", 64, "7")
	f("-9007199254740993", 64, "-9007199254740993")
	f("1.0E10", 64, "10000000000")
	f("0.10000000149011612", 32, "0.1")
	f("2.5", 64, "2.5")
	f("1.0E300", 64, "1e+300")
}
