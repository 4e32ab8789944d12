package format

import (
	"bytes"
	"testing"
)

// headerSamples are a few lines a format, as its programs write them.
var headerSamples = map[string]string{
	"rfc5424": `<134>1 2026-03-14T08:00:00.123456Z payment-1 payment 1234 - [ctx@32473 trace_id="4bf92f3577b34da6a3ce929d0e0e4736" span_id="00f067aa0ba902b7"] request completed /api/v1/orders in 120 ms
<131>1 2026-03-14T08:00:00.223456Z auth-2 auth 1235 - [ctx@32473 trace_id="5bf92f3577b34da6a3ce929d0e0e4736" span_id="10f067aa0ba902b7"] connection refused to 10.0.3.4:5432
`,
	"rfc3164": `<134>Mar 14 08:00:00 payment-1 payment[1234]: request completed /api/v1/orders in 120 ms trace_id=4bf92f3577b34da6a3ce929d0e0e4736
<131>Mar 14 08:00:00 auth-2 auth[1235]: connection refused to 10.0.3.4:5432 trace_id=5bf92f3577b34da6a3ce929d0e0e4736
`,
	"syslog file": `Mar 14 08:00:00 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4
Mar 14 08:00:01 combo kernel: [20474.050964] usb 1-1: new high-speed USB device number 2
`,
	"access": `10.1.2.3 - - [14/Mar/2026:08:00:00 +0000] "GET /api/v1/orders HTTP/1.1" 200 5778 "-" "Mozilla/5.0 (X11; Linux x86_64)"
10.1.2.4 - - [14/Mar/2026:08:00:00 +0000] "POST /api/v1/cart HTTP/1.1" 503 178 "-" "Mozilla/5.0 (X11; Linux x86_64)"
`,
	"nginx-error": `2026/03/14 08:00:00 [error] 123#123: *45 open() "/usr/share/x" failed (2: No such file or directory), client: 10.0.0.1, server: e.org, request: "GET /x HTTP/1.1", host: "e.org"
2026/03/14 08:00:00 [warn] 123#123: *46 an upstream response is buffered to a temporary file
`,
	"apache-error": `[Sun Mar 14 08:00:00.712806 2027] [core:error] [pid 17962:tid 1234] [client 127.0.0.1:60444] AH00135: Invalid method in request FOO /
[Sun Mar 14 08:00:00 2027] [notice] workerEnv.init() ok /etc/httpd/conf/workers2.properties
`,
	"envoy": `[2026-03-14T08:00:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "ns-agent" "cc21d9b0-cf5c" "locations" "tcp://10.0.2.1:80"
`,
	"elb": `https 2026-03-14T08:00:00.186641Z app/lb/50dc 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://e.org:443/ HTTP/1.1" "curl/7.46.0" ECDHE TLSv1.2 arn:aws:x "Root=1-58337281-1d84f3d73c47ec4e58577259" "e.org" "-" 1
`,
	"w3c": `2026-03-14 08:00:00 100.79.192.81 GET /robots.txt - 80 - 157.55.39.146 Mozilla/5.0+(compatible) - 404 0 2 15
`,
	"squid": `1773475200.450    917 192.168.0.68 TCP_MISS/200 507 GET http://e.org/x - NONE/- text/html
`,
}

// The samples are of the format that they are named after, and reading them by lines allocates nothing.
func TestScanAllocates(t *testing.T) {
	for name, sample := range headerSamples {
		ix := newTestIndexer(t, Options{})
		raw := bytes.Repeat([]byte(sample), 100)
		rows := agree(t, ix, raw)
		if got := rows.Formats[0]; len(rows.Formats) != 1 || got != name && name != "syslog file" {
			t.Errorf("%s is read as %q", name, rows.Formats)
		}
		facts := ix.Scan(raw, nil)
		if n := testing.AllocsPerRun(5, func() { ix.Scan(raw, facts) }); n > 20 {
			t.Errorf("%s: %.0f allocations in %d lines", name, n, facts.Lines())
		}
	}
}
