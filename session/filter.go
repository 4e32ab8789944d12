package session

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

func inRange(f *sources.Filter, t int64) bool {
	return (f.From == logs.NoTime || t >= f.From) && (f.To == logs.NoTime || t < f.To)
}

// matches reports whether a hit of a Searcher is one of the view's, all parts of the filter looked at.
func (v *view) matches(h *sources.Hit) bool {
	return h.Record.Severity >= v.filter.Level && inRange(&v.filter, h.Time) && (v.query == nil || v.query.Match(h.Record))
}
