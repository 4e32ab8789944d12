package format

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// printRecord is all that a record holds, in a line: what tests of formats compare.
func printRecord(r *logs.Record) string {
	var b strings.Builder
	b.WriteString(r.Format)
	if r.Time != logs.NoTime {
		b.WriteString(" " + time.Unix(0, r.Time).UTC().Format("2006-01-02T15:04:05.999999999"))
	}
	if g := r.Guessed.String(); g != "" {
		b.WriteString("?" + g)
	}
	if r.Severity != 0 {
		fmt.Fprintf(&b, " %s", r.Severity)
	}
	for _, f := range [...][2]string{{"=", r.SeverityText}, {" service=", r.Service}, {" host=", r.Host}, {" trace=", r.TraceID}, {" span=", r.SpanID}} {
		if f[1] != "" {
			b.WriteString(f[0] + f[1])
		}
	}
	for _, a := range r.Attrs {
		sep := "="
		if a.Value.Kind == logs.Number {
			sep = ":"
		}
		b.WriteString(" " + a.Key + sep + a.Value.Str)
	}
	return b.String() + " | " + r.Body
}

// decoded is the one record of a text, printed.
func decoded(t testing.TB, ix *Indexer, text string) string {
	t.Helper()
	rows := agree(t, ix, []byte(text))
	if len(rows.List) != 1 {
		t.Fatalf("%d records in %q", len(rows.List), text)
	}
	f, _ := ix.Format(rows.Formats[rows.List[0].Format])
	var r logs.Record
	r.Reset()
	f.Decode([]byte(text), &r)
	return printRecord(&r)
}

