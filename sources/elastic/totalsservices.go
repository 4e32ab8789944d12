package elastic

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic/dsl"
	"github.com/lxlog/lx/summary"
)

// mostServices are told apart in one answer.
const mostServices = 10_000

// A serviceCount counts the documents of a reckoning by service: by each field that may
// hold it, where those before do not.
type serviceCount struct {
	*reckoning
	parts []servicePart
	named int64 // documents that have a service
}

// A servicePart is indices that hold values in the same forms.
type servicePart struct {
	indices []string // nil: all
	forms   []dsl.Form
}

func (t *reckoning) services() *serviceCount {
	n := &serviceCount{reckoning: t}
	forms := t.c.mapping.Forms(logs.CoreService)
	if !slices.ContainsFunc(forms, func(f dsl.Form) bool { return f.Type == conflict }) {
		n.parts = []servicePart{{nil, forms}}
		return n
	}
	for _, g := range t.c.groups {
		n.parts = append(n.parts, servicePart{g.indices, g.mapping.Forms(logs.CoreService)})
	}
	return n
}

// together adds the aggregations where one question serves all indices.
func (n *serviceCount) together(aggregations object) bool {
	if len(n.parts) != 1 {
		return false
	}
	n.parts[0].aggregate(aggregations, mostServices)
	return true
}

// aggregate adds the aggregations that count the part, one for each form.
func (p *servicePart) aggregate(to object, size int) {
	for i, f := range p.forms {
		if f.Field != "" {
			to["service"+strconv.Itoa(i)] = object{"filter": dsl.Lenient(matchAll(f.Where)), "aggs": object{"values": valuesOf(f, size), "none": object{"missing": object{"field": f.Field}}}}
		}
	}
}

// valuesOf counts documents by the values of a form.
func valuesOf(f dsl.Form, size int) object {
	return object{"terms": object{"field": f.Field, "size": size}}
}

// matchAll is the clause, or one that holds always.
func matchAll(clause any) any {
	if clause == nil {
		return object{"match_all": object{}}
	}
	return clause
}

// valueCounts are the answer to a count by values.
type valueCounts struct {
	Wrong   int64 `json:"doc_count_error_upper_bound"`
	Others  int64 `json:"sum_other_doc_count"`
	Buckets []struct {
		Key   json.RawMessage `json:"key"`
		Text  string          `json:"key_as_string"`
		Count int64           `json:"doc_count"`

		Records *docCount `json:"records"` // of a value within nested fields
	} `json:"buckets"`
}

// finish takes the answer into account, or asks for it where that was not done.
func (n *serviceCount) finish(ctx context.Context, out *figures, together bool) error {
	for i := range n.parts {
		p := &n.parts[i]
		if !together {
			var err error
			if out, err = n.ask(ctx, p); err != nil {
				return err
			}
		}
		for i, f := range p.forms {
			if err := n.read(out, "service"+strconv.Itoa(i), f); err != nil {
				return err
			}
		}
	}
	if rest := n.out.Records.N - n.named; rest > 0 {
		n.out.AddService("", rest)
	}
	return nil
}

// ask asks for one part alone, for fewer services where these are too many for the server.
func (n *serviceCount) ask(ctx context.Context, p *servicePart) (*figures, error) {
	of := *n.census
	of.target = p.indices
	for size := mostServices; ; size /= 2 {
		aggregations := object{}
		if p.aggregate(aggregations, size); len(aggregations) == 0 {
			return &figures{}, nil
		}
		out, err := of.ask(ctx, aggregations)
		if isTooMuch(err) && size > 1 {
			continue
		}
		if err == nil {
			n.doubt(out.flaws(n.s), true)
		}
		return out, err
	}
}

func (n *serviceCount) read(out *figures, name string, f dsl.Form) error {
	switch {
	case f.Field == "":
		n.doubt(fmt.Sprintf("%s: records cannot be counted by %s, which is indexed by its words alone", n.s.o.Name, plain(f.Name)), false)
		return nil
	case f.Normalized:
		n.out.Note(summary.Note{Text: fmt.Sprintf("%s: services are counted as its index writes %s, several spellings as one", n.s.o.Name, plain(f.Name))})
	case f.Wider:
		n.doubt(n.s.o.Name+": records are counted by service as well as its index can tell them apart", false)
	}
	if out.Aggregations[name] == nil {
		return nil // of an answer without shards
	}
	var answer struct {
		docCount
		Values valueCounts `json:"values"`
		None   docCount    `json:"none"`
	}
	if err := out.read(name, &answer); err != nil {
		return err
	}
	all := answer.Values.Others
	for _, b := range answer.Values.Buckets {
		all += b.Count
		var key string
		if json.Unmarshal(b.Key, &key) == nil && key != "" {
			n.out.AddService(key, b.Count)
			n.named += b.Count
		}
	}
	if all > answer.Count-answer.None.Count {
		n.out.Note(summary.Note{Text: fmt.Sprintf("%s: records have several values of %s, and are counted by each as their service", n.s.o.Name, plain(f.Name))})
	}
	if answer.Values.Others > 0 {
		n.doubt(fmt.Sprintf("more than %d services: those with the fewest records are counted without their names", len(answer.Values.Buckets)), false)
	} else if answer.Values.Wrong > 0 {
		n.doubt("the counts of services are estimates", false)
	}
	return nil
}
