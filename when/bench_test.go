package when

import (
	"testing"
	"time"
)

// benchLines are two lines of each family whose seconds differ, so that a Parser that sees them in turn never remembers.
var benchLines = []struct{ name, a, b string }{
	{"iso", "2026-03-14T08:00:00.123Z INFO started", "2026-03-14T08:00:01.123Z INFO started"},
	{"isoLocal", "2026-03-14 08:00:00,123 INFO started", "2026-03-14 08:00:01,123 INFO started"},
	{"isoOffset", "2026-03-14T08:00:00.123456+02:00 host", "2026-03-14T08:00:01.123456+02:00 host"},
	{"clf", "11/Feb/2013:06:43:36 +0000] \"GET /", "11/Feb/2013:06:43:37 +0000] \"GET /"},
	{"rfc3164", "Jan  4 10:23:26 host sshd[1]:", "Jan  4 10:23:27 host sshd[1]:"},
	{"ctime", "Sun Dec 04 04:47:44 2005] [notice]", "Sun Dec 04 04:47:45 2005] [notice]"},
	{"epoch", "1695668091.895450 execve(", "1695668092.895450 execve("},
}

func BenchmarkStampSameSecond(b *testing.B) {
	for _, l := range benchLines {
		b.Run(l.name, func(b *testing.B) { benchStamp(b, l.a, l.a) })
	}
}

func BenchmarkStampOtherSecond(b *testing.B) {
	for _, l := range benchLines {
		b.Run(l.name, func(b *testing.B) { benchStamp(b, l.a, l.b) })
	}
}

func benchStamp(b *testing.B, first, other string) {
	p := NewParser(benchZone(b))
	lines := [2][]byte{[]byte(first), []byte(other)}
	b.SetBytes(int64(len(first)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, n := p.Stamp(lines[i&1]); n == 0 {
			b.Fatal("no stamp")
		}
	}
}

func benchZone(b *testing.B) *time.Location {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		b.Fatal(err)
	}
	return loc
}

func BenchmarkFind(b *testing.B) {
	f := func(name, line string) {
		b.Run(name, func(b *testing.B) {
			p, text := NewParser(benchZone(b)), []byte(line)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				p.Find(text, 128)
			}
		})
	}
	f("front", "[2026-03-14 08:00:00,123] INFO started")
	f("accessLog", `203.0.113.7 - - [11/Feb/2013:06:43:36 +0000] "GET / HTTP/1.1" 200 12`)
	f("words", "the quick brown fox jumps over the lazy dog and then some more of it, until the end of the line is reached at last, and nothing")
	f("numbers", "a=12 b=3.14159 c=10.0.0.1:8080 d=1234567890123 e=0xdeadbeef f=1/2/3 g=2026 h=17 i=99 j=1.2.3 k=5 l=6 m=7 n=8 o=9 p=10 q=11")
}

func BenchmarkAppendRFC3339(b *testing.B) {
	buf := make([]byte, 0, 40)
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendRFC3339(buf[:0], 1773475200123456789)
	}
}
