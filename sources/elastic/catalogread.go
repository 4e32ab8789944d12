package elastic

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic/dsl"
)

// maxFields is how many fields of an index are known by name; the others count as not mapped.
const maxFields = 10_000

// capability is what a server says of the fields of that type and name.
type capability struct {
	Metadata     bool     `json:"metadata_field"`
	Aggregatable bool     `json:"aggregatable"`
	Indices      []string `json:"indices"`                // nil: all that have the field
	Searchable   *bool    `json:"searchable"`             // nil where it is not said
	Unsearchable []string `json:"non_searchable_indices"` // where it is not; nil: in all
}

// capabilities is the answer to the question for fields.
type capabilities struct {
	Indices []string                         `json:"indices"`
	Fields  map[string]map[string]capability `json:"fields"` // by name and type
}

// readCatalog asks for all that a catalog says.
func (s *Source) readCatalog(ctx context.Context) (*catalog, error) {
	c := &catalog{source: s.o.Name, resource: &logs.Resource{Source: s.o.Name}, target: s.o.pattern()}
	known, err := s.server(ctx)
	if err != nil {
		return nil, err
	}
	c.openSearch, c.version = known.openSearch, known.version
	caps, err := s.readFields(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := s.chooseTime(c, caps); err != nil {
		return nil, err
	}
	if out := c.untimed(caps); len(out) > 0 {
		if caps, err = s.without(ctx, c, out); err != nil {
			return nil, err
		}
	}
	c.indices = caps.Indices
	if err := s.readFiltered(ctx, c); err != nil {
		return nil, err
	}
	if err := s.sortTimes(ctx, c, caps); err != nil {
		return nil, err
	}
	limits, err := s.readLimits(ctx, c)
	if err != nil {
		return nil, err
	}
	c.sortOut(caps, limits, dsl.Mapping{Core: s.o.cores(), Env: s.o.Env, Unmarked: c.openSearch})
	if err := s.readLevels(ctx, c); err != nil {
		return nil, err
	}
	if len(caps.Fields) > maxFields {
		c.notes = append(c.notes, fmt.Sprintf("there are %d fields: only %d of them are searched", len(caps.Fields), maxFields))
	}
	return c, nil
}

// readFields asks for the fields of the target's indices, metadata left out.
func (s *Source) readFields(ctx context.Context, c *catalog) (*capabilities, error) {
	caps := &capabilities{}
	yes := true
	ask := func() error {
		return s.client.answer(ctx, esapi.FieldCapsRequest{Index: c.target, Fields: []string{"*"}, IgnoreUnavailable: &yes, AllowNoIndices: &yes}, caps)
	}
	err := ask()
	if f, ok := failed(err); ok && f.isClosed() {
		open, listed := s.openOf(ctx, c.target)
		if listed != nil {
			return nil, listed
		}
		if len(open) > 0 {
			c.target = open
			err = ask()
		}
	}
	if f, ok := failed(err); ok && f.isMissing() {
		return nil, s.noIndex(ctx)
	}
	if err != nil {
		return nil, err
	}
	if len(caps.Indices) == 0 {
		return nil, s.noIndex(ctx)
	}
	slices.Sort(caps.Indices)
	maps.DeleteFunc(caps.Fields, func(name string, types map[string]capability) bool {
		delete(types, "unmapped")
		for kind, t := range types {
			if t.Metadata || strings.HasPrefix(kind, "_") {
				return true
			}
		}
		return len(types) == 0 || serversFields[name]
	})
	for _, types := range caps.Fields {
		tellUnsearchable(types, caps.Indices)
	}
	return caps, nil
}

// tellUnsearchable gives a field another type in those of the indices that cannot look
// into it: servers refuse every search that names it there.
func tellUnsearchable(types map[string]capability, indices []string) {
	for _, kind := range slices.Sorted(maps.Keys(types)) {
		t := types[kind]
		if t.Searchable == nil || *t.Searchable || !dsl.IsValue(kind) {
			continue
		}
		if t.Indices == nil {
			t.Indices = indices
		}
		where := t.Unsearchable
		if len(where) == 0 {
			where = t.Indices
		}
		t.Indices = slices.DeleteFunc(slices.Clone(t.Indices), func(i string) bool { return slices.Contains(where, i) })
		if types[kind] = t; len(t.Indices) == 0 {
			delete(types, kind)
		}
		all := types[dsl.Unsearchable]
		all.Aggregatable, all.Indices = all.Aggregatable || t.Aggregatable, slices.Concat(all.Indices, where)
		types[dsl.Unsearchable] = all
	}
}

// serversFields are fields of the server's own that older ones list like any other.
var serversFields = map[string]bool{"_doc_count": true, "_tier": true, "_data_stream_timestamp": true, "_nested_path": true, "_version": true}

// A nothingYet says that there is nothing that could be asked: no index, or none with a time.
type nothingYet struct{ text string }

func (n *nothingYet) Error() string { return n.text }

// noIndex is the error where nothing matches: what there is instead.
func (s *Source) noIndex(ctx context.Context) error {
	const most = 5
	var all []struct {
		Index string `json:"index"`
	}
	text := fmt.Sprintf("%s: no index matches %s", s.o.Name, s.o.Index)
	err := s.client.answer(ctx, esapi.CatIndicesRequest{Format: "json", H: []string{"index"}, S: []string{"index"}, ExpandWildcards: "open"}, &all)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return &nothingYet{text + ": name one that there is with --index"}
	}
	var names []string
	for _, i := range all {
		if !strings.HasPrefix(i.Index, ".") {
			names = append(names, plain(i.Index))
		}
	}
	switch more := len(names) - most; {
	case len(names) == 0:
		text += ": there are none at all, or none that may be seen"
	case more > 0:
		text += fmt.Sprintf(": there are %s and %d more: name one with --index", strings.Join(names[:most], ", "), more)
	default:
		text += fmt.Sprintf(": there are %s: name one with --index", strings.Join(names, ", "))
	}
	return &nothingYet{text}
}

