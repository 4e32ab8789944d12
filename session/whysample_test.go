package session

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/summary"
)

func TestNearest(t *testing.T) {
	f := func(typed, values, want string) {
		t.Helper()
		var list []summary.ValueCount
		for i, s := range strings.Split(values, "|") {
			list = append(list, summary.ValueCount{Value: s, Count: int64(i)})
		}
		var got []string
		for _, v := range nearest(typed, list, 3) {
			got = append(got, v.Value)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s of %s: %s, want %s", typed, values, s, want)
		}
	}
	f("chekout", "payment|checkout|checkout-db|", "checkout")
	f("Payment", "payment-db|payment|the payments|Payment", "payment|payment-db|the payments")
	f("ordrs", "orders|order|ordr|ordra", "ordra|ordr|orders")
	f("ab", "abc|ac|xyz", "")
	f("", "a|b", "")
}

func TestTextsAreBounded(t *testing.T) {
	a, b := texts{}, texts{}
	for i := range maxTexts + 5 {
		a.add(fmt.Sprint(i))
		b.add(fmt.Sprint(-i))
	}
	a.add("7")
	a.add(strings.Repeat("x", maxText+1))
	a.merge(b)
	if len(a) != maxTexts || a["7"] != 2 || a["0"] != 2 {
		t.Errorf("%d texts, 7 %d times, 0 %d times", len(a), a["7"], a["0"])
	}
}
