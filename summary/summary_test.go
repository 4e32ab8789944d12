package summary

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestCount(t *testing.T) {
	f := func(c Count, want string) {
		t.Helper()
		if c.String() != want {
			t.Errorf("%q, not %q", c, want)
		}
	}
	f(Count{}, "0")
	f(Count{N: 999}, "999")
	f(Count{N: 1_000}, "1,000")
	f(Count{N: -1_234_567}, "-1,234,567")
	f(Count{N: 6180, Certainty: AtLeast}, "6,180+")
	f(Count{N: 7, Certainty: Counting}, "7 so far")
	f(Count{N: 1, Certainty: AtLeast}.Add(Count{N: 2, Certainty: Counting}), "3 so far")
	f(Count{N: 1}.Add(Count{N: 2}), "3")
}

// total adds n records of three services, a second apart, from the given one on.
func total(from, n int) *Totals {
	t := NewTotals()
	for i := from; i < from+n; i++ {
		time := int64(i) * 1e9
		if i%7 == 0 {
			time = logs.NoTime
			t.AddArrived(int64(i)/60, &ByLevel{1: int64(i + 100)})
		}
		t.Add(time, logs.Severity((i+100)%25), [...]string{"", "orders", "payment"}[(i+100)%3], 2, 10, i%5 == 0)
	}
	return t
}

func TestTotalsMerge(t *testing.T) {
	all, parts := total(-100, 1000), NewTotals()
	for _, part := range []*Totals{total(500, 400), NewTotals(), total(-100, 350), total(250, 250)} {
		parts.Merge(part)
	}
	text := func(x *Totals) string {
		s := fmt.Sprintln(x.Records, x.Lines, x.Bytes, x.Unparsed, x.First, x.Last, x.Levels, x.Services, x.Sorted())
		for _, m := range x.Sorted() {
			s += fmt.Sprintln(*x.Minutes[m])
		}
		for _, m := range slices.Sorted(maps.Keys(x.Arrived)) {
			s += fmt.Sprintln("arrived", m, *x.Arrived[m])
		}
		return s
	}
	if got, want := text(parts), text(all); got != want {
		t.Errorf("merged\n%snot\n%s", got, want)
	}
	sum := ByLevel{}
	for _, m := range all.Minutes {
		sum.Add(m)
	}
	if all.Levels.Total() != 1000 || sum.Total() >= 1000 || all.Lines != 2000 {
		t.Errorf("levels %d, in minutes %d, lines %d", all.Levels.Total(), sum.Total(), all.Lines)
	}
	if all.Sorted()[0] != -2*Minute { // 100 seconds before 1970 lie in the second minute before it
		t.Errorf("the first minute is %d", all.Sorted()[0])
	}
}

func TestTotalsOfWhatCannotSay(t *testing.T) {
	a, b := total(0, 10), total(0, 10)
	b.Lines, b.Bytes, b.Records.Certainty = -1, -1, AtLeast
	b.Note(Note{Text: "prod is not counted", Fault: true})
	a.Merge(b)
	a.Merge(b)
	if a.Lines != -1 || a.Bytes != -1 || a.Records.Certainty != AtLeast || len(a.Notes) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestTooManyServices(t *testing.T) {
	x := NewTotals()
	for i := range MaxServices + 10 {
		x.Add(logs.NoTime, 0, fmt.Sprint("s", i), 1, 1, false)
	}
	if len(x.Services) != MaxServices+1 || x.Services[""] != 10 || len(x.Notes) != 1 || x.Levels.Total() != MaxServices+10 {
		t.Errorf("%d services, %d without, notes %v", len(x.Services), x.Services[""], x.Notes)
	}
}

func TestSortValues(t *testing.T) {
	v := []ValueCount{{"b", 1}, {"c", 3}, {"a", 1}}
	SortValues(v)
	if fmt.Sprint(v) != "[{c 3} {a 1} {b 1}]" {
		t.Error(v)
	}
}
