package elastic

import (
	"context"
	"slices"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// timeOf is the name under which grouped is told by which field an index is sorted. No field can have it.
const timeOf = "\x00time"

// sortTimes finds out by which fields the indices are sorted that do not have the
// time field, but another one of its names, and adds that to what is known of the fields.
func (s *Source) sortTimes(ctx context.Context, c *catalog, caps *capabilities) error {
	var names []string
	for _, name := range s.o.timeNames() {
		types := caps.Fields[name]
		if len(types) > 0 && len(types) == len(datesOf(types)) {
			names = append(names, name)
		}
	}
	if len(names) < 2 {
		return nil
	}
	names, err := s.filled(ctx, c, names)
	if err != nil {
		return err
	}
	var answer capabilities
	yes := true
	if err := s.client.answer(ctx, esapi.FieldCapsRequest{Index: c.target, Fields: names, IncludeUnmapped: &yes, IgnoreUnavailable: &yes, AllowNoIndices: &yes}, &answer); err != nil {
		return err
	}
	sorted := map[string]capability{}
	for _, index := range caps.Indices {
		for _, name := range names {
			if !slices.Contains(answer.Fields[name]["unmapped"].Indices, index) {
				sorted[name] = capability{Indices: append(sorted[name].Indices, index)}
				break
			}
		}
	}
	c.timeField = names[0]
	c.millis, c.nanos = false, false
	for kind := range caps.Fields[c.timeField] {
		c.millis, c.nanos = c.millis || kind == "date", c.nanos || kind == "date_nanos"
	}
	if len(sorted) > 1 {
		caps.Fields[timeOf] = sorted
	}
	return nil
}

// datesOf are those of types that a time may have.
func datesOf(types map[string]capability) (kinds []string) {
	for kind := range types {
		if kind == "date" || kind == "date_nanos" {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// filled are those of the fields that any document has; all where none is, as of indices that are empty.
func (s *Source) filled(ctx context.Context, c *catalog, names []string) (out []string, err error) {
	for _, name := range names {
		var a listed
		body := object{"size": 0, "terminate_after": 1, "timeout": s.searchTime(), "query": object{"exists": object{"field": name}}}
		if err := s.find(ctx, c, anyShard, body, &a); err != nil {
			return nil, err
		}
		if a.Hits.Total.Value > 0 {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return names, nil
	}
	return out, nil
}
