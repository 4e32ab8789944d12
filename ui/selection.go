package ui

import (
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
)

// A selection is what is chosen of all records: by the filter bar, the level and the range of time.
type selection struct {
	query    query.Node // what the filter bar holds; nil: everything
	extra    query.Node // what a layer adds to it; nil at the root
	level    logs.Severity
	from, to int64
	last     time.Duration // the range ends now and is so long; 0: from and to stand
}

func selectionOf(f session.Filter, last time.Duration) selection {
	return selection{query: meaning(f.Query), level: f.Level, from: f.From, to: f.To, last: last}
}

// everything is all records of all times.
func everything() selection { return selection{from: logs.NoTime, to: logs.NoTime} }

// meaning is nil for a query that leaves nothing out.
func meaning(n query.Node) query.Node {
	if n == nil {
		return nil
	}
	if _, all := query.Simplify(n).(*query.Everything); all {
		return nil
	}
	return n
}

// node is the whole query; nil: everything.
func (s selection) node() query.Node {
	switch {
	case s.query == nil:
		return s.extra
	case s.extra == nil:
		return s.query
	}
	return query.With(s.query, s.extra)
}

// narrows reports whether query or level may leave records of the time out.
func (s selection) narrows() bool { return s.node() != nil || s.level > 0 }

// text is the query as it is typed.
func (s selection) text() string {
	if n := s.node(); n != nil {
		return n.String()
	}
	return ""
}

func (s selection) filter() session.Filter {
	return session.Filter{Query: s.node(), Level: s.level, From: s.from, To: s.to}
}

// ranged reports whether times leave records out.
func (s selection) ranged() bool { return s.from != logs.NoTime || s.to != logs.NoTime }

// at is the selection at a moment: a range that ends now has moved on.
func (s selection) at(now time.Time) selection {
	if s.last > 0 {
		s.from, s.to = now.Add(-s.last).UnixNano(), logs.NoTime
	}
	return s
}
