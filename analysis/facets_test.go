package analysis

import (
	"fmt"
	"hash/maphash"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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

// Facets of parts that are merged are those of the whole, as long as they are exact.
func TestPartsMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	whole, merged := NewFacets(), NewFacets()
	parts := []*Facets{merged.Part(), merged.Part(), merged.Part()}
	for i := range 5000 {
		rec := &logs.Record{Time: logs.NoTime, Service: fmt.Sprint("s", r.IntN(5)), Body: fmt.Sprint("body ", i), Attrs: []logs.Attr{
			{Key: "n", Value: logs.NumberValue(fmt.Sprint(r.IntN(300)))},
			{Key: fmt.Sprint("f", r.IntN(30)), Value: logs.TextValue("x")},
			{Key: "n", Value: logs.NumberValue(fmt.Sprint(r.IntN(300)))},
		}}
		whole.Add(rec)
		parts[r.IntN(3)].Add(rec)
	}
	for _, p := range parts {
		merged.Merge(p)
	}
	if got, want := fmt.Sprint(merged.List(10)), fmt.Sprint(whole.List(10)); got != want {
		t.Errorf("merged\n%s\nwhole\n%s", got, want)
	}
}

// What is frequent is found among too many values, in whichever parts it stands, and counted at least as often as it stands there.
func TestSketchesMerge(t *testing.T) {
	f := NewFacets()
	parts := []*Facets{f.Part(), f.Part(), f.Part()}
	const each = MaxValues + MaxValues/2 // of the last part: few, so that it stays exact
	add := func(p *Facets, v string) {
		p.Add(&logs.Record{Time: logs.NoTime, Attrs: []logs.Attr{{Key: "id", Value: logs.TextValue(v)}}})
	}
	for k, p := range parts {
		n := each
		if k == 2 {
			n = 1000
		}
		for i := range n {
			add(p, fmt.Sprint(k, "-", i))
			if i%100 == 0 {
				add(p, "often")
				add(p, "in part "+fmt.Sprint(k))
			}
		}
	}
	for _, p := range parts {
		f.Merge(p)
	}
	id := f.List(3)[0]
	if id.Exact || id.Top[0].Value != "often" || id.Top[0].Count < 2*each/100+10 || id.Top[0].Count > 2*each/100+10+3*6 || id.Top[1].Value[:8] != "in part " {
		t.Errorf("%+v", id)
	}
	if off := math.Abs(float64(id.Distinct)-2*each-1004) / (2 * each); off > 0.04 {
		t.Errorf("distinct %d of %d", id.Distinct, 2*each+1004)
	}
}

// Hostile records, whose values and names never come again and are long, take bounded memory, and the usual fields stay exact.
func TestFacetsAreBounded(t *testing.T) {
	f := NewFacets()
	f.common.most = 8 << 20
	long := strings.Repeat("ä", 2000)
	for i := range 1000 {
		rec := &logs.Record{Time: logs.NoTime, Service: []string{"a", "b"}[i%2]}
		for k := range 50 {
			rec.Attrs = append(rec.Attrs, logs.Attr{Key: fmt.Sprint("k", k), Value: logs.TextValue(fmt.Sprint(i, k) + long)})
		}
		rec.Attrs = append(rec.Attrs, logs.Attr{Key: fmt.Sprint("never again ", i) + long, Value: logs.TextValue("x")})
		f.Add(rec)
		if held := f.common.held.Load(); held > f.common.most {
			t.Fatalf("%d bytes are held after %d records", held, i+1)
		}
	}
	held := int64(0)
	for _, a := range f.fields {
		held += a.held - int64(len(a.name)) - fieldBytes
	}
	if n := f.common.held.Load(); n != held {
		t.Errorf("%d bytes are counted, and %d held", n, held)
	}
	list := f.List(2)
	if s := list[0]; s.Field != "service.name" || !s.Exact || s.Top[0].Count != 500 || s.Distinct != 2 {
		t.Errorf("%+v", s)
	}
	rough := 0
	for _, s := range list[1:] {
		if s.Exact || s.Method == "" || !utf8.ValidString(s.Top[0].Value) {
			t.Errorf("%s: %t, %s, %q", s.Field, s.Exact, s.Method, s.Top[0].Value)
		}
		if off := math.Abs(float64(s.Distinct)-1000) / 1000; off > 0.15 {
			t.Errorf("%s: %d different values of 1000", s.Field, s.Distinct)
		}
		if strings.HasPrefix(s.Method, "too many bytes") {
			rough++
		}
	}
	if rough == 0 || f.Left() != 1000 {
		t.Errorf("%d fields are roughly counted, %d left out", rough, f.Left())
	}
}

// Registers that were folded say what fewer registers would have said.
func TestRegistersFold(t *testing.T) {
	fine, rough := newSketch(1, fineBits), newSketch(1, roughBits)
	r := rand.New(rand.NewPCG(5, 6))
	for range 100_000 {
		h := r.Uint64() >> r.IntN(40) << r.IntN(20)
		fine.register(h)
		rough.register(h)
	}
	if !slices.Equal(folded(fine.registers, roughBits), rough.registers) {
		t.Error("they do not")
	}
}

// Values are found however others come and are replaced.
func TestValues(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var v values
	want := map[string]int64{}
	for i := range 20_000 {
		text := fmt.Sprint(r.IntN(3000))
		hash := maphash.String(seed, text) & 0x3fffffffff // many belong to the same slots
		at, known := v.find(hash, text)
		switch n, there := want[text]; {
		case known != there || known && (v.list[at].text != text || v.list[at].n != n):
			t.Fatalf("after %d: %q is known: %t, want %t", i, text, known, there)
		case known:
			v.list[at].n++
			want[text]++
		case len(v.list) < 500:
			v.insert(hash, text, 1, 0)
			want[text] = 1
		default:
			old := r.IntN(500)
			want[text] = v.list[old].n
			delete(want, v.list[old].text)
			v.replace(old, hash, text)
		}
	}
}

func BenchmarkFacets(b *testing.B) {
	var records []*logs.Record
	for i := range 10_000 {
		records = append(records, &logs.Record{Time: logs.NoTime, Severity: logs.Info, Service: []string{"orders", "payment", "cart"}[i%3], Body: "request served", TraceID: fmt.Sprintf("%032x", i), Attrs: []logs.Attr{
			{Key: "http.response.status_code", Value: logs.NumberValue([]string{"200", "404"}[i%2])},
			{Key: "url.path", Value: logs.TextValue(fmt.Sprint("/orders/", i%500))},
			{Key: "duration_ms", Value: logs.NumberValue(fmt.Sprint(i % 1700))},
			{Key: "user.name", Value: logs.TextValue("anna")},
		}})
	}
	f := NewFacets()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		records[i%len(records)].TraceID = fmt.Sprintf("%032x", i)
		f.Add(records[i%len(records)])
		i++
	}
}
