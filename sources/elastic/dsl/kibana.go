package dsl

import "github.com/lxlog/lx/query"

// kibana is the translation that Kibana makes where it knows no fields: names as
// written, under path in nested queries. A regular expression, which Kibana does
// not have, is a regexp query, or one of query_string in free text.
// Source: Kibana, package kbn-es-query, the kuery functions.
func kibana(n query.Node, path string) any {
	switch n := n.(type) {
	case *query.And:
		return allOf(kibanaList(n.Nodes, path)...)
	case *query.Or:
		return anyOf(kibanaList(n.Nodes, path)...)
	case *query.Not:
		return noneOf(kibana(n.Node, path))
	case *query.Nested:
		return nested(path+n.Field.Name, kibana(n.Node, path+n.Field.Name+"."))
	case *query.Text:
		return kibanaText(n.Value)
	case *query.Is:
		return anyOf(kibanaIs(path+n.Field.Name, n.Value))
	case *query.Exists:
		return anyOf(exists(path + n.Field.Name))
	case *query.Compare:
		return anyOf(leaf("range", path+n.Field.Name, object{rangeNames[n.Op]: literal(n.Value)}))
	}
	return matchAll()
}

func kibanaList(nodes []query.Node, path string) list {
	var out list
	for _, n := range nodes {
		out = append(out, kibana(n, path))
	}
	return out
}

var rangeNames = map[query.Op]string{
	query.Greater: "gt", query.GreaterOrEqual: "gte", query.Less: "lt", query.LessOrEqual: "lte",
}

func kibanaText(v query.Value) any {
	switch v.Kind {
	case query.Wildcard:
		return object{"query_string": object{"query": queryString(v.Parts)}}
	case query.Regexp:
		pattern, _ := luceneRegexp(v.Text)
		return object{"query_string": object{"query": "/" + slashes.Replace(pattern) + "/"}}
	}
	kind := "best_fields"
	if v.Kind == query.Quoted {
		kind = "phrase"
	}
	return object{"multi_match": object{"type": kind, "query": literal(v), "lenient": true}}
}

var slashes = escapes("/")

func kibanaIs(field string, v query.Value) any {
	switch v.Kind {
	case query.Wildcard:
		return object{"query_string": object{"fields": list{field}, "query": queryString(v.Parts)}}
	case query.Regexp:
		pattern, _ := luceneRegexp(v.Text)
		return leaf("regexp", field, pattern)
	case query.Quoted:
		return leaf("match_phrase", field, literal(v))
	}
	return leaf("match", field, literal(v))
}

// literal is a value as JSON has it: unquoted, null and the truth values are no texts.
func literal(v query.Value) any {
	if v.Kind == query.Plain {
		switch v.Text {
		case "null":
			return nil
		case "true":
			return true
		case "false":
			return false
		}
	}
	return v.Text
}
