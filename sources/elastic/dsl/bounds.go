package dsl

import "github.com/lxlog/lx/query"

// A server refuses queries within more than 20 others, by its default, and more
// than 1,024 clauses, however deep they stand. Both leave room for what is put
// around a query.
// Sources: settings indices.query.bool.max_nested_depth, indices.query.bool.max_clause_count.
const (
	maxDepth   = 8
	maxClauses = 1000
)

// clauses is how many clauses a server makes of a query object: a text is as many as it has words, in each field.
func clauses(body any) (n int) {
	switch b := body.(type) {
	case list:
		for _, item := range b {
			n += clauses(item)
		}
	case object:
		for kind, of := range b {
			n += clausesOf(kind, of)
		}
	}
	return n
}

func clausesOf(kind string, of any) (n int) {
	switch kind {
	case "bool", "filter", "should", "must_not", "must", "query":
		return clauses(of)
	case "nested":
		return 1 + clauses(of.(object)["query"])
	case "match", "match_phrase":
		for _, text := range of.(object) {
			s, _ := text.(string)
			n += len(query.Words(s))
		}
		return n
	case "multi_match":
		o := of.(object)
		s, _ := o["query"].(string)
		fields, _ := o["fields"].(list)
		return max(1, len(query.Words(s))) * max(1, len(fields))
	case "minimum_should_match":
		return 0
	}
	return 1
}
