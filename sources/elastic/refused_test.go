package elastic

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
)

// A gateway that refuses the indices' mappings without a word leaves them unknown, and nothing else.
func TestMappingsRefusedWithoutAWord(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(3, 1)...)
	to, err := url.Parse(f.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" || strings.HasSuffix(r.URL.Path, "_field_caps") || strings.HasSuffix(r.URL.Path, "_search") {
			proxy.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusMethodNotAllowed)
	}))
	t.Cleanup(gateway.Close)
	f.url = gateway.URL
	s := f.source(Options{})
	page, err := s.Search(t.Context(), newestOf(10))
	if err != nil || len(page.Hits) != 3 {
		t.Fatalf("%d hits, %v", len(page.Hits), err)
	}
	for _, h := range page.Hits {
		if raw := string(h.Record.Raw); strings.Count(raw, "\n") != 1 || !strings.HasSuffix(raw, "}\n") {
			t.Errorf("%q is no line", raw)
		}
	}
}

// A question for the severities of a part of a level is exact, as one for whole levels is.
func TestSeveritiesAreAskedExactly(t *testing.T) {
	c, err := newFakeServer(t).source(Options{}).catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for least := range 25 {
		f := everything
		for range least {
			f.Level++
		}
		if a := c.ask(f); a.wider || len(a.missed) > 0 {
			t.Errorf("from severity %d on it is asked wider: %t, missed: %v", least, a.wider, a.missed)
		}
	}
}
