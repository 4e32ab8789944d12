package analysis

import (
	"fmt"
	"math"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestFacets(t *testing.T) {
	f := NewFacets()
	add := func(service string, attrs ...logs.Attr) {
		f.Add(&logs.Record{Time: logs.NoTime, Service: service, Severity: logs.Info, Attrs: attrs})
	}
	number := func(key, n string) logs.Attr { return logs.Attr{Key: key, Value: logs.NumberValue(n)} }
	add("payment", number("ms", "5"), logs.Attr{Key: "tags", Value: logs.Value{Kind: logs.Array, Items: []logs.Attr{{Value: logs.TextValue("a")}, {Value: logs.TextValue("a")}, {Value: logs.TextValue("b")}}}})
	add("payment", number("ms", "7"))
	add("orders", logs.Attr{Key: "ms", Value: logs.TextValue("slow")})
	got := fmt.Sprint(f.List(1))
	want := "[{log.level text 3 1 [{INFO 3}] true } {service.name text 3 2 [{payment 2}] true } {ms mixed 3 3 [{5 1}] true } {tags text 1 2 [{a 1}] true }]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFacetsBeyondTheBounds(t *testing.T) {
	f := NewFacets()
	const distinct = 3 * MaxValues
	for i := range distinct {
		f.Add(&logs.Record{Time: logs.NoTime, Attrs: []logs.Attr{{Key: "id", Value: logs.TextValue(fmt.Sprint("id", i))}, {Key: "host", Value: logs.TextValue([]string{"a", "b", "b"}[i%3])}}})
		if i%10 == 0 {
			f.Add(&logs.Record{Time: logs.NoTime, Attrs: []logs.Attr{{Key: "id", Value: logs.TextValue("often")}}})
		}
	}
	list := f.List(2)
	host, id := list[0], list[1]
	if !host.Exact || host.Distinct != 2 || host.Top[0].Value != "b" || host.Top[0].Count != 2*MaxValues {
		t.Errorf("host: %+v", host)
	}
	if id.Exact || id.Method == "" || id.Top[0].Value != "often" || id.Top[0].Count < distinct/10 {
		t.Errorf("id: %+v", id)
	}
	if off := math.Abs(float64(id.Distinct)-distinct-1) / distinct; off > 0.04 {
		t.Errorf("distinct %d of %d", id.Distinct, distinct)
	}
	for i := range MaxFields + 5 {
		f.Add(&logs.Record{Time: logs.NoTime, Attrs: []logs.Attr{{Key: fmt.Sprint("f", i), Value: logs.TextValue("x")}}})
	}
	if f.Left() != 7 {
		t.Errorf("%d fields left out", f.Left())
	}
}
