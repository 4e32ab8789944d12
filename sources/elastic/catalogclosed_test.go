package elastic

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// Elasticsearch 7 tells no fields where a closed index is named: what is open is searched all the same.
func TestCatalogBesideClosedIndex(t *testing.T) {
	const closed = `{"error":{"type":"cluster_block_exception","reason":"index [b] blocked by: [FORBIDDEN/4/index closed];"},"status":403}`
	for _, c := range []struct{ index, settings, want string }{
		{"a,b", `{"a":{"settings":{"index":{"uuid":"1"}}},"b":{"settings":{"index":{"uuid":"2","verified_before_close":"true"}}}}`, ""},
		{"b", `{"b":{"settings":{"index":{"uuid":"2","verified_before_close":"true"}}}}`, `prod has closed the index "b": have it opened`},
		{"a,b", "", `prod has closed the index "b": have it opened`},
	} {
		f := newFakeServer(t)
		f.caps = strings.Replace(usualCaps, "logs-1", "a", 1)
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path := strings.Split(r.URL.Path, "/")
			switch {
			case strings.HasSuffix(r.URL.Path, "/_field_caps") && path[1] != "a":
				w.WriteHeader(http.StatusForbidden)
				fmt.Fprint(w, closed)
			case slices.Contains(path, "_settings") && c.settings != "":
				fmt.Fprint(w, c.settings)
			default:
				f.ServeHTTP(w, r)
			}
		}))
		t.Cleanup(front.Close)
		s, err := New(Options{Name: "prod", URLs: []string{front.URL}, Index: c.index})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.client.close)
		known, err := s.catalog(t.Context())
		switch {
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || refusesUs(err)):
			t.Errorf("%s: %v, want %s", c.index, err, c.want)
		case c.want == "" && (err != nil || fmt.Sprint(known.target, known.indices) != "[a] [a]"):
			t.Errorf("%s: %+v, %v", c.index, known, err)
		}
	}
}