func newTestIndexer(t testing.TB, o Options) *Indexer {
	t.Helper()
	ix, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func TestSyslog(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	f := func(text, want string) {
		t.Helper()
		if got := decoded(t, ix, text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	// RFC 5424.
	const user = " log.syslog.facility.code:1 log.syslog.facility.name=user log.syslog.severity.code:5"
	const local0 = " log.syslog.facility.code:16 log.syslog.facility.name=local0 log.syslog.severity.code:3"
	f(`<13>1 2026-11-21T03:58:10.441265+00:00 vm myapp - - [timeQuality tzKnown="1" isSynced="0"] text`,
		`rfc5424 2026-11-21T03:58:10.441265 INFO=notice service=myapp host=vm`+user+` log.syslog.structured_data.timeQuality.tzKnown=1 log.syslog.structured_data.timeQuality.isSynced=0 | text`)
	f(`<131>1 2026-11-21T03:58:10Z vm pay 42 ID7 [ctx@32473 trace_id="4bf92f3577b34da6a3ce929d0e0e4736" span_id="00f067aa0ba902b7" user="a \"b\" \\ \] \n"][x@1 k=""] text`+"\r\n",
		`rfc5424 2026-11-21T03:58:10 ERROR=err service=pay host=vm trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7`+local0+` process.pid:42 log.syslog.msgid=ID7 log.syslog.structured_data.ctx@32473.user=a "b" \ ] \n log.syslog.structured_data.x@1.k= | text`)
	f("<13>1 - - - - - - \xEF\xBB\xBFsnow", `rfc5424 INFO=notice`+user+` | snow`)
	f(`<13>1 - - - - - -`, `rfc5424 INFO=notice`+user+` | `)
	f(`<13>1 - vm`, `rfc5424 INFO=notice host=vm`+user+` | `)
	f(`<13>1 - vm app web-1 - [origin] text`, `rfc5424 INFO=notice service=app host=vm`+user+` log.syslog.procid=web-1 log.syslog.structured_data.origin= | text`)
	f(`<13>1 - vm app - - [not structured] text`, `rfc5424 INFO=notice service=app host=vm`+user+` | [not structured] text`)
	f(`<13>1 - vm prg[12] - -  two blanks`, `rfc5424 INFO=notice service=prg host=vm`+user+` process.pid:12 | two blanks`)
	f(`75 <13>1 2026-11-21T03:58:10Z vm app - - - counted`, `rfc5424 2026-11-21T03:58:10 INFO=notice service=app host=vm`+user+` | counted`)
	f(`<13>1 2026-11-21T03:58:10Z - - - - [k@1 host="web" service="pay" trace_id="0"] text`,
		`rfc5424 2026-11-21T03:58:10 INFO=notice service=pay host=web`+user+` log.syslog.structured_data.k@1.trace_id=0 | text`)

	// RFC 3164 with a priority.
	f(`<13>Nov 21 03:58:10 vm myapp: text`, `rfc3164?year INFO=notice service=myapp host=vm`+user+` | text`)
	f(`<13>Nov 21 03:58:10 myapp: text`, `rfc3164?year INFO=notice service=myapp`+user+` | text`)
	f(`<13>Nov 21 03:58:47 vm text`, `rfc3164?year INFO=notice host=vm`+user+` | text`)
	f(`<13>2026-11-21T03:58:10.455927+00:00 vm app[12]: text`, `rfc3164 2026-11-21T03:58:10.455927 INFO=notice service=app host=vm`+user+` process.pid:12 | text`)
	f(`<13>Nov  1 03:58:10.123 2001:db8::1 app: text`, `rfc3164?year INFO=notice service=app host=2001:db8::1`+user+` | text`)
	f(`<13>Mar 7 2008 19:06:53: example tag: text`, `rfc3164 2008-03-07T19:06:53?zone INFO=notice service=tag host=example`+user+` | text`)
	f(`<13>Oct 16 2009 23:47:31 hostname tag[1234] This is`, `rfc3164 2009-10-16T23:47:31?zone INFO=notice service=tag host=hostname`+user+` process.pid:1234 | This is`)
	f(`<13>45: *Mar  1 18:46:11.123: %SYS-5-CONFIG_I: Configured`, `rfc3164?year INFO=notice`+user+` event.sequence:45 | %SYS-5-CONFIG_I: Configured`)
	f(`<13>29: rtr1: *Apr 29 13:58:40.411 UTC: %SYS-5-CONFIG_I: Configured`, `rfc3164?year INFO=notice host=rtr1`+user+` event.sequence:29 | %SYS-5-CONFIG_I: Configured`)
	f(`<13>Aug  1 14:01:20 abc-asa1: %ASA-6-302013: Built`, `rfc3164?year INFO=notice host=abc-asa1`+user+` | %ASA-6-302013: Built`)
	f(`<13>Mar  6 16:57:54 172.20.245.8 %PIX-7-710005: UDP`, `rfc3164?year INFO=notice host=172.20.245.8`+user+` | %PIX-7-710005: UDP`)
	f(`<13>systemd[1]: Started`, `rfc3164 INFO=notice service=systemd`+user+` process.pid:1 | Started`)
	f(`<13>anything at all`, `rfc3164 INFO=notice`+user+` | anything at all`)
	f(`<13>`, `rfc3164 INFO=notice`+user+` | `)
	f(`<6>[    1.250000] Linux version`, `rfc3164 INFO=info log.syslog.facility.code:0 log.syslog.facility.name=kern log.syslog.severity.code:6 host.uptime:1.250000 | Linux version`)
	f(`<13>Nov 21 11:58:10 pm-1 app: text`, `rfc3164?year INFO=notice service=app host=pm-1`+user+` | text`)
	f(`<13>Nov 21 03:58:10 vm ERROR: text`, `rfc3164?year INFO=notice host=vm`+user+` | ERROR: text`)
	f(`<192>Nov 21 03:58:10 vm app: text`, `dated?year | <192>Nov 21 03:58:10 vm app: text`)

	// Files.
	f(`Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; uid=0`, `rfc3164?year service=sshd(pam_unix) host=combo process.pid:19939 | authentication failure; uid=0`)
	f(`Mar  8 20:16:44 black kernel: [20474.050964] IN=eth0 OUT=`, `rfc3164?year service=kernel host=black host.uptime:20474.050964 | IN=eth0 OUT=`)
	f(`Jan  4 10:23:26 Tims-Air Setup Assistant[1173]: Creating`, `rfc3164?year service=Setup Assistant host=Tims-Air process.pid:1173 | Creating`)
	f(`Aug  1 00:00:03 iMac com.apple.xpc.launchd[1] (com.apple.x[50989]): Service exited`, `rfc3164?year service=com.apple.xpc.launchd host=iMac process.pid:1 log.logger=com.apple.x[50989] | Service exited`)
	f(`Aug  1 00:00:03 iPhone SpringBoard[54] <Warning>: low`, `rfc3164?year WARN=Warning service=SpringBoard host=iPhone process.pid:54 | low`)
	f(`Apr 28 04:02:03 centos5 syslogd 1.4.1: restart.`, `rfc3164?year service=syslogd host=centos5 service.version=1.4.1 | restart.`)
	f(`Jul  7 08:06:15 combo  -- root[2421]: ROOT LOGIN ON tty2`, `rfc3164?year service=-- root host=combo process.pid:2421 | ROOT LOGIN ON tty2`)
	f(`Feb 18 16:01:59 combo -- MARK --`, `rfc3164?year host=combo | -- MARK --`)
	f(`Jun 14 15:16:01 combo last message repeated 2 times`, `rfc3164?year host=combo | last message repeated 2 times`)
	f(`Apr  7 21:49:03 UDM-Pro [WAN_IN-RET-3006] DESCR="[WAN_IN] x`, `rfc3164?year host=UDM-Pro | [WAN_IN-RET-3006] DESCR="[WAN_IN] x`)
	f(`Jun 20 17:26:13 ip-10-188-149-5 [CLOUDINIT] util.py[DEBUG]: Restoring`, `rfc3164?year host=ip-10-188-149-5 | [CLOUDINIT] util.py[DEBUG]: Restoring`)
	f(`Jan 11 22:33:44 su: 'su root' failed`, `rfc3164?year service=su | 'su root' failed`)
	f(`2025-08-31T09:36:55.418891-07:00 stack-pc2 rsyslogd: was HUPed`, `rfc3164 2025-08-31T16:36:55.418891 service=rsyslogd host=stack-pc2 | was HUPed`)
	f(`2012-11-30T06:45:29+00:00 heroku[web.3]: State changed`, `rfc3164 2012-11-30T06:45:29 service=heroku log.syslog.procid=web.3 | State changed`)
	f(`2024-01-01T10:00:00Z web-1 app[7]: text`, `rfc3164 2024-01-01T10:00:00 service=app host=web-1 process.pid:7 | text`)
	f(`Mon 2024-01-01 10:00:00 UTC web systemd[1]: Started`, `rfc3164 2024-01-01T10:00:00 service=systemd host=web process.pid:1 | Started`)
	f(`000123: *Mar  1 18:46:11: %LINK-3-UPDOWN: Interface`, `rfc3164?year event.sequence:123 | %LINK-3-UPDOWN: Interface`)
	f("Nov 21 03:58:10 vm app: @cee: no object", `rfc3164?year service=app host=vm | @cee: no object`)
	f("Nov 21 03:58:10 vm app[1]: first\n\tsecond\n", "rfc3164?year service=app host=vm process.pid:1 | first\n\tsecond")
	f("Nov 21 03:58:10 vm app: done traceID=4bf92f3577b34da6a3ce929d0e0e4736", "rfc3164?year service=app host=vm trace=4bf92f3577b34da6a3ce929d0e0e4736 | done traceID=4bf92f3577b34da6a3ce929d0e0e4736")

	// The kernel.
	f(`[   12.345678] usb 1-1: new`, `dmesg host.uptime:12.345678 | usb 1-1: new`)
	f(`[    0.000000][  T123] Booting`, `dmesg host.uptime:0.000000 process.thread.id:123 | Booting`)
	f(`[Mon Mar 14 08:00:00 2022] text`, `dmesg 2022-03-14T08:00:00?zone | text`)
	f(`kern  :warn  : [    1.5] text`, `dmesg WARN=warning log.syslog.facility.code:0 log.syslog.facility.name=kern log.syslog.severity.code:4 host.uptime:1.5 | text`)
}

// Lines of other formats that look like syslog's at first are not taken for it.
func TestSyslogRejects(t *testing.T) {
	s := newScanner(time.UTC, everything)
	for _, line := range []string{
		"Mar 05 11:22:33.000 [notice] Bootstrapped 100%",
		"Sep 12 22:22:01 INFO payment: text",
		"Sep 12 22:22:01 INFO: text",
		"Jan 02 15:04:05 Starting server on port 80",
		"2026-03-14 08:00:00,123 INFO [payment] text",
		"2026-03-14 08:00:00,123 INFO payment: text",
		"2026-03-14T08:00:00Z INFO worker[3]: text",
		"2026-03-14T08:00:00Z main server: text",
		"2024-01-01 10:00:00 client 10.0.0.1 connected: fine",
		"Mon is a day",
		"12:00:00 foo bar: text",
		"<html>",
		"<1a>text",
		"1234",
		"123:",
		"*",
		"kern",
		"kern:info:",
		"[12] text",
		"[Errno 2] No such file",
	} {
		for _, l := range append(slices.Clip(syslogFamily), kernelFamily...) {
			s.forget()
			var f fields
			if l.scan([]byte(line), s, &f) {
				t.Errorf("%s takes %q", l.Name(), line)
			}
		}
	}
}

// Stamps without a year get theirs from the end of the stream.
func TestSyslogYears(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	f := func(ref string, want string, lines ...string) {
		t.Helper()
		raw := []byte(strings.Join(lines, " vm app: text\n") + " vm app: text\n")
		rows := &logs.Rows{}
		state := ix.Fold(nil, 0, raw, ix.Scan(raw, nil), rows)
		at, err := time.Parse(time.RFC3339, ref)
		if err != nil {
			t.Fatal(err)
		}
		state = ix.Date(state, at.UnixNano(), rows.List)
		ix.Close(state, rows, false)
		var got []string
		for _, r := range rows.List {
			got = append(got, time.Unix(0, r.Time).UTC().Format("2006-01-02"))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q\n got %s\nwant %s", lines, s, want)
		}
	}
	f("2026-03-14T08:00:00Z", "2026-03-13 2026-03-14", "Mar 13 08:00:00", "Mar 14 08:00:00")
	f("2026-01-02T08:00:00Z", "2025-12-31 2026-01-01 2026-01-02", "Dec 31 23:59:59", "Jan  1 00:00:00", "Jan  2 00:00:00")
	f("2026-01-02T08:00:00Z", "2025-12-31 2026-01-01 2025-12-31 2026-01-01", "Dec 31 23:59:58", "Jan  1 00:00:00", "Dec 31 23:59:59", "Jan  1 00:00:01")
	f("2025-03-01T08:00:00Z", "2024-12-30 2024-12-31", "Dec 30 08:00:00", "Dec 31 08:00:00")
	f("2024-03-01T08:00:00Z", "2024-02-29 2024-03-01", "Feb 29 08:00:00", "Mar  1 08:00:00")
	f("2026-03-01T08:00:00Z", "2024-02-29 2024-12-01 2025-05-01 2025-12-01 2026-01-01", "Feb 29 08:00:00", "Dec  1 08:00:00", "May  1 08:00:00", "Dec  1 08:00:00", "Jan  1 08:00:00")
}
