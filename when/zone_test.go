package when

import (
	"math/rand/v2"
	"testing"
	"time"
)

// A time that is skipped, or that there is twice, takes the offset from before the change.
func TestZoneChange(t *testing.T) {
	f := func(zone, text, want string) {
		t.Helper()
		s, n := NewParser(location(t, zone)).Stamp([]byte(text))
		if got := show(s.Nanos)[:19]; n == 0 || got != want {
			t.Errorf("%s in %s: %s, want %s", text, zone, got, want)
		}
	}
	f("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29T00:59:59")
	f("Europe/Berlin", "2026-03-29 02:00:00", "2026-03-29T01:00:00") // the gap
	f("Europe/Berlin", "2026-03-29 02:30:00", "2026-03-29T01:30:00")
	f("Europe/Berlin", "2026-03-29 03:00:00", "2026-03-29T01:00:00")
	f("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24T23:59:59")
	f("Europe/Berlin", "2026-10-25 02:30:00", "2026-10-25T00:30:00") // the first of two
	f("Europe/Berlin", "2026-10-25 03:00:00", "2026-10-25T02:00:00")
	f("America/New_York", "2026-03-08 02:30:00", "2026-03-08T07:30:00")
	f("America/New_York", "2026-11-01 01:30:00", "2026-11-01T05:30:00")
	f("Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04T14:45:00") // half an hour back
	f("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30T22:00:00")        // a day that was left out
	f("Asia/Kolkata", "2026-03-14 08:00:00", "2026-03-14T02:30:00")
	f("UTC", "2026-03-14 08:00:00", "2026-03-14T08:00:00")
}

// Whatever was asked before, the offset is the one that a new zone finds; and a
// civil time of an instant is read as that instant, or one an offset's change earlier.
func TestZoneRemembers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns"} {
		loc := location(t, name)
		z := zone{loc: loc}
		at := int64(0)
		for range 5000 {
			if r.IntN(4) == 0 {
				at = r.Int64N(130*365*daySeconds) - 60*365*daySeconds
			} else {
				at += r.Int64N(60*daySeconds) - 30*daySeconds
			}
			_, offset := time.Unix(at, 0).In(loc).Zone()
			civil := at + int64(offset)
			fresh := zone{loc: loc}
			if z.at(civil) != fresh.at(civil) {
				t.Fatalf("%s: civil %d has offset %d, afterwards %d", name, civil, fresh.at(civil), z.at(civil))
			}
			if back := civil - z.at(civil); back > at || at-back > daySeconds || back < at && time.Unix(back, 0).In(loc).Format(time.DateTime) != time.Unix(at, 0).In(loc).Format(time.DateTime) {
				t.Fatalf("%s: %d came back as %d", name, at, back)
			}
		}
	}
}
