package format

import (
	"testing"
)

// fuzzFamily checks that any bytes are indexed and decoded alike: columns agree, and nothing panics.
func fuzzFamily(f *testing.F, o Options, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	ix := newTestIndexer(f, o)
	f.Fuzz(func(t *testing.T, raw []byte) { agree(t, ix, raw) })
}

func FuzzSyslog(f *testing.F) {
	fuzzFamily(f, Options{}, headerSamples["rfc5424"], headerSamples["rfc3164"], headerSamples["syslog file"],
		`<13>45: rtr: *Mar  1 18:46:11.123 UTC: %SYS-5-CONFIG_I: x`, `[   12.345678][  T12] x`, `kern  :warn  : [1.5] x`,
		"Aug  1 00:00:03 iPhone Spring Board[54] (x[1]): low", `9 <13>1 - - - - [a b="\]"]`)
}

func FuzzAccess(f *testing.F) {
	fuzzFamily(f, Options{}, headerSamples["access"], headerSamples["nginx-error"], headerSamples["apache-error"], headerSamples["envoy"],
		headerSamples["elb"], headerSamples["w3c"], headerSamples["squid"], `[GIN] 2024/01/02 - 15:04:05 | 200 | 1.2ms | ::1 | GET "/"`,
		`127.0.0.1:39759 [09/Dec/2013:12:59:46.633] lb default/i8 0/51536/1/48082/+99627 200 83285 - - ---- 87/87/87/1/0 0/67 "GET /x HTTP/1.1"`,
		"2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td1.cloudfront.net\t/x\t200\t-\tcurl\t-\t-\tHit",
		`INFO:     127.0.0.1:52344 - "GET /x HTTP/1.1" 500 Internal Server Error`, `E [08/Jun/2013:11:28:58 -0700] x`)
}

func FuzzPattern(f *testing.F) {
	fuzzFamily(f, Options{Format: `(?P<ts>\S+) %{LOGLEVEL:level}? ?(?:%{WORD:service}|\[%{DATA:[a][b]}\]) (?:(?P<message>.*?);)?(?P<trace_id>\w*)`},
		"2026-03-14T08:00:00Z WARN pay text; abc\n", "08:00:00 pay x\ny\n")
}

// A line may be cut off anywhere.
func TestCutLines(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	for _, sample := range headerSamples {
		for n := range len(sample) {
			agree(t, ix, []byte(sample[:n]))
		}
	}
}
