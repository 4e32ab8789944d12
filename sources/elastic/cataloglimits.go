package elastic

import (
	"context"
	"errors"
	"strconv"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/sources/elastic/dsl"
)

const (
	maxMappings  = 64     // indices whose mappings are read, the last ones by name
	maxFieldName = 10_000 // bytes of a path
	usualLimit   = 256    // characters that the server's own mapping of text keeps as a keyword
)

// limits are what becomes of the values of keywords, by index and field. An index
// that is not in it may not be read, or was not.
type limits map[string]limitsOf

type property struct {
	Type        string              `json:"type"`
	IgnoreAbove *int                `json:"ignore_above"`
	Normalizer  string              `json:"normalizer"`
	Properties  map[string]property `json:"properties"`
	Fields      map[string]property `json:"fields"`
}

type definition struct {
	Mappings struct {
		Properties map[string]property `json:"properties"`
	} `json:"mappings"`
	Settings struct {
		Index struct {
			Mode    string `json:"mode"`
			Mapping struct {
				IgnoreAbove string `json:"ignore_above"`
			} `json:"mapping"`
		} `json:"index"`
	} `json:"settings"`
}

// readLimits asks for what is not said with the fields. It may not be allowed to: then it returns nil.
func (s *Source) readLimits(ctx context.Context, c *catalog) (limits, error) {
	names := c.indices[max(0, len(c.indices)-maxMappings):]
	yes := true
	var answer map[string]definition
	err := s.client.answer(ctx, esapi.IndicesGetRequest{Index: names, IgnoreUnavailable: &yes, AllowNoIndices: &yes,
		FilterPath: []string{"*.mappings.properties", "*.settings.index.mode", "*.settings.index.mapping.ignore_above"}}, &answer)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && !isRefusal(err) && !errors.Is(err, errTooLarge) {
		return nil, err
	}
	out := limits{}
	for index, d := range answer {
		most := 0
		if d.Settings.Index.Mode == "logsdb" {
			most = 8191
		}
		if n, err := strconv.Atoi(d.Settings.Index.Mapping.IgnoreAbove); err == nil {
			most = n
		}
		out[index] = limitsOf{}
		addLimits(out[index], "", d.Mappings.Properties, most)
	}
	return out, nil
}

// isRefusal reports whether a server answered that it will not, be it without a word.
func isRefusal(err error) bool {
	t, wordless := errors.AsType[*trouble](err)
	_, refused := failed(err)
	return refused || wordless && t.status/100 == 4
}

// limitsOf is what one index says, by field.
type limitsOf map[string]limit

// A limit is what becomes of the values of a keyword.
type limit struct {
	most       int  // characters that are indexed; 0: all
	normalized bool // they are indexed in another spelling
}

func addLimits(to limitsOf, path string, properties map[string]property, usual int) {
	for name, p := range properties {
		if name = path + name; len(name) > maxFieldName {
			continue
		}
		if of := (limit{p.limit(usual), p.Normalizer != ""}); of != (limit{}) && len(to) < maxFields {
			to[name] = of
		}
		addLimits(to, name+".", p.Properties, usual)
		addLimits(to, name+".", p.Fields, usual)
	}
}

func (p *property) limit(usual int) int {
	switch {
	case p.Type != "keyword" && p.Type != "flattened" && p.Type != "flat_object" && p.Type != "wildcard":
		return 0
	case p.IgnoreAbove != nil:
		return max(*p.IgnoreAbove, 0)
	case p.Type == "keyword":
		return usual
	}
	return 0
}

// mark says of each keyword what the least limit is that it has in the indices, and
// whether one of them indexes it in another spelling. Where an index was not read the
// limit may be the usual one, and the spelling is taken for that of the documents.
func (l limits) mark(fields map[string]dsl.Field, indices []string) {
	var read []limitsOf
	for _, i := range indices {
		if of := l[i]; of != nil {
			read = append(read, of)
		}
	}
	for name, f := range fields {
		if f.Type != "keyword" && f.Type != "flattened" && f.Type != "flat_object" && f.Type != "wildcard" {
			continue
		}
		least := 0
		if len(read) < len(indices) {
			least = usualLimit
		}
		for _, of := range read {
			if n := of[name].most; n > 0 && (least == 0 || n < least) {
				least = n
			}
			f.Normalized = f.Normalized || of[name].normalized
		}
		f.IgnoreAbove = least
		fields[name] = f
	}
}
