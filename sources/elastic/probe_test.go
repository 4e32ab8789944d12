package elastic

import (
	"crypto/x509"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// healthy is what a server answers, by the path, or by a part of it.
var healthy = map[string]string{
	"/": `200 {"version":{"number":"8.19.1"},"tagline":"You Know"}`,
	"_field_caps": `200 {"indices":["logs-a","logs-b"],"fields":{
		"@timestamp":{"date":{"type":"date","metadata_field":false,"searchable":true,"aggregatable":true}},
		"message":{"text":{"type":"text","metadata_field":false,"searchable":true,"aggregatable":false}},
		"level":{"keyword":{"type":"keyword","metadata_field":false,"searchable":true,"aggregatable":true}},
		"app.env":{"keyword":{"type":"keyword","metadata_field":false,"searchable":true,"aggregatable":true}}}}`,
	"/logs-*": `200 {}`,
	"_search": `200 {"timed_out":false,"_shards":{"total":2,"failed":0},"hits":{"total":{"value":7,"relation":"eq"}},
		"aggregations":{"indices":{"buckets":[{"key":"logs-a","doc_count":7}]},"newest":{"value":1772600767123.0}}}`,
	"_cat/indices": `200 [{"index":"logs-a","store.size":"4096"},{"index":"logs-b","store.size":null}]`,
}

// probing probes a server that answers as the healthy one but for some paths.
func probing(t *testing.T, o Options, instead map[string]string) Report {
	t.Helper()
	answers := maps.Clone(healthy)
	maps.Copy(answers, instead)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for path, answer := range answers {
			if path[0] == '/' && r.URL.Path == path || path[0] != '/' && strings.Contains(r.URL.Path, path) {
				w.Header().Set("X-Elastic-Product", "Elasticsearch")
				play(w, answer)
				return
			}
		}
		play(w, `403 {"error":{"type":"security_exception","reason":"nothing else"}}`)
	}))
	defer s.Close()
	o.Name, o.Index, o.URLs = "prod", "logs-*", []string{s.URL}
	o.Now = func() time.Time { return time.Date(2026, 3, 4, 6, 0, 0, 0, time.UTC) }
	r := Probe(t.Context(), o)
	if r.URL != s.URL {
		t.Errorf("reached %q", r.URL)
	}
	return r
}

func (r *Report) allows() string {
	var list []string
	for _, right := range r.Rights {
		if right.Allowed {
			list = append(list, right.API)
		} else if right.Why == "" {
			list = append(list, right.API+" for no reason")
		}
	}
	return strings.Join(list, " ")
}

func TestProbe(t *testing.T) {
	r := probing(t, Options{}, nil)
	if r.Product != "Elasticsearch" || r.Version != "8.19.1" || r.TLS != "" || !r.Usable || r.Total != 7 || r.Matches != 2 || len(r.Problems) > 0 {
		t.Errorf("%+v", r)
	}
	if want := []Matched{{"logs-a", 7, 4096}, {"logs-b", 0, -1}}; !slices.Equal(r.Indices, want) {
		t.Errorf("%v", r.Indices)
	}
	if want := time.Date(2026, 3, 4, 5, 6, 7, 123e6, time.UTC); !r.Newest.Equal(want) {
		t.Error(r.Newest)
	}
	if got := r.allows(); got != "/ _field_caps GET INDEX _search _cat/indices" {
		t.Error(got)
	}
	var taken []string
	for _, f := range r.Fields {
		taken = append(taken, f.Core+": "+strings.Join(f.Names, ", "))
	}
	want := []string{"@timestamp: @timestamp (date)", "log.level: level (keyword)", "service.name: ", "host.name: ", "message: message (text)", "trace.id: "}
	if !slices.Equal(taken, want) {
		t.Errorf("%q", taken)
	}
}

