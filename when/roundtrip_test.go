package when

import (
	"math/rand/v2"
	"testing"
	"time"
)

// layouts as time.Format writes them. cut is the precision that each keeps.
var layouts = []struct {
	layout  string
	cut     time.Duration
	missing Missing
}{
	{"2006-01-02T15:04:05.999999999Z07:00", 1, 0},
	{"2006-01-02 15:04:05.000000 -0700", time.Microsecond, 0},
	{"2006-01-02T15:04:05.000-0700", time.Millisecond, 0},
	{"2006-01-02 15:04:05,000", time.Millisecond, Zone},
	{"2006-01-02 15:04:05.000000000 -0700 -0700", 1, 0},
	{"2006/01/02 15:04:05", time.Second, Zone},
	{"2006/1/2:15:04:05.000", time.Millisecond, Zone},
	{"2006-01-02-15.04.05.000000", time.Microsecond, Zone},
	{"20060102 15:04:05.000", time.Millisecond, Zone},
	{"20060102T150405Z0700", time.Second, 0},
	{"02/Jan/2006:15:04:05 -0700", time.Second, 0},
	{"02/Jan/2006 15:04:05", time.Second, Zone},
	{"02-Jan-2006 15:04:05.000", time.Millisecond, Zone},
	{"2 Jan 2006 15:04:05.000", time.Millisecond, Zone},
	{"Jan 02, 2006 3:04:05 PM", time.Second, Zone},
	{"01/02/2006 03:04:05.000 PM -0700", time.Millisecond, 0},
	{"Mon Jan _2 15:04:05 2006", time.Second, Zone},
	{"Mon Jan 02 15:04:05.000000 2006", time.Microsecond, Zone},
	{"Mon Jan _2 15:04:05 -0700 2006", time.Second, 0},
	{"Mon, 02 Jan 2006 15:04:05 -0700", time.Second, 0},
	{"Monday, 02-Jan-06 15:04:05 -0700", time.Second, 0},
	{"January 2, 2006 15:04:05", time.Second, Zone},
	{"060102 150405", time.Second, Zone},
	{"06/01/02 15:04:05", time.Second, Zone},
	{"2006-01-02 15:04", time.Minute, Zone},
	{"Jan _2 15:04:05.000000", time.Microsecond, Year | Zone},
	{"Jan _2 15:04:05 -0700", time.Second, Year},
	{"01-02 15:04:05.000", time.Millisecond, Year | Zone},
	{"0102 15:04:05.000000", time.Microsecond, Year | Zone},
	{"15:04:05.000000", time.Microsecond, Date | Zone},
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, loc := range []*time.Location{time.UTC, location(t, "Asia/Kolkata"), location(t, "America/St_Johns")} {
		p := NewParser(loc)
		at := time.Unix(0, 0).In(loc)
		for i := range 20000 {
			l := layouts[r.IntN(len(layouts))]
			if i%5 == 0 { // 1970 to 2069, for the two-digit years
				at = time.Unix(r.Int64N(99*365*daySeconds)+daySeconds, r.Int64N(1e9)).In(loc)
			} else {
				at = at.Add(time.Duration(r.Int64N(3e9)))
			}
			text := at.Format(l.layout)
			s, n := p.Stamp([]byte(text))
			got := s.Nanos
			switch {
			case s.Missing&Date != 0:
				got = p.On(s, at.Year(), at.Month(), at.Day())
			case s.Missing&Year != 0:
				got = p.In(s, at.Year())
			}
			want, err := time.ParseInLocation(l.layout, text, loc)
			if l.missing&(Year|Date) != 0 {
				want, err = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond()/int(l.cut)*int(l.cut), loc), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			if l.missing&Zone != 0 && isTwice(at) {
				continue // TestZoneChange
			}
			if n != len(text) || s.Missing != l.missing || got != want.UnixNano() {
				t.Fatalf("%q of %q: read %q as %s, missing %03b", text, l.layout, text[:n], show(got), s.Missing)
			}
		}
	}
}

// isTwice reports whether another instant has the same time of day on the same day.
func isTwice(at time.Time) bool {
	for _, d := range []time.Duration{-time.Hour, time.Hour, -2 * time.Hour, 2 * time.Hour} {
		if at.Add(d).Format(time.DateTime) == at.Format(time.DateTime) {
			return true
		}
	}
	return false
}
