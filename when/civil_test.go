package when

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestDays(t *testing.T) {
	for d := time.Date(1676, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2264; d = d.AddDate(0, 0, 1) {
		n := d.Unix() / daySeconds
		if days(d.Year(), int(d.Month()), d.Day()) != n {
			t.Fatalf("days of %s: %d, want %d", d, days(d.Year(), int(d.Month()), d.Day()), n)
		}
		if y, m, dd := date(n); y != d.Year() || m != int(d.Month()) || dd != d.Day() {
			t.Fatalf("date of %d: %d-%d-%d, want %s", n, y, m, dd, d)
		}
		if !isDate(d.Year(), int(d.Month()), d.Day()) {
			t.Fatalf("%s is no date", d)
		}
		if next := d.AddDate(0, 0, 1); next.Day() == 1 && isDate(d.Year(), int(d.Month()), d.Day()+1) {
			t.Fatalf("the day after %s is of the same month", d)
		}
	}
}

func TestAppendRFC3339(t *testing.T) {
	f := func(nanos int64, want string) {
		t.Helper()
		if got := show(nanos); got != want {
			t.Errorf("%d: %s, want %s", nanos, got, want)
		}
	}
	f(0, "1970-01-01T00:00:00.000000000Z")
	f(-1, "1969-12-31T23:59:59.999999999Z")
	f(math.MinInt64, "1677-09-21T00:12:43.145224192Z")
	f(math.MaxInt64, "2262-04-11T23:47:16.854775807Z")
	r := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		n := int64(r.Uint64())
		f(n, time.Unix(0, n).UTC().Format("2006-01-02T15:04:05.000000000Z"))
	}
}
