package ui

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// sameSource is the query of what comes from where a record comes from: its service, or its file where it names none.
func sameSource(r *logs.Record) query.Node {
	if r.Service != "" {
		return same("service", r.Service)
	}
	return same(query.SourceField, r.Source())
}

// same is the query of one value of a field.
func same(field, value string) query.Node {
	return (&query.Env{}).Condition(field, logs.TextValue(value))
}
