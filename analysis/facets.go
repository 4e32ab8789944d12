package analysis

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// Bounds within which facets are exact.
const (
	MaxFields = 10_000    // further fields are left out: Facets.Left
	MaxValues = 100_000   // distinct values of a field; beyond, its facet is a sketch
	MaxValue  = 1 << 10   // bytes of a value, or of a field's name; longer values are told apart by a hash, fields of longer names are left out
	maxHeld   = 256 << 20 // bytes that values take; beyond, the fields that take most become rough sketches
)

// Facets counts the values of every field over records that are added one by one.
// Up to MaxFields fields and MaxValues values of each it is exact. A field with
// more values goes on as a sketch: the most frequent values by Space-Saving
// (Metwally, Agrawal, El Abbadi 2005), the number of different ones by
// HyperLogLog (Flajolet et al. 2007).
//
// It belongs to one goroutine. Others add to Parts of it, which are merged in the end.
type Facets struct {
	common *common
	fields map[string]*facet
	usual  []*facet // those of the last record in their order: the next one mostly has the same
	seen   int64    // records added
}

// common is what the parts of facets share.
type common struct {
	most int64        // bytes that values may take
	held atomic.Int64 // bytes that they take

	mu    sync.Mutex
	names map[string]bool // fields that are counted
	left  map[uint64]bool // hashes of names of others, as many again
}

// NewFacets returns facets of no records.
func NewFacets() *Facets {
	return &Facets{common: &common{most: maxHeld, names: map[string]bool{}, left: map[uint64]bool{}}, fields: map[string]*facet{}}
}

// Part returns facets of no records that another goroutine may add to, and Merge takes.
func (f *Facets) Part() *Facets { return &Facets{common: f.common, fields: map[string]*facet{}} }

// Add counts the fields of a record. A value that stands several times in one record counts once.
func (f *Facets) Add(r *logs.Record) {
	f.seen++
	n := 0
	for key, v := range r.Fields() {
		var at *facet
		if n < len(f.usual) && f.usual[n].name == key {
			at = f.usual[n]
		} else if at = f.field(key); at == nil {
			continue
		} else {
			f.usual = append(f.usual[:n], at)
		}
		n++
		if more := at.add(v, f.seen); more != 0 && f.common.held.Add(more) > f.common.most {
			f.shrink()
		}
	}
}

// field returns the facet of a field; nil where it is left out.
func (f *Facets) field(name string) *facet {
	at := f.fields[name]
	if at == nil && f.common.admits(name) {
		at = newFacet(strings.Clone(name))
		f.fields[at.name] = at
	}
	return at
}

func (c *common) admits(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.names[name]:
		return true
	case len(name) <= MaxValue && len(c.names) < MaxFields:
		c.names[strings.Clone(name)] = true
		return true
	case len(c.left) < MaxFields:
		c.left[maphash.String(seed, name)] = true
	}
	return false
}

// shrink makes the field that takes most bytes a rough sketch.
func (f *Facets) shrink() {
	var most *facet
	for _, a := range f.fields {
		if !a.isRough() && (most == nil || a.held > most.held) {
			most = a
		}
	}
	if most != nil {
		f.common.held.Add(most.roughen())
	}
}

// Merge adds what part counted, which must be a Part of f and is of no use afterwards.
func (f *Facets) Merge(part *Facets) {
	for name, o := range part.fields {
		a := f.fields[name]
		if a == nil {
			f.fields[name] = o
			continue
		}
		before := a.held + o.held
		a.merge(o)
		if f.common.held.Add(a.held-before) > f.common.most {
			f.shrink()
		}
	}
	part.fields, part.usual = nil, nil
}

// Left is how many fields there were that are not counted, at most MaxFields of them told apart.
func (f *Facets) Left() int {
	f.common.mu.Lock()
	defer f.common.mu.Unlock()
	return len(f.common.left)
}

// List returns the facets with their top values, fields in the order of their
// names, core fields first.
func (f *Facets) List(top int) []summary.Facet {
	out := make([]summary.Facet, 0, len(f.fields))
	for _, a := range f.fields {
		out = append(out, a.facet(top))
	}
	summary.SortFacets(out)
	return out
}
