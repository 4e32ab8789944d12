package format

import (
	"bytes"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

// stampedSamples are a line or record of each layout of the family.
var stampedSamples = []struct{ name, text string }{
	{"python", "2026-03-14 08:00:00,123 INFO [payment] request completed /api/v1/orders in 512 ms trace_id=4bf92f3577b34da6a3ce929d0e0e4736"},
	{"log4j", "2026-03-14 08:00:00.123 INFO  [http-nio-8080-exec-7] com.shop.payment.Handler - request completed /api/v1/orders in 512 ms trace_id=4bf92f3577b34da6a3ce929d0e0e4736"},
	{"log4jTrace", "2026-03-14 08:00:00.123 ERROR [http-nio-8080-exec-7] com.shop.payment.Handler - connection refused to 10.0.3.7:5432 trace_id=4bf92f3577b34da6a3ce929d0e0e4736\n" +
		"java.net.SocketTimeoutException: Read timed out\n\tat com.shop.payment.Client.call(Client.java:112)\n\tat com.shop.payment.Handler.handle(Handler.java:42)\nCaused by: java.io.IOException: broken pipe\n\t... 23 more"},
	{"spring", "2026-03-14 08:00:00.123  INFO 12345 --- [nio-8080-exec-1] c.e.shop.ShopApplication  : request completed in 512 ms"},
	{"klog", "I0612 13:14:15.123456   12345 server.go:12] request completed /api/v1/orders in 512 ms"},
	{"logcat", "03-17 16:13:38.819  1702  8671 D PowerManagerService: acquire lock=233570404, flags=0x1, tag=\"View Lock\""},
	{"go", "2009/11/10 23:00:00 request completed /api/v1/orders in 512 ms"},
	{"zap", "2026-03-14T08:00:00.123Z\tinfo\tsync/service.go:87\tstarting\t{\"port\": 8015, \"message\": \"x\", \"trace_id\": \"4bf92f3577b34da6\"}"},
	{"postgres", "2026-03-14 08:00:00.123 UTC [4913] user=app,db=shop LOG:  duration: 0.211 ms  statement: SELECT 1"},
	{"mysql", "2020-08-06T14:25:02.835618Z 0 [Note] [MY-012487] [InnoDB] DDL log recovery : begin"},
	{"redis", "1:M 14 Nov 2018 12:34:56.789 * Ready to accept connections"},
	{"mongodb", "2014-11-03T18:28:32.450-0500 I NETWORK  [initandlisten] waiting for connections on port 27017"},
	{"ruby", "I, [2024-06-26T17:00:04.497736 #126554]  INFO -- : [4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] Completed 200 OK"},
	{"jul", "Feb 04, 2021 10:11:12 AM org.x.Foo bar\nINFO: request completed in 512 ms"},
	{"php", "[14-Mar-2026 08:00:00 UTC] PHP Warning:  Undefined variable $x in /srv/a.php on line 3"},
	{"dotnet", "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:80"},
	{"sssd", "(2022-06-14  0:31:43): [pam] [sss_process_init] (0x0010): fatal error setting up backend connector"},
	{"chrome", "[1234:5678:0612/131415.123456:ERROR:gpu_init.cc(12)] Passthrough is not supported"},
	{"erlang", "=ERROR REPORT==== 12-Aug-2017::10:11:12 ===\nclosing connection"},
	{"bgl", "- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.675872 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected"},
	{"stamped", "2026-03-14T08:00:00.123Z [INFO]  agent.server: elected: term=2"},
	{"dated", "the backup that began at 2026-03-14 08:00:00 ended well"},
	{"level", "[INFO] plugin/reload: Running configuration"},
	{"text", "a line of text, such as a program prints that has no logger at all, with 3 words and more"},
}

// TestLinesInAnyState: with line ends of either kind, cut short anywhere, and twice in a row, columns and records agree.
func TestLinesInAnyState(t *testing.T) {
	ix, _ := New(Options{})
	for _, s := range stampedSamples {
		crlf := strings.ReplaceAll(s.text, "\n", "\r\n") + "\r\n"
		agree(t, ix, []byte(crlf+crlf))
		for n := range len(s.text) {
			agree(t, ix, []byte(s.text[:n]+"\n"+s.text[n:]))
		}
	}
}

// TestNothingIsLost: whatever words a header has, each stands in a core field, an attribute or the body.
func TestNothingIsLost(t *testing.T) {
	ix, _ := New(Options{})
	for _, s := range stampedSamples {
		rows := agree(t, ix, []byte(s.text))
		for _, row := range rows.List {
			var r logs.Record
			r.Reset()
			f, _ := ix.Format(rows.Formats[row.Format])
			raw := s.text[row.Offset : row.Offset+row.Length]
			f.Decode([]byte(raw), &r)
			if lost := lostWord(raw, &r); lost != "" {
				t.Errorf("%s: %q is lost: %v", s.name, lost, r)
			}
		}
	}
}

// lostWord is a word of a record's text that stands nowhere in the record; "" where there is none.
// Names of fields that became core fields, and words of dates and markers, do not count.
func lostWord(text string, r *logs.Record) string {
	kept := strings.Join([]string{r.Body, r.Service, r.Host, r.SeverityText, r.TraceID, r.SpanID,
		"REPORT trace null Thread"}, " ")
	for _, a := range r.Attrs {
		kept += " " + a.Key + " " + a.Value.Str
	}
	isWordEnd := func(c rune) bool { return !('a' <= c|0x20 && c|0x20 <= 'z') }
	for _, word := range strings.FieldsFunc(text, isWordEnd) {
		if strings.Contains(text, "\x1b") {
			word = strings.TrimPrefix(word, "m") // the end of a colour
		}
		if len(word) > 3 && !strings.Contains(kept, word) {
			return word
		}
	}
	return ""
}

func TestScanAllocatesNothing(t *testing.T) {
	ix, _ := New(Options{})
	for _, s := range stampedSamples {
		chunk := bytes.Repeat([]byte(s.text+"\n"), 10)
		facts := ix.Scan(chunk, nil)
		if n := testing.AllocsPerRun(10, func() { facts = ix.Scan(chunk, facts) }); n > 2 { // the service's name and its place
			t.Errorf("%s: %v allocations for ten records", s.name, n)
		}
	}
}

func TestForcedFormat(t *testing.T) {
	f := func(format, raw string, severities ...logs.Severity) {
		t.Helper()
		ix, err := New(Options{Format: format})
		if err != nil {
			t.Fatal(err)
		}
		rows := agree(t, ix, []byte(raw))
		var got []logs.Severity
		for _, r := range rows.List {
			got = append(got, r.Severity)
		}
		if len(got) != len(severities) {
			t.Fatalf("%s: %v", raw, got)
		}
		for i := range got {
			if got[i] != severities[i] {
				t.Errorf("%s: %v", raw, got)
			}
		}
	}
	f("jul", "Feb 04, 2021 10:11:12 AM org.x.Foo bar\nSEVERE: a\nb\nFeb 04, 2021 10:11:12 AM org.x.Foo bar\nINFO: c", logs.Error, logs.Info)
	f("python", "2026-03-14 08:00:00,123 INFO a\nERROR: b\n", logs.Info)
}

func FuzzStamped(f *testing.F) {
	for _, s := range stampedSamples {
		f.Add([]byte(s.text))
	}
	ix, _ := New(Options{})
	f.Fuzz(func(t *testing.T, raw []byte) { agree(t, ix, raw) })
}

// TestRefusalWritesNothing: a layout that does not take a line leaves the columns as they were.
func TestRefusalWritesNothing(t *testing.T) {
	s := borrowScanner()
	defer s.giveBack()
	for _, sample := range stampedSamples {
		line, _ := cutLine([]byte(sample.text))
		for _, l := range builtin {
			var f fields
			s.forget()
			if !l.scan(line, s, &f) && (f.time.ok || f.severity != 0 || f.service != nil || f.trace != 0 || f.inner != 0 || f.tag != 0) {
				t.Errorf("%s writes to the columns of %q, which it does not take", l.Name(), line)
			}
		}
	}
}