func TestProbeFindsFaults(t *testing.T) {
	const no = `403 {"error":{"type":"security_exception","reason":"action [x] is unauthorized for user [lx] on indices [logs-a], this action is granted by the index privileges [read]"}}`
	for _, c := range []struct {
		name    string
		o       Options
		instead map[string]string
		usable  bool
		allows  string
		problem string // of one problem; "": there is none
	}{
		{"may not see sizes", Options{}, map[string]string{"_cat/indices": no}, true, "/ _field_caps GET INDEX _search", ""},
		{"may not see the version", Options{}, map[string]string{"/": no}, true, "_field_caps GET INDEX _search _cat/indices", ""},
		{"may not search", Options{}, map[string]string{"_search": no}, false, "/ _field_caps GET INDEX _cat/indices", `needs the privilege "read" on "logs-a"`},
		{"may not see fields", Options{}, map[string]string{"_field_caps": no}, false, "/ GET INDEX _search _cat/indices", `needs the privilege "read" on "logs-a"`},
		{"wrong password", Options{Username: "lx", Password: "hunter2"}, map[string]string{"/": "401 {}", "_search": "401 {}"}, false, "", "refuses the user or the password (401)"},
		{"a web page", Options{}, map[string]string{"/": "200 <title>Hi</title>"}, false, "", `web page (title "Hi", status 200)`},
		{"too old", Options{}, map[string]string{"/": `200 {"version":{"number":"6.8.23"},"tagline":"t"}`}, true, "/ _field_caps GET INDEX _search _cat/indices", "6.8.23 is older than 7.17"},
		{"shards are missing", Options{}, map[string]string{"_search": `200 {"_shards":{"total":2,"failed":1},"hits":{"total":{"value":7}}}`}, true, "/ _field_caps GET INDEX _search _cat/indices", "1 shards do not answer"},
		{"not in time", Options{}, map[string]string{"_search": `200 {"timed_out":true}`}, true, "/ _field_caps GET INDEX _search _cat/indices", "longer than 30 s"},
		{"in the future", Options{}, map[string]string{"_search": `200 {"aggregations":{"newest":{"value":1772610767123}}}`}, true, "/ _field_caps GET INDEX _search _cat/indices", "2026-03-04T07:52:47Z, is still to come"},
		{"a field misspelled", Options{Fields: map[logs.Core]string{logs.CoreService: "ap.env"}}, nil, true, "/ _field_caps GET INDEX _search _cat/indices", `no index has the field "ap.env" that service_field names`},
		{"no level", Options{}, map[string]string{"_field_caps": `200 {"indices":["logs-a"],"fields":{"@timestamp":{"date":{}},"message":{"text":{}}}}`}, true, "/ _field_caps GET INDEX _search _cat/indices", "no field holds log.level"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := probing(t, c.o, c.instead)
			if r.Usable != c.usable || r.allows() != c.allows {
				t.Errorf("usable %v, allowed %s", r.Usable, r.allows())
			}
			found := slices.ContainsFunc(r.Problems, func(p string) bool { return c.problem != "" && strings.Contains(p, c.problem) })
			if found != (c.problem != "") || c.problem == "" && len(r.Problems) > 0 {
				t.Errorf("problems %q", r.Problems)
			}
		})
	}
}

func TestProbeOfNothing(t *testing.T) {
	r := Probe(t.Context(), Options{Name: "prod", URLs: []string{"localhost"}})
	if r.Usable || r.URL != "" || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "is not a URL") {
		t.Errorf("%+v", r)
	}
	r = Probe(t.Context(), Options{Name: "prod", URLs: []string{"http://nowhere.invalid:9200"}, APIKey: "a:hunter2"})
	if r.Usable || r.URL != "" || len(r.Problems) != 2 || !strings.Contains(r.Problems[0], "the API key is sent to nowhere.invalid:9200 without TLS") || strings.Contains(strings.Join(r.Problems, ""), "hunter2") {
		t.Errorf("%+v", r)
	}
}

func TestProbeOverTLS(t *testing.T) {
	ca := certify(t, nil, isCA)
	s := secure(t, nil, certify(t, ca, func(*x509.Certificate) {}))
	r := Probe(t.Context(), Options{Name: "prod", URLs: []string{s}, CA: ca.pem()})
	if r.TLS != "TLS 1.3" || !slices.ContainsFunc(r.Problems, func(p string) bool { return strings.Contains(p, "certificate expires on") }) {
		t.Errorf("%+v", r)
	}
}
