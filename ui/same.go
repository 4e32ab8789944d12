package ui

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// sameSource is the query of what comes from where a record comes from: its service, or its file where it names none.
func sameSource(r *logs.Record) query.Node {
	if r.Service != "" {
		return same(logs.CoreService.Key(), r.Service)
	}
	return same("source", r.Source())
}
