package elastic

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/logs"
)

// options of the profile that name the field of a core field.
var fieldOptions = map[logs.Core]string{
	logs.CoreTime: "time_field", logs.CoreLevel: "level_field", logs.CoreService: "service_field",
	logs.CoreHost: "host_field", logs.CoreMessage: "message_field", logs.CoreTrace: "trace_field",
}

// fields tries what the fields are read by, and returns what is known of them; nil where that is not enough.
func (p *probe) fields(ctx context.Context) *catalog {
	pattern := p.o.pattern()
	p.try("see the fields", "_field_caps", p.client.answer(ctx, esapi.FieldCapsRequest{
		Index: pattern, Fields: []string{"@timestamp"}, IgnoreUnavailable: new(true), AllowNoIndices: new(true),
	}, nil))
	p.try("see the mappings", "GET INDEX", p.client.answer(ctx, esapi.IndicesGetRequest{ // more searches are exact then
		Index: pattern, IgnoreUnavailable: new(true), AllowNoIndices: new(true), FilterPath: []string{"*.settings.index.mode"},
	}, nil))
	known, err := p.catalog(ctx)
	if err != nil {
		p.report.problem(err)
		return nil
	}
	p.report.Problems = append(p.report.Problems, known.notes...)
	for _, core := range []logs.Core{logs.CoreTime, logs.CoreLevel, logs.CoreService, logs.CoreHost, logs.CoreMessage, logs.CoreTrace} {
		taken := Taken{Core: core.Key(), Names: []string{}}
		for _, name := range p.names(core) {
			if f, ok := known.mapping.Fields[name]; ok && f.Type != "object" && f.Type != "nested" {
				taken.Names = append(taken.Names, fmt.Sprintf("%s (%s)", plain(name), plain(typeText(f.Type))))
			}
		}
		p.report.Fields = append(p.report.Fields, taken)
		own := p.o.cores()[core]
		switch {
		case own != "" && (len(taken.Names) == 0 || !strings.HasPrefix(taken.Names[0], plain(own)+" ")):
			p.report.Problems = append(p.report.Problems, fmt.Sprintf("no index has the field %q that %s names: is it spelled right?", own, fieldOptions[core]))
		case len(taken.Names) == 0 && (core == logs.CoreMessage || core == logs.CoreLevel):
			p.report.Problems = append(p.report.Problems, fmt.Sprintf("no field holds %s (looked for %s): name it as %s in the profile", core.Key(), strings.Join(logs.Aliases[core], ", "), fieldOptions[core]))
		}
	}
	return known
}

// names are the fields that may hold a core field, in the order of preference.
func (p *probe) names(core logs.Core) []string {
	own := p.o.cores()[core]
	if own == "" {
		return logs.Aliases[core]
	}
	return append([]string{own}, slices.DeleteFunc(slices.Clone(logs.Aliases[core]), func(n string) bool { return n == own })...)
}

// typeText is a field's type for people.
func typeText(kind string) string {
	if kind == "" || kind == "conflict" {
		return "not the same type everywhere"
	}
	return kind
}

// sizes fills in what the indices take on disk, as far as it may be asked.
func (p *probe) sizes(ctx context.Context) {
	var list []struct {
		Index string `json:"index"`
		Size  string `json:"store.size"` // a number in a string; null where an index is closed
	}
	err := p.client.answer(ctx, esapi.CatIndicesRequest{
		Index: p.o.pattern(), Format: "json", Bytes: "b", H: []string{"index", "store.size"}, ExpandWildcards: "open,hidden",
	}, &list)
	if f, ok := failed(err); ok && f.isMissing() { // it is told of already
		return
	}
	if !p.try("see the sizes", "_cat/indices", err) {
		return
	}
	sizes := map[string]int64{}
	for _, i := range list {
		if n, err := strconv.ParseInt(i.Size, 10, 64); err == nil && n >= 0 {
			sizes[plain(i.Index)] = n
		}
	}
	for i := range p.report.Indices {
		if n, ok := sizes[p.report.Indices[i].Name]; ok {
			p.report.Indices[i].Bytes = n
		}
	}
}
