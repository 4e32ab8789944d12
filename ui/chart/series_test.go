package chart

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/lxlog/lx/summary"
)

func TestFold(t *testing.T) {
	const m = summary.Minute
	f := func(what string, in map[int64]*summary.ByLevel, from, step int64, n int, want ...int64) {
		t.Helper()
		s := Fold(in, from, step, n)
		got := []int64{}
		for i := range s.Columns {
			got = append(got, s.Columns[i].Count(0))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d, want %d", what, got, want)
		}
	}
	f("a column a minute", minutes(10, 1, 12, 3), 10*m, 1, 4, 1, 0, 3, 0)
	f("what lies outside is left out", minutes(9, 7, 10, 1, 14, 9), 10*m, 1, 4, 1, 0, 0, 0)
	f("two minutes a column", minutes(9, 7, 10, 1, 11, 2, 13, 4, 14, 9), 10*m, 2, 2, 3, 4)
	f("more minutes than columns ask for", minutes(1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1), 2*m, 2, 2, 2, 2)
	f("before 1970", minutes(-3, 5, -1, 6), -3*m, 2, 2, 5, 6)
	f("a start that is no minute", minutes(10, 1, 11, 2), 10*m+m/2, 1, 2, 2, 0)
	f("no columns", minutes(1, 1), 0, 1, 0)
	f("fewer than none", minutes(1, 1), 0, 1, -5)
	f("nothing", nil, 0, 1, 2, 0, 0)
	f("no level counts", map[int64]*summary.ByLevel{0: nil}, 0, 1, 1, 0)
	f("a step of nothing is a minute", minutes(0, 1), 0, 0, 1, 1)
	f("a sum that does not fit", minutes(0, math.MaxInt64, 1, 5), 0, 2, 1, math.MaxInt64)
	f("times that are far apart", minutes(math.MaxInt64/m, 1), math.MinInt64, 1, 2, 0, 0)
}

func TestStepFor(t *testing.T) {
	f := func(span int64, columns int, want int64) {
		t.Helper()
		if got := StepFor(span, columns); got != want {
			t.Errorf("%d minutes in %d columns: %d a column, want %d", span, columns, got, want)
		}
	}
	f(60, 60, 1)
	f(61, 60, 2)
	f(0, 0, 1)
	f(-5, 60, 1)
	f(150, 60, 5)
	f(1440, 63, 30)
	f(1440, 24, 60)
	f(7*1440, 60, 240)
	f(365*1440, 60, 7*1440)
	f(50*365*1440, 60, 11*28*1440)
	f(math.MaxInt64, 1, (math.MaxInt64/summary.Minute/(28*1440)+1)*28*1440)
}

func TestFinerCoarser(t *testing.T) {
	f := func(step, finer, coarser int64) {
		t.Helper()
		if a, b := Finer(step), Coarser(step); a != finer || b != coarser {
			t.Errorf("%d: finer %d, coarser %d, want %d and %d", step, a, b, finer, coarser)
		}
	}
	f(1, 1, 2)
	f(2, 1, 5)
	f(60, 30, 120)
	f(3, 2, 5)
	f(28*1440, 7*1440, 28*1440)
}

func TestSpanText(t *testing.T) {
	f := func(minutes int64, want string) {
		t.Helper()
		if got := SpanText(minutes); got != want {
			t.Errorf("%d minutes: %s, want %s", minutes, got, want)
		}
	}
	f(0, "0 min")
	f(1, "1 min")
	f(60, "1 h")
	f(90, "90 min")
	f(1440, "1 d")
	f(28*1440, "28 d")
}

func TestStartFor(t *testing.T) {
	kolkata := time.FixedZone("", 5*3600+1800)
	f := func(last string, step int64, n int, zone *time.Location, want string) {
		t.Helper()
		at, err := time.Parse(time.RFC3339, last)
		if err != nil {
			t.Fatal(err)
		}
		if got := time.Unix(0, StartFor(at.UnixNano(), step, n, zone)).In(zone).Format(time.RFC3339); got != want {
			t.Errorf("%d columns of %d minutes to %s: from %s, want %s", n, step, last, got, want)
		}
	}
	f("2026-03-02T12:00:59Z", 1, 60, time.UTC, "2026-03-02T11:01:00Z")
	f("2026-03-02T12:07:00Z", 5, 1, time.UTC, "2026-03-02T12:05:00Z")
	f("2026-03-02T12:07:00Z", 60, 2, kolkata, "2026-03-02T16:00:00+05:30")
	f("2026-03-02T20:07:00Z", 1440, 1, kolkata, "2026-03-03T00:00:00+05:30")
	f("1969-12-31T23:59:30Z", 60, 1, time.UTC, "1969-12-31T23:00:00Z")
	f("2026-03-02T12:00:00Z", 0, 0, time.UTC, "2026-03-02T12:00:00Z")
}

func TestMark(t *testing.T) {
	const m = summary.Minute
	s := Fold(nil, 0, 2, 5)
	s.Mark(5*m, 6*m+1, Unknown) // reaches into columns 2 and 3
	s.Mark(7*m, 9*m, Unfinished)
	s.Mark(-9*m, 0, Unknown)
	s.Mark(10*m, 99*m, Unknown)
	s.Mark(3*m, 3*m, Unknown)
	got := []State{}
	for i := range s.Columns {
		got = append(got, s.Columns[i].State)
	}
	if want := []State{Known, Known, Unknown, Unknown, Unfinished}; !slices.Equal(got, want) {
		t.Errorf("%d, want %d", got, want)
	}
	if s.Start(2) != 4*m || s.Index(s.Start(2)) != 2 || s.Index(s.Start(2)-1) != 1 || s.Index(-1) != -1 || s.Index(math.MaxInt64) < 5 {
		t.Errorf("columns and times do not agree")
	}
}
