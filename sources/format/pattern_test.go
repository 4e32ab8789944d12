package format

import (
	"strings"
	"testing"
)

func TestPattern(t *testing.T) {
	f := func(pattern, text, want string) {
		t.Helper()
		ix := newTestIndexer(t, Options{Patterns: map[string]string{"own": pattern}})
		if got := decoded(t, ix, text); got != want {
			t.Errorf("%s of %s\n got %s\nwant %s", pattern, text, got, want)
		}
	}
	f(`(?P<ts>\S+) (?P<lvl>\w+) (?<user>\w+): (?P<msg>.*)`, "2026-03-14T08:00:00Z warn bob: hello\n  there\nand on", "own 2026-03-14T08:00:00 WARN=warn user=bob | hello\n  there\nand on")
	f(`^(?P<level>[A-Z])/(?P<service>\w+) `, "E/pay what is behind", "own ERROR=E service=pay | E/pay what is behind")
	f(`(?P<level>\d+)\|(?P<message>\w+)`, "50|first and the rest", "own ERROR=50 | first and the rest")
	f(`(?P<message>\w+)\|(?P<severity>\w+)`, "text|odd", "own severity=odd | text")
	f(`(?P<date>\S+) (?P<time>\S+) (?P<message>.*)`, "2026-03-14 08:00:00.5 hello", "own 2026-03-14T08:00:00.5?zone | hello")
	f(`(?P<date>\S+) (?P<time>\S+) (?P<message>.*)`, "one two hello", "own date=one time=two | hello")
	f(`%{TIMESTAMP_ISO8601:timestamp} +%{LOGLEVEL:level} \[%{DATA:thread}\] %{JAVACLASS:log.logger} - %{GREEDYDATA:message}`,
		"2026-03-14 08:00:00,123 ERROR [main] com.shop.Pay - declined", "own 2026-03-14T08:00:00.123?zone ERROR=ERROR thread=main log.logger=com.shop.Pay | declined")
	f(`%{IP:[client][ip]} took %{NUMBER:ms:float} for %{INT:n:int} %{WORD:what} id %{NOTSPACE:trace_id}%{GREEDYDATA:message}`,
		"10.0.0.1 took 1.5 for 3 items id 4bf92f3577b34da6a3ce929d0e0e4736 ok", "own trace=4bf92f3577b34da6a3ce929d0e0e4736 client.ip=10.0.0.1 ms:1.5 n:3 what=items |  ok")
	f(`%{COMBINEDAPACHELOG}`, `10.1.2.3 - bob [11/Feb/2013:06:43:36 +0000] "GET /x HTTP/1.1" 404 - "-" "curl/8"`,
		`own 2013-02-11T06:43:36 source.address=10.1.2.3 user.name=bob http.request.method=GET url.original=/x http.version=1.1 http.response.status_code:404 user_agent.original=curl/8 | 10.1.2.3 - bob [11/Feb/2013:06:43:36 +0000] "GET /x HTTP/1.1" 404 - "-" "curl/8"`)
	f(`%{SYSLOGLINE}`, `Nov 21 03:58:10 vm app[12]: text`, `own?year service=app host=vm process.pid:12 | text`)
	f(`(?>%{WORD:a}|%{INT:b}) [^]%{]+ %{WORD:a}`, "x -- y", "own a=x a=y | x -- y")
	f(`(?P<service>\w+) \| (?P<message>.*)`, `web | {"level":"error","msg":"x"}`, "own+json ERROR=error service=web | x")
}

// What a pattern does not match is of the other formats, or plain where the pattern alone was asked for.
func TestPatternFallsBack(t *testing.T) {
	own := newTestIndexer(t, Options{Patterns: map[string]string{"own": `OWN (?P<message>.*)`}})
	alone := newTestIndexer(t, Options{Format: `OWN (?P<message>.*)`})
	f := func(ix *Indexer, raw string, want ...string) {
		t.Helper()
		rows := agree(t, ix, []byte(raw))
		var got []string
		for _, r := range rows.List {
			got = append(got, rows.Formats[r.Format])
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q: formats %q, want %q", raw, got, want)
		}
	}
	f(own, "OWN a\n<13>1 - - - - - - b\nOWN c\nd\n", "own", "rfc5424", "own")
	f(alone, "<13>1 - - - - - - b\nOWN a\n<13>1 - - - - - - b\n", "plain", "pattern")
}

