package dsl

import "strings"

// object and list are what queries are made of.
type (
	object = map[string]any
	list   = []any
)

func matchAll() object { return object{"match_all": object{}} }

func matchNone() object { return object{"match_none": object{}} }

// anyOf holds where any of the clauses does.
func anyOf(clauses ...any) object {
	return object{"bool": object{"should": append(list{}, clauses...), "minimum_should_match": 1}}
}

// allOf holds where all of the clauses do, without scoring.
func allOf(clauses ...any) object {
	return object{"bool": object{"filter": append(list{}, clauses...)}}
}

// oneOf and eachOf are anyOf and allOf of clauses of which there may be only one:
// a server takes just 30 levels of lists within each other.
func oneOf(clauses list) any {
	if len(clauses) == 1 {
		return clauses[0]
	}
	return anyOf(clauses...)
}

func eachOf(clauses list) any {
	if len(clauses) == 1 {
		return clauses[0]
	}
	return allOf(clauses...)
}

func noneOf(clause any) object { return object{"bool": object{"must_not": clause}} }

func exists(field string) object { return object{"exists": object{"field": field}} }

func nested(path string, of any) object {
	return object{"nested": object{"path": path, "query": of, "score_mode": "none"}}
}

// leaf is {kind: {field: value}}.
func leaf(kind, field string, value any) object { return object{kind: object{field: value}} }

// queryString escapes the parts of a wildcard for query_string, and joins them by stars.
func queryString(parts []string) string {
	escaped := make([]string, len(parts))
	for i, s := range parts {
		escaped[i] = queryStringEscapes.Replace(s)
	}
	return strings.Join(escaped, "*")
}

var queryStringEscapes = escapes("+-=&|><!(){}[]^\"~*?:\\/")

// escapes puts a backslash before each of the characters.
func escapes(of string) *strings.Replacer {
	var pairs []string
	for _, c := range of {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(pairs...)
}
