package query

import (
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
)

// An Env is what the meaning of a query depends on beside its text.
type Env struct {
	Now        time.Time      // what "now-15m" counts from
	Location   *time.Location // of times without a zone; nil is UTC
	TextFields []string       // fields that match by words beside logs.WordFields
}

// IsWordField reports whether the field matches by words rather than whole.
func (e *Env) IsWordField(name string) bool {
	return logs.IsWordField(name) || slices.Contains(e.TextFields, name)
}

// A Query is a tree made ready to be asked about records. It is safe for any number of goroutines.
type Query struct {
	node       Node
	root       matcher
	env        Env
	asksSource bool
}

// Compile settles once what does not depend on the record: words, numbers and times of the literals.
func Compile(n Node, e Env) *Query {
	if e.Location == nil {
		e.Location = time.UTC
	}
	return &Query{n, n.bind(scope{env: &e}), e, asksSource(n)}
}

// Match reports whether the query holds for r.
func (q *Query) Match(r *logs.Record) bool { return q.root.match(r) }

// Node returns the tree that the query was made of.
func (q *Query) Node() Node { return q.node }

// A matcher is a node with all settled that does not depend on the record.
type matcher interface {
	match(r *logs.Record) bool
}

// A scope is where a node stands.
type scope struct {
	env  *Env
	path string // of the nested nodes around it, ending in a dot; "" where there are none
}