func TestPatternErrors(t *testing.T) {
	f := func(pattern, want string) {
		t.Helper()
		_, err := New(Options{Format: pattern})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", pattern, err, want)
		}
	}
	f(`(?P<a>x) %{NOPE:b}`, `column 10: no pattern is named "NOPE"`)
	f(`%{INT:a:long}`, `column 1: no type is named "long"`)
	f(`%{INT:a`, `column 1: %{ without }`)
	f(`(?P<a>x) (y`, `missing closing )`)
	f(`(?P<a>x)(?=y)`, `column 9: invalid or unsupported Perl syntax: (?=`)
	f(`(?P<a>[z-b])`, `column 8: invalid character class range: z-b`)
	f(`(?P<a>x)**`, `column 9: invalid nested repetition operator: **`)
	f(`(plain)`, `names no field`)
	f(`(?P<`+strings.Repeat("x", maxPattern)+`>)`, `at most`)
	f(`(?<>x)`, `a group without a name`)
}

// Every pattern of the library stands by itself, and matches what it is for.
func TestGrokLibrary(t *testing.T) {
	for name := range grokLibrary {
		if _, err := newPattern("x", "%{"+name+":field}"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	f := func(name, text string, want bool) {
		t.Helper()
		l, err := newPattern("x", "(?P<whole>%{"+name+"})$")
		if err != nil {
			t.Fatal(err)
		}
		var f fields
		if got := l.scan([]byte(text), newScanner(nil, everything), &f); got != want {
			t.Errorf("%s matches %q: %t", name, text, got)
		}
	}
	f("IPV4", "192.168.1.255", true)
	f("IPV4", "192.300.1.1", false)
	f("IPV6", "2001:db8::1", true)
	f("IPV6", "::1", true)
	f("IPV6", "fe80::1%eth0", true)
	f("IPV6", "12:30", false)
	f("IPORHOST", "www.e.org", true)
	f("MAC", "00:1b:44:11:3a:b7", true)
	f("UUID", "123e4567-e89b-12d3-a456-426614174000", true)
	f("NUMBER", "-1.5e3", true)
	f("NUMBER", "x", false)
	f("QS", `"a \"b\" c"`, true)
	f("UNIXPATH", "/var/log/a.log", true)
	f("WINPATH", `C:\Windows\x.log`, true)
	f("URI", "https://bob:x@e.org:8080/a/b?c=d", true)
	f("URIPATHPARAM", "/a/b?c=d&e[]=1", true)
	f("EMAILADDRESS", "a.b+c@e.org", true)
	f("HTTPDATE", "11/Feb/2013:06:43:36 +0000", true)
	f("SYSLOGTIMESTAMP", "Nov  1 03:58:10", true)
	f("TIMESTAMP_ISO8601", "2026-03-14T08:00:00.123+01:00", true)
	f("TIMESTAMP_ISO8601", "2026-13-14T08:00", false)
	f("DATESTAMP", "03/14/2026 08:00:00", true)
	f("LOGLEVEL", "Warning", true)
	f("LOGLEVEL", "warnings", false)
	f("JAVACLASS", "com.shop.Pay$1", true)
	f("SYSLOGPROG", "app[12]", true)
	f("MONTH", "September", true)
	f("DAY", "Tue", true)
	f("TTY", "/dev/pts/8", true)
}

func BenchmarkPattern(b *testing.B) {
	for name, pattern := range map[string]string{
		"regexp": `(?P<ts>\S+ \S+) (?P<level>\w+) \[(?P<service>\w+)\] (?P<message>.*)`,
		"grok":   `%{TIMESTAMP_ISO8601:ts} %{LOGLEVEL:level} \[%{WORD:service}\] %{GREEDYDATA:message}`,
	} {
		b.Run(name, func(b *testing.B) {
			text := grown("2026-03-14 08:00:00,123 INFO [payment] request completed /api/v1/orders in 120 ms\n")
			benchmarkScanFold(b, newTestIndexer(b, Options{Format: pattern}), text, len(text))
		})
	}
}
