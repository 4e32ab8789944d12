package elastic

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Times of documents that nanoseconds cannot express are not taken for others.
func TestNanosOfAMetric(t *testing.T) {
	for ms, want := range map[float64]int64{
		0: 0, 1_700_000_000_123: 1_700_000_000_123 * milli, -1000: -1000 * milli,
		253_402_300_799_000: 0, -377_705_116_800_000: 0, 1e300: 0, -1e300: 0,
	} {
		if got := (value{ms}).nanos(); got != want {
			t.Errorf("%g ms are %d ns", ms, got)
		}
	}
}

// However many shards a server says that there are, it is not asked for ever.
func TestShardNumbersAreBounded(t *testing.T) {
	asked := 0
	s := saying(t, func(r *http.Request) string {
		if asked++; strings.HasPrefix(r.URL.Query().Get("preference"), "_shards") && asked < 5000 {
			return `{"_shards":{"total":1}}`
		}
		return `{"_shards":{"total":9223372036854775807}}`
	})
	if numbers, err := s.shardNumbers(t.Context()); err != nil || len(numbers) != maxShards {
		t.Errorf("%d numbers: %v", len(numbers), err)
	}
}

// An answer without what was asked for is an error, and not asked for again.
func TestMinutesThatAreNotAnswered(t *testing.T) {
	asked := 0
	s := counting(t, func(body string) (int, string) {
		if z, err := gzip.NewReader(strings.NewReader(body)); err == nil {
			text, _ := io.ReadAll(z)
			body = string(text)
		}
		switch {
		case strings.Contains(body, `"levels"`) && strings.Contains(body, "date_histogram"):
			return 429, `{"error":{"type":"circuit_breaking_exception","reason":"large"}}`
		case strings.Contains(body, "date_histogram"):
			if asked++; asked > 5 {
				return 200, `{"_shards":{"total":1},"aggregations":{"minutes":{"buckets":[]}}}`
			}
		}
		return 200, `{"_shards":{"total":1},"hits":{"total":{"value":1}},"aggregations":{"levels":{"buckets":{}}}}`
	})
	if got, err := s.Totals(t.Context(), allOfThem); err == nil || asked != 1 {
		t.Errorf("%+v after %d questions: %v", got, asked, err)
	}
}

// The names of fields within each other do not grow without a bound.
func TestNamesOfFieldsAreBounded(t *testing.T) {
	of := map[string]property{}
	top := of
	for range 1000 {
		within := map[string]property{}
		of[strings.Repeat("x", 1000)] = property{Type: "keyword", Properties: within}
		of = within
	}
	out := limitsOf{}
	addLimits(out, "", top, 256)
	for name := range out {
		if len(name) > maxFieldName {
			t.Errorf("a name of %d bytes", len(name))
		}
	}
	if len(out) == 0 {
		t.Error("there are none")
	}
}

// What a server calls an index comes into no error as it is.
func TestErrorsOfOneIndexAreClean(t *testing.T) {
	s := saying(t, func(*http.Request) string { return `{"responses":[{"status":400,"error":{"type":"x"}}]}` })
	_, err := s.each(t.Context(), []string{"a\x1b[31mb"}, anyShard, func(string) object { return object{} })
	if err == nil || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%q", err)
	}
	f := &figures{Aggregations: map[string]json.RawMessage{"a": json.RawMessage("1" + strings.Repeat("0", 10_000))}}
	var into int64
	if err := f.read("a", &into); err == nil || len(err.Error()) > 2*maxText {
		t.Errorf("an error of %d bytes", len(err.Error()))
	}
}

// Of an answer that is nothing but hits, as many are taken as can have been asked for.
func TestHitsAreBounded(t *testing.T) {
	for _, hit := range []string{`{}`, `{"_ID":"x"}`} { // the second is for encoding/json
		hits := func(n int) error {
			body := []byte(`{"hits":{"hits":[` + strings.Repeat(hit+",", n-1) + hit + `]}}`)
			var a answer
			return (&client{}).read(&reply{status: http.StatusOK, body: body}, &a)
		}
		if err := hits(maxSize); err != nil {
			t.Errorf("%s: %v", hit, err)
		}
		if err := hits(maxSize + 1); err == nil || !strings.Contains(err.Error(), "more than 10000 hits") {
			t.Errorf("%s: %v", hit, err)
		}
	}
}
