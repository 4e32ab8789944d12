// Package query is the language that asks for records: Kibana's KQL, with
// regular expressions and comparisons of levels added.
//
//	timeout                        free text: the word, in any case, anywhere in the record
//	"read timed out"               a phrase
//	*timeout*                      a wildcard, here a substring
//	service:payment                a field, whole and case-sensitive
//	message:timeout                a field that matches by words
//	level:(ERROR or WARN)          one of several
//	not path:/healthz
//	http.response.status_code >= 500 and level >= WARN
//	@timestamp >= "now-15m"
//	user:*                         the field exists
//	items:{ sku:7 and count > 2 }  both of one element of an array
//	message:/time(d )?out/         a regular expression (RE2)
//
// [Parse] makes a tree of a text, a tree's String is a text that parses to the
// same tree, and [Compile] makes a tree ready to be asked about records:
//
//	n, err := query.Parse(`level >= WARN and timeout`)
//	q := query.Compile(n, query.Env{Now: now, Location: time.Local})
//	if q.Match(record) { ... }
//
// Match on one decoded record is the definition of the language: whatever finds
// records faster is tested against it.
//
// Every kind of node has a file of its own, with its syntax and what it holds for.
package query
