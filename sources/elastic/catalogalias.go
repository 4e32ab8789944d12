package elastic

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// readFiltered finds out whether an index is reached by an alias that shows a part of it
// alone: it is not to be asked by its own name then. Where that may not be seen it may be so.
func (s *Source) readFiltered(ctx context.Context, c *catalog) error {
	var through []string
	for _, index := range c.indices {
		if !namedItself(c.target, index) {
			through = append(through, index)
		}
	}
	if len(through) == 0 {
		return nil
	}
	yes := true
	var answer map[string]struct{ Aliases map[string]any }
	err := s.client.answer(ctx, esapi.IndicesGetAliasRequest{Index: c.target, IgnoreUnavailable: &yes, AllowNoIndices: &yes, FilterPath: []string{"*.aliases.*.filter"}}, &answer)
	if err != nil && !isRefusal(err) {
		return err
	}
	c.filtered = isRefusal(err) || slices.ContainsFunc(through, func(i string) bool { return len(answer[i].Aliases) > 0 })
	return nil
}

// namedItself reports whether a target means an index by its own name, or by that of its data stream.
func namedItself(target []string, index string) bool {
	stream, ofStream := strings.CutPrefix(index, ".ds-")
	for range 2 { // its name goes on with a date and a number
		stream = stream[:max(strings.LastIndexByte(stream, '-'), 0)]
	}
	return slices.ContainsFunc(target, func(name string) bool {
		whole, _ := path.Match(name, index)
		part, _ := path.Match(name, stream)
		return whole || ofStream && stream != "" && part
	})
}
