package elastic

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
)

func TestIndexIsNamedItself(t *testing.T) {
	for _, c := range []struct {
		target, index string
		want          bool
	}{
		{"logs-1", "logs-1", true}, {"logs-*", "logs-1", true}, {"*", "a", true}, {"all", "logs-1", false}, {"a,logs-*", "logs-1", true},
		{"logs-app", ".ds-logs-app-2026.05.01-000001", true}, {"logs-*", ".ds-logs-app-2026.05.01-000001", true}, {"all", ".ds-logs-app-2026.05.01-000001", false},
		{"logs", ".ds-", false}, {"[", "a", false},
	} {
		if got := namedItself(strings.Split(c.target, ","), c.index); got != c.want {
			t.Errorf("%s by %s: %t", c.index, c.target, got)
		}
	}
}

// An index that an alias shows a part of is not asked by its own name, which would show all of it; any other may be.
func TestFilteredAliasesAreKept(t *testing.T) {
	for aliases, filtered := range map[string]bool{
		`{}`: false, `{"logs-1":{"aliases":{"all":{"filter":{"term":{"a":1}}}}}}`: true, `{"error":"no","status":403}`: true,
	} {
		s, err := New(Options{Name: "prod", URLs: []string{"http://search.example:9200"}, Index: "all"})
		if err != nil {
			t.Fatal(err)
		}
		var asked []string // the paths of searches, and what they ask
		s.client.nodes[0].transport = transportFunc(func(r *http.Request) (*http.Response, error) {
			status, text := http.StatusOK, `{"_shards":{"total":1},"hits":{"hits":[]}}`
			switch {
			case r.URL.Path == "/":
				text = `{"version":{"number":"8.19.1"},"tagline":"You Know, for Search"}`
			case strings.HasSuffix(r.URL.Path, "_field_caps"):
				text = `{"indices":["logs-1","logs-2"],"fields":{"@timestamp":{"date":{}},"code":{"long":{"indices":["logs-1"]},"keyword":{"indices":["logs-2"]}}}}`
			case strings.HasSuffix(r.URL.Path, "_alias"):
				if text = aliases; strings.Contains(text, "403") {
					status = http.StatusForbidden
				}
			case strings.HasSuffix(r.URL.Path, "_search"):
				body, err := bodyOf(r)
				if err != nil {
					t.Error(err)
				}
				asked = append(asked, r.URL.Path+" "+string(body))
			}
			return &http.Response{StatusCode: status, Header: http.Header{"X-Elastic-Product": {"Elasticsearch"}}, Body: io.NopCloser(strings.NewReader(text))}, nil
		})
		c, err := s.catalog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		of, err := s.narrowed(t.Context(), []string{"logs-1"})
		if err != nil || (of == s) != filtered {
			t.Errorf("%s: news of one index are asked of all: %t, %v", aliases, of == s, err)
		}
		n, _ := query.Parse("code:7")
		if parts := c.apart(sources.Filter{Query: n, From: everything.From, To: everything.To}); (len(parts) == 1) != filtered {
			t.Errorf("%s: it is asked in %d parts", aliases, len(parts))
		}
		asked = nil
		part := census{s: s, c: c, shard: anyShard, target: []string{"logs-1"}}
		if _, err := part.ask(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		whole := slices.ContainsFunc(asked, func(q string) bool {
			return strings.HasPrefix(q, "/all/_search ") && strings.Contains(q, `{"terms":{"_index":["logs-1"]}}`)
		})
		if whole != filtered || len(asked) != 1 {
			t.Errorf("%s: figures of one index are asked for by %q", aliases, asked)
		}
	}
}