// chooseTime finds the field that the indices are sorted by.
func (s *Source) chooseTime(c *catalog, caps *capabilities) error {
	names := s.o.timeNames()
	for _, name := range names {
		_, c.millis = caps.Fields[name]["date"]
		_, c.nanos = caps.Fields[name]["date_nanos"]
		if c.millis || c.nanos {
			c.timeField = name
			return nil
		}
	}
	text := fmt.Sprintf("%s: no index of %s has a date named %s", s.o.Name, s.o.Index, strings.Join(names[:min(len(names), 6)], ", "))
	var dates []string
	for name, types := range caps.Fields {
		if types["date"].Aggregatable || types["date_nanos"].Aggregatable {
			dates = append(dates, plain(name))
		}
	}
	if len(dates) == 0 {
		return &nothingYet{text + ", nor any other date: what has no time cannot be explored"}
	}
	slices.Sort(dates)
	return fmt.Errorf("%s: set time_field to one that they have: %s", text, strings.Join(dates[:min(len(dates), 10)], ", "))
}

// untimed are the indices in which the time field is no date: they cannot be sorted with the others.
func (c *catalog) untimed(caps *capabilities) (names []string) {
	for kind, t := range caps.Fields[c.timeField] {
		if kind != "date" && kind != "date_nanos" {
			names = append(names, t.Indices...)
		}
	}
	slices.Sort(names)
	return names
}

// without takes indices out of the target and asks for the fields of the others.
func (s *Source) without(ctx context.Context, c *catalog, names []string) (*capabilities, error) {
	const most = 50 // names in the line of a request
	shown := plain(strings.Join(names[:min(len(names), 5)], ", "))
	why := fmt.Sprintf("%s is no date in %s", c.timeField, shown)
	wild := slices.IndexFunc(c.target, func(n string) bool { return strings.Contains(n, "*") })
	if len(names) > most {
		return nil, fmt.Errorf("%s: %s and others: name the indices where it is one with --index", s.o.Name, why)
	}
	c.target = slices.DeleteFunc(c.target, func(n string) bool { return slices.Contains(names, n) })
	if wild >= 0 {
		for _, n := range names {
			c.target = append(c.target, "-"+n)
		}
	}
	if len(c.target) == 0 {
		return nil, fmt.Errorf("%s: %s: set time_field to a field that is", s.o.Name, why)
	}
	caps, err := s.readFields(ctx, c)
	if err != nil {
		return nil, err
	}
	if out := c.untimed(caps); len(out) > 0 {
		return nil, fmt.Errorf("%s: %s: name the indices where it is one with --index", s.o.Name, why)
	}
	c.notes = append(c.notes, fmt.Sprintf("left out: %s", why))
	return caps, nil
}

// sortOut makes groups of the indices, and the mapping of all.
func (c *catalog) sortOut(caps *capabilities, l limits, m dsl.Mapping) {
	names := slices.SortedFunc(maps.Keys(caps.Fields), func(a, b string) int {
		return cmp.Or(cmp.Compare(important(b), important(a)), cmp.Compare(a, b))
	})
	names = names[:min(len(names), maxFields)]
	c.groups = grouped(caps, names)
	names = slices.DeleteFunc(names, func(n string) bool { return n == timeOf })
	for i := range c.groups {
		g := &c.groups[i]
		m.Fields = g.mapping.Fields
		g.mapping = m
		g.timeField = c.timeField
		if f, ok := m.Fields[timeOf]; ok && f.Type != conflict && f.Type != "" {
			g.timeField = f.Type
		}
		delete(m.Fields, timeOf)
		g.nanos = m.Fields[g.timeField].Type == "date_nanos"
		l.mark(g.mapping.Fields, g.indices)
	}
	c.mapping = c.groups[0].mapping
	if len(c.groups) > 1 {
		c.mapping.Fields = map[string]dsl.Field{}
		for _, name := range names {
			c.mapping.Fields[name] = dsl.Field{Type: common(caps.Fields[name])}
		}
		l.mark(c.mapping.Fields, c.indices)
	}
	for _, name := range names {
		for _, t := range caps.Fields[name] {
			if t.Aggregatable && len(c.values) < maxValues && !slices.Contains(c.values, name) {
				c.values = append(c.values, name)
			}
		}
	}
}
