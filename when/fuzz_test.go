package when

import (
	"testing"
	"time"
)

var seeds = []string{
	"2026-03-14T08:00:00.123Z INFO", "2026-03-14 08:00:00,123 +0200 CEST m=+0.1", "11/Feb/2013:06:43:36 +0000]", "Jan  4 10:23:26 2024 UTC",
	"Tue Jul 14 11:01:17:259149 2020", "Jan 02, 2006 3:04:05\u202fPM PST", "0612 13:14:15.1", "081109 203807", "17/06/09 20:10:40", "10.30 16:49:06",
	"2005-06-03-15.42.50.675872", "1695668091.895450", "1695668091895450123", "@4000000052f5a0412b1c0d5c", "08:09:33.814936", "20240102150405Z", "09-Jan 19:54",
}

// A Parser that has read another stamp reads the next as a new one does.
func FuzzStamp(f *testing.F) {
	for i, s := range seeds {
		f.Add([]byte(s), []byte(seeds[(i+1)%len(seeds)]))
	}
	loc := location(f, "America/New_York")
	f.Fuzz(func(t *testing.T, a, b []byte) {
		p := NewParser(loc)
		for _, text := range [][]byte{a, b, a, a} {
			s, n := p.Stamp(text)
			fresh, m := NewParser(loc).Stamp(text)
			if s != fresh || n != m {
				t.Fatalf("%q: %+v, %d; read anew %+v, %d", text, s, n, fresh, m)
			}
			if n < 0 || n > len(text) || n == 0 && s != (Stamp{}) || n > 0 && !ends(text, n) {
				t.Fatalf("%q: %d bytes, %+v", text, n, s)
			}
			if n > 0 {
				if !MayHold(text) {
					t.Fatalf("%q is a stamp, but is thought to hold none", text[:n])
				}
				if w, ok := p.Whole(text[:n]); !ok {
					t.Fatalf("%q is a stamp, but not whole: %+v", text[:n], w)
				}
			}
			if q, start, end, ok := p.Find(text, len(text)); ok && (start < 0 || start >= end || end > len(text)) {
				t.Fatalf("%q: found %d to %d, %+v", text, start, end, q)
			}
			p.In(s, 2026)
			p.On(s, 2026, time.March, 14)
		}
	})
}

func FuzzWhole(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), []byte("1e9"))
	}
	loc := location(f, "America/New_York")
	f.Fuzz(func(t *testing.T, a, b []byte) {
		p := NewParser(loc)
		for _, text := range [][]byte{a, b, a} {
			s, ok := p.Whole(text)
			if fresh, ok2 := NewParser(loc).Whole(text); s != fresh || ok != ok2 {
				t.Fatalf("%q: %+v, %t; read anew %+v, %t", text, s, ok, fresh, ok2)
			}
			Epoch(text)
		}
	})
}

func FuzzTyped(f *testing.F) {
	for _, s := range append(seeds, "now-1d/d", "2021-01-31||+1M-1h30m/w", "yesterday 09:00", "14:05", "-30m", "2021-02") {
		f.Add(s, saturday.UnixNano())
	}
	loc := location(f, "America/New_York")
	f.Fuzz(func(t *testing.T, text string, now int64) {
		if now < days(1700, 1, 1)*day || now > days(2200, 1, 1)*day {
			return
		}
		v, err := Typed(text, time.Unix(0, now), loc)
		if err == nil && v.To <= v.From {
			t.Fatalf("%q: %+v", text, v)
		}
		if d, err := Length(text); err == nil && d < 0 {
			t.Fatalf("%q: %s", text, d)
		}
	})
}

// The fast path for offsets gives what the plain one gives.
func FuzzQuickOffset(f *testing.F) {
	for _, s := range []string{" +0200 x", "+02:00 x", " -0730] x", "+02:00 CEST", " +0200 (x)", "+02:00 m=+1.5", " +0207 x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		east, next := quickOffset(b, 0)
		if next == 0 {
			return
		}
		h := head{hour: 10, marks: yearFirst}
		for _, whole := range []bool{false, true} {
			x := suffix{}
			x.read(b, &h, whole)
			if !x.zoned || x.east != east || x.n != next || x.shift != 0 || x.year != 0 {
				t.Fatalf("%q: %d, %d; plain %+v", b, east, next, x)
			}
		}
	})
}
