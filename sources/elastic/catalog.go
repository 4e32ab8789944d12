package elastic

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic/dsl"
	"github.com/lxlog/lx/sources/format"
)

// A catalog is what is known of the server and of the indices that are asked. It does not change.
type catalog struct {
	source     string         // the source's name
	resource   *logs.Resource // of all of its records
	openSearch bool
	version    string      // "8.19.1"
	target     []string    // what to name as the indices of a question: the pattern, without those that cannot be asked with the others
	indices    []string    // that the target means, by name
	filtered   bool        // some are reached by an alias that shows a part of them alone, or may be: none is to be asked by its own name
	groups     []group     // of the indices, by how they map the fields: one at least
	mapping    dsl.Mapping // of all of them; a field of which their types are not of one kind has the type of none
	timeField  string      // a date in each of the groups that has it; others are asked apart, by theirs
	nanos      bool        // it is date_nanos in some index
	millis     bool        // it is date in some index
	notes      []string    // what of the indices cannot be looked through, for people
	values     []string    // fields whose values can be had of an index that keeps no source
	size       *pageSizes  // outlives the catalog
}

// A group is indices that map no field differently.
type group struct {
	indices []string
	mapping dsl.Mapping
	nanos   bool // the time field is date_nanos
	// timeField is the catalog's, or another one of its names where these indices do not have that.
	timeField string
}

// pageSizes remembers what was learned of a server's answers.
type pageSizes struct {
	most   atomic.Int64 // hits it could answer at once; 0: as many as any server
	window atomic.Int64 // hits that an index gives at once by its settings; 0: as many as any server
	bare   atomic.Bool  // there are documents without a source

	density density
}

func newPageSizes() *pageSizes {
	return &pageSizes{density: density{asking: make(chan struct{}, 1)}}
}

const (
	catalogFor      = 5 * time.Minute  // how long a catalog is good
	catalogRetryFor = 10 * time.Second // how long an old one serves where there is no newer to be had
)

// catalog returns what is known, asked for where that is nothing yet, or old.
func (s *Source) catalog(ctx context.Context) (*catalog, error) {
	if c := s.known.Load(); c != nil && s.o.Now().UnixNano() < s.until.Load() {
		return c, ctx.Err()
	}
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	old, now, forgotten := s.known.Load(), s.o.Now(), s.forgotten.Load()
	if old != nil && now.UnixNano() < s.until.Load() {
		return old, ctx.Err()
	}
	c, err := s.readCatalog(ctx)
	switch {
	case err == nil:
		if c.size = newPageSizes(); old != nil {
			c.size = old.size
		}
		if s.keep(c, now.Add(catalogFor)); s.forgotten.Load() != forgotten {
			s.until.Store(0) // the indices are others since it was asked for
		}
		return c, nil
	case old == nil || ctx.Err() != nil || refusesUs(err):
		return nil, err
	}
	s.keep(old, s.o.Now().Add(catalogRetryFor)) // it may have taken long to fail
	return old, nil
}

// keep has a catalog hold for a time.
func (s *Source) keep(c *catalog, until time.Time) {
	s.known.Store(c)
	s.until.Store(until.UnixNano())
}

// forget has the catalog asked for again, because the indices are others.
func (s *Source) forget() {
	s.forgotten.Add(1)
	s.until.Store(0)
}

// timeNames are the fields that may hold the time, in the order of preference.
func (o *Options) timeNames() []string {
	if o.TimeField != "" {
		return []string{o.TimeField}
	}
	var names []string
	if own := o.Fields[logs.CoreTime]; own != "" {
		names = append(names, own)
	}
	for _, n := range format.CoreNames(logs.CoreTime) {
		names = append(names, n.Path)
	}
	return names
}

// cores are the fields that the options name for core fields; nil where they name none.
func (o *Options) cores() map[logs.Core]string {
	if o.TimeField == "" {
		return o.Fields
	}
	out := map[logs.Core]string{}
	for core, name := range o.Fields {
		out[core] = name
	}
	out[logs.CoreTime] = o.TimeField
	return out
}

// pattern is what the user asks for, name by name.
func (o *Options) pattern() []string {
	names := strings.Split(o.Index, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == "" })
}
