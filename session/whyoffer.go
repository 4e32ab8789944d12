package session

import (
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
)

// A fix is a change of one condition.
type fix struct {
	at    int           // its place in Why.Conditions
	node  query.Node    // what stands there instead; nil: nothing
	level logs.Severity // of the least level: the one instead
	text  string        // what is new; "" where the condition goes
	why   string
}

// fixesOf leaves conditions out.
func fixesOf(at []int) (out []fix) {
	for _, i := range at {
		out = append(out, fix{at: i})
	}
	return out
}

// with is the filter with its conditions changed.
func (q *inquiry) with(fixes []fix) Filter {
	f := q.why.Filter
	nodes := query.Conditions(f.Query)
	first := len(q.why.Conditions) + q.why.Left - len(nodes) // behind the least level
	for _, x := range slices.SortedFunc(slices.Values(fixes), func(a, b fix) int { return b.at - a.at }) {
		switch i := x.at - first; {
		case i < 0:
			f.Level = x.level
		case x.node == nil:
			nodes = slices.Delete(nodes, i, i+1)
		default:
			nodes[i] = x.node
		}
	}
	f.Query = nil
	if len(nodes) > 0 {
		f.Query = query.All(nodes)
	}
	return f
}

// maxOffers is how many filters are offered.
const maxOffers = 6

// offer lists what selects something: what may have been meant, then the filter
// without its culprits, then wider ranges.
func (q *inquiry) offer() error {
	for _, set := range q.fixSets() {
		f := q.with(set)
		n, err := q.count(f)
		if err != nil {
			return err
		}
		var texts []string
		for _, x := range set {
			if x.text == "" {
				texts = append(texts, "without "+q.why.Conditions[x.at].Text)
			} else {
				texts = append(texts, x.text)
			}
		}
		q.add(Offer{Filter: f, Text: strings.Join(texts, ", "), Count: n, Why: set[0].why})
	}
	for _, w := range q.why.Without {
		var texts []string
		for _, i := range w.Conditions {
			texts = append(texts, q.why.Conditions[i].Text)
		}
		q.add(Offer{Filter: w.Filter, Text: "without " + strings.Join(texts, ", "), Count: w.Count})
	}
	for _, w := range q.why.Wider {
		q.add(Offer{Filter: w.Filter, Text: w.Range.Name, Count: w.Count, Why: "the same query in a wider range"})
	}
	return nil
}

// fixSets are changes to be made together: each fix with what the other culprits
// were most likely meant to be, those without a fix left out.
func (q *inquiry) fixSets() (out [][]fix) {
	culprits := q.culprits()
	for _, x := range q.fixes {
		set := []fix{x}
		for _, i := range culprits {
			if i == x.at {
				continue
			}
			if k := slices.IndexFunc(q.fixes, func(y fix) bool { return y.at == i }); k >= 0 {
				set = append(set, q.fixes[k])
			} else {
				set = append(set, fix{at: i})
			}
		}
		slices.SortFunc(set, func(a, b fix) int { return a.at - b.at })
		out = append(out, set)
	}
	return out
}

// add appends an offer that selects something and is not there yet.
func (q *inquiry) add(o Offer) {
	same := func(p Offer) bool {
		return p.Filter.Level == o.Filter.Level && p.Filter.From == o.Filter.From && p.Filter.To == o.Filter.To &&
			textOf(p.Filter.Query) == textOf(o.Filter.Query)
	}
	if o.Count.N == 0 || len(q.why.Offers) == maxOffers || slices.ContainsFunc(q.why.Offers, same) {
		return
	}
	if len(q.why.Offers) == 0 {
		o.Key = "Enter"
	}
	q.why.Offers = append(q.why.Offers, o)
	q.tell()
}

func textOf(n query.Node) string {
	if n == nil {
		return ""
	}
	return n.String()
}
