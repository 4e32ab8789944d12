//go:build servers

package elastic_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/summary"
)

const normalizedQueries = `
service:Payment
service:payment
not service:payment
service:Pay*
service:/^pay/
service >= Q
service:*
tag:Café
tag:cafe
tag:*AF*
not tag:CAFE
tag:(CAFE or cafe)
level:Error
level:error
not level:error
level >= WARN
Payment
cafe
`

// Keywords that an index writes in other letters are asked for as the documents have them.
func TestNormalizedKeywords(t *testing.T) {
	var lines [][]byte
	for i := range 60 {
		lines = append(lines, fmt.Appendf(nil, `{"n":%d,"@timestamp":"2026-03-14T08:00:%02dZ","service":%q,"tag":%q,"level":%q,"message":"m%d"}`, i, i,
			[]string{"Payment", "payment", "PAYMENT", "orders"}[i%4], []string{"Café", "cafe", "CAFE", "bar", ""}[i%5], []string{"Error", "error", "INFO"}[i%3], i))
	}
	d := inFile(t, "normalized", lines)
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			server := servertest.Shared(t, kind)
			keyword := object{"type": "keyword", "normalizer": "lowercase"}
			server.Do(t, http.MethodPut, "/odd-normalized", object{
				"mappings": object{"properties": object{"service": keyword, "tag": keyword, "level": keyword}},
			})
			server.Bulk(t, "odd-normalized", 0, d.lines)
			c := comparisonOf(t, server, d, "normalized", "odd-normalized")
			c.sameRecords(t)
			for _, text := range strings.Split(strings.TrimSpace(normalizedQueries), "\n") {
				c.query(t, text, false)
			}
			totals, err := viewOf(t, c.session, anyTime(nil)).Totals(t.Context())
			must(t, err)
			if totals.Records != (summary.Count{N: 60}) || totals.Services["payment"] != 45 || !strings.Contains(fmt.Sprint(totals.Notes), "service") {
				t.Errorf("%v, services %v, notes %v", totals.Records, totals.Services, totals.Notes)
			}
			list, _, err := c.source.Facets(t.Context(), anyTime(nil), 5)
			must(t, err)
			for _, f := range list {
				if f.Field == "tag" && f.Exact {
					t.Errorf("its values are not those of the documents: %v", f.Top)
				}
			}
			t.Logf("%s: %d exact, %d wider, %d missed", kind, c.exact, c.wider, c.missed)
		})
	}
}
