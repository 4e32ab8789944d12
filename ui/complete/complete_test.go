package complete

import (
	"fmt"
	"testing"

	"github.com/lxlog/lx/summary"
)

var shop = Facets{
	{Field: "log.level", Type: "text", Records: 9, Top: []summary.ValueCount{{Value: "INFO", Count: 9}}},
	{Field: "service.name", Type: "text", Records: 8, Top: []summary.ValueCount{{Value: "payment", Count: 5}, {Value: "web server", Count: 3}}},
	{Field: "ms", Type: "number", Records: 4},
}

func TestChoose(t *testing.T) {
	f := func(text string, cursor, i int, want string, at int) {
		t.Helper()
		p := shop.At(text, cursor, 5)
		if i >= len(p.List) {
			t.Errorf("%s: %d proposals", text, len(p.List))
			return
		}
		if got, end := p.Choose(i); got != want || end != at {
			t.Errorf("%s: %s, %d", text, got, end)
		}
	}
	f("ser", 3, 0, "service:", 8)
	f("a and ser", 9, 0, "a and service:", 14)
	f("service:pay", 11, 0, "service:payment", 15)
	f("service:(pay and b", 12, 0, "service:(payment and b", 16)
	f("service:we", 10, 0, `service:"web server"`, 20)
	f("se:payment", 2, 0, "service:payment", 7)
	f("level:", 6, 1, "level:ERROR", 11)
	f("ms ", 3, 1, "ms >= ", 6)
	f("x a", 3, 0, "x and ", 6)
	if p := shop.At("zzz", 3, 5); len(p.List) > 0 {
		t.Errorf("%v", p.List)
	}
}

// What a screen asks for at each key.
func BenchmarkAt(b *testing.B) {
	all := Facets{{Field: "service.name", Type: "text", Records: 9}}
	for i := range 1000 {
		all[0].Top = append(all[0].Top, summary.ValueCount{Value: fmt.Sprintf("service-%d", i), Count: int64(i)})
		all = append(all, summary.Facet{Field: fmt.Sprintf("a.field.number%d", i), Type: "text", Records: int64(i)})
	}
	for _, text := range []string{"", "num", "nmubre", "service:", "service:sevrice"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				all.At(text, len(text), 10)
			}
		})
	}
}
