package format

import (
	"testing"
	"time"
)

func TestAccess(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	f := func(text, want string) {
		t.Helper()
		if got := decoded(t, ix, text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	const get = " http.request.method=GET url.original=/x url.path=/x http.version=1.1"
	f(`10.1.2.3 - - [11/Feb/2013:06:43:36 +0100] "GET /client/?a=1 HTTP/1.1" 200 5778`,
		`access 2013-02-11T05:43:36 INFO source.ip=10.1.2.3 http.request.method=GET url.original=/client/?a=1 url.path=/client/ url.query=a=1 http.version=1.1 http.response.status_code:200 http.response.body.bytes:5778 | GET /client/?a=1 HTTP/1.1`)
	f(`10.1.2.3 - bob [11/Feb/2013:06:43:36 +0000] "GET /x HTTP/1.1" 404 - "https://e.org/" "curl/8 (\"x\" y)"`,
		`access 2013-02-11T06:43:36 WARN source.ip=10.1.2.3 user.name=bob`+get+` http.response.status_code:404 http.request.referrer=https://e.org/ user_agent.original=curl/8 (\"x\" y) | GET /x HTTP/1.1`)
	f(`www.e.org:443 2001:db8::1 - John Doe [11/Feb/2013:06:43:36 +0000] "GET /x HTTP/1.1" 503 12 "-" "-"  293`,
		`access 2013-02-11T06:43:36 ERROR url.domain=www.e.org url.port:443 source.ip=2001:db8::1 user.name=John Doe`+get+` http.response.status_code:503 http.response.body.bytes:12 extra=293 | GET /x HTTP/1.1`)
	f(`10.0.0.1, 10.0.0.2 - - [11/Feb/2013:06:43:36 +0000] "GET /x HTTP/1.1" 200 12`,
		`access 2013-02-11T06:43:36 INFO source.ip=10.0.0.1 network.forwarded_ip=10.0.0.2`+get+` http.response.status_code:200 http.response.body.bytes:12 | GET /x HTTP/1.1`)
	f(`10.1.10.51 -  -  [23/Dec/2014:21:20:35 +0000] "\x16\x03\x01" 400 166 "-" "-"`,
		`access 2014-12-23T21:20:35 WARN source.ip=10.1.10.51 http.response.status_code:400 http.response.body.bytes:166 | \x16\x03\x01`)
	f(`h.example.org - - [23/Dec/2014:21:20:35 +0000] "" 408 -`, `access 2014-12-23T21:20:35 WARN source.address=h.example.org http.response.status_code:408 | `)
	f(`10.1.10.51 - - [23/Dec/2014:21:20:35 +0000] "GET /a"b HTTP/1.1" - 7`,
		`access 2014-12-23T21:20:35 source.ip=10.1.10.51 http.request.method=GET url.original=/a"b url.path=/a"b http.version=1.1 http.response.body.bytes:7 | GET /a"b HTTP/1.1`)
	f(`172.18.0.1 - - [29/Aug/2023 22:02:58] "GET /x HTTP/1.1" 200 -`, `access 2023-08-29T22:02:58?zone INFO source.ip=172.18.0.1`+get+` http.response.status_code:200 | GET /x HTTP/1.1`)
	f(`10.0.0.1 - - [29/Aug/2023:22:02:58 +0000] "GET http://e.org:8080/p?q HTTP/1.1" 200 1 "-" "ua" "10.0.0.7, ::1" 0.0042 rt=0.5 uct="0.1 x" trace_id=4bf92f3577b34da6a3ce929d0e0e4736`,
		`access 2023-08-29T22:02:58 INFO trace=4bf92f3577b34da6a3ce929d0e0e4736 source.ip=10.0.0.1 http.request.method=GET url.original=http://e.org:8080/p?q url.domain=e.org url.port:8080 url.path=/p url.query=q http.version=1.1 http.response.status_code:200 http.response.body.bytes:1 user_agent.original=ua network.forwarded_ip=10.0.0.7, ::1 event.duration:4200000 rt:0.5 uct=0.1 x trace_id=4bf92f3577b34da6a3ce929d0e0e4736 | GET http://e.org:8080/p?q HTTP/1.1`)
	f(`10.0.0.1 - - [29/Aug/2023:22:02:58 +0000] "GET /x HTTP/1.1" 200 1 "-" "-" 42 "web@docker" "http://10.0.0.2:80" 5ms`,
		`access 2023-08-29T22:02:58 INFO source.ip=10.0.0.1`+get+` http.response.status_code:200 http.response.body.bytes:1 traefik.request_count:42 traefik.router.name=web@docker traefik.server.url=http://10.0.0.2:80 event.duration:5000000 | GET /x HTTP/1.1`)
	f(`10.0.0.1 - - [29/Aug/2023:22:02:58 +0000] "GET /x HTTP/1.1" 200 1 "-" "-" 337 0.012 [shop-web-80] [] 10.2.0.9:8080 1 0.011 200 5f0c`,
		`access 2023-08-29T22:02:58 INFO source.ip=10.0.0.1`+get+` http.response.status_code:200 http.response.body.bytes:1 http.request.bytes:337 event.duration:12000000 nginx.upstream.name=shop-web-80 destination.ip=10.2.0.9 destination.port:8080 nginx.upstream.response.bytes:1 nginx.upstream.response.duration:11000000 nginx.upstream.response.status_code:200 http.request.id=5f0c | GET /x HTTP/1.1`)

	f(`[2016-04-15T20:17:00.310Z] "GET /x HTTP/1.1" 204 - 154 0 226 100 "10.0.35.28" "ns-agent" "cc21d9b0" "locations" "tcp://10.0.2.1:80"`,
		`envoy 2016-04-15T20:17:00.31 INFO`+get+` http.response.status_code:204 http.request.body.bytes:154 http.response.body.bytes:0 event.duration:226000000 envoy.upstream.duration:100000000 network.forwarded_ip=10.0.35.28 user_agent.original=ns-agent http.request.id=cc21d9b0 url.domain=locations envoy.upstream.address=tcp://10.0.2.1:80 | GET /x HTTP/1.1`)
	f(`[2020-11-25T21:26:18.409Z] "GET /x HTTP/1.1" 503 UF upstream_reset - "reset" 0 135 4 - "-" "curl" "84961386" "httpbin:8000" "127.0.0.1:80" inbound|8000|| 127.0.0.1:41854`,
		`envoy 2020-11-25T21:26:18.409 ERROR`+get+` http.response.status_code:503 envoy.response_flags=UF envoy.response_code_details=upstream_reset envoy.upstream.failure=reset http.request.body.bytes:0 http.response.body.bytes:135 event.duration:4000000 user_agent.original=curl http.request.id=84961386 url.domain=httpbin:8000 envoy.upstream.address=127.0.0.1:80 extra=inbound|8000|| 127.0.0.1:41854 | GET /x HTTP/1.1`)
	f(`https 2018-07-02T22:23:00.186641Z app/lb/50dc 192.168.131.39:2817 - -1 -1 -1 502 - 34 366 "GET https://e.org:443/x HTTP/1.1" "curl/7" ECDHE TLSv1.2 arn:aws:x "Root=1-58337262-36d228ad5d99923122bbe354" "e.org" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "-" "-" "-" "-"`,
		`elb 2018-07-02T22:23:00.186641 ERROR trace=1-58337262-36d228ad5d99923122bbe354 aws.elb.type=https aws.elb.name=app/lb/50dc source.ip=192.168.131.39 source.port:2817 http.response.status_code:502 http.request.bytes:34 http.response.bytes:366 http.request.method=GET url.original=https://e.org:443/x url.domain=e.org url.port:443 url.path=/x http.version=1.1 user_agent.original=curl/7 tls.cipher=ECDHE tls.version=TLSv1.2 aws.elb.target_group.arn=arn:aws:x aws.elb.trace_id=Root=1-58337262-36d228ad5d99923122bbe354 aws.elb.domain_name=e.org aws.elb.matched_rule_priority=0 aws.elb.request_creation_time=2018-07-02T22:22:48.364000Z aws.elb.actions_executed=forward | GET https://e.org:443/x HTTP/1.1`)
	f(`2015-05-13T23:39:43.945958Z lb 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET /x HTTP/1.1" "-" - -`,
		`elb 2015-05-13T23:39:43.945958 INFO aws.elb.name=lb source.ip=192.168.131.39 source.port:2817 destination.ip=10.0.0.1 destination.port:80 aws.elb.request_processing_time:86000 aws.elb.target_processing_time:1048000 aws.elb.response_processing_time:1337000 http.response.status_code:200 aws.elb.target_status_code:200 http.request.bytes:0 http.response.bytes:57`+get+` | GET /x HTTP/1.1`)
	f(`b659b576cff1e15e4c0313ff8930fba9f53e6794567f5c60dab3abf2f8dfb6cc bucket [10/Feb/2012:16:42:07 -0500] 1.2.3.4 - EB3502 REST.GET.OBJECT index "GET /x HTTP/1.1" 404 NoSuchKey 368 - 10 9 "-" "curl" -`,
		`s3 2012-02-10T21:42:07 WARN aws.s3access.bucket_owner=b659b576cff1e15e4c0313ff8930fba9f53e6794567f5c60dab3abf2f8dfb6cc aws.s3access.bucket=bucket source.ip=1.2.3.4 aws.s3access.request_id=EB3502 aws.s3access.operation=REST.GET.OBJECT aws.s3access.key=index`+get+` http.response.status_code:404 aws.s3access.error_code=NoSuchKey http.response.body.bytes:368 event.duration:10000000 aws.s3access.turn_around_time:9000000 user_agent.original=curl | GET /x HTTP/1.1`)
	f("2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td1.cloudfront.net\t/x\t200\t-\tcurl\t-\t-\tHit\tSOX4\te.org\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE\tHit\tHTTP/2.0",
		"cloudfront 2019-12-04T21:02:31?zone INFO aws.cloudfront.edge_location=LAX1 http.response.bytes:392 source.ip=192.0.2.100 http.request.method=GET aws.cloudfront.domain=d1.cloudfront.net url.path=/x http.response.status_code:200 user_agent.original=curl aws.cloudfront.edge_result_type=Hit http.request.id=SOX4 url.domain=e.org url.scheme=https http.request.bytes:23 event.duration:1000000 tls.version=TLSv1.2 tls.cipher=ECDHE aws.cloudfront.edge_response_result_type=Hit http.version=2.0 | GET\td1.cloudfront.net\t/x")
	f(`2015-01-13 00:32:17 100.79.192.81 GET /robots.txt q=1 80 - 157.55.39.146 Mozilla/5.0+(x) - 500 0 2 15`,
		`w3c 2015-01-13T00:32:17?zone ERROR http.request.method=GET url.original=/robots.txt url.path=/robots.txt url.query=q=1 http.response.status_code:500 destination.ip=100.79.192.81 destination.port:80 source.ip=157.55.39.146 user_agent.original=Mozilla/5.0+(x) iis.access.sub_status:0 iis.access.win32_status:2 event.duration:15000000 | GET /robots.txt q=1`)
	f(`2015-01-13 00:32:17 W3SVC1 WEB 100.79.192.81 GET / - 80 bob 157.55.39.146 HTTP/1.1 ua ref host 200 0 0 500 600 15`,
		`w3c 2015-01-13T00:32:17?zone INFO http.request.method=GET url.original=/ url.path=/ http.response.status_code:200 iis.access.site_name=W3SVC1 iis.access.server_name=WEB destination.ip=100.79.192.81 destination.port:80 user.name=bob source.ip=157.55.39.146 http.version=1.1 user_agent.original=ua http.request.referrer=ref iis.access.more=host iis.access.sub_status:0 iis.access.win32_status:0 http.response.bytes:500 http.request.bytes:600 event.duration:15000000 | GET /`)
	f(`2013-02-11T06:43:36 10.112.72.172 - GET "/client/" -1 200 5778 "-" "Mozilla (x)"`,
		`w3c 2013-02-11T06:43:36?zone INFO http.request.method=GET url.original=/client/ url.path=/client/ http.response.status_code:200 source.ip=10.112.72.172 http.response.body.bytes:5778 user_agent.original=Mozilla (x) | GET "/client/"`)
	f(`1286536309.450    917 192.168.0.68 TCP_MISS/200 507 GET http://e.org/x - NONE/- text/html`,
		`squid 2010-10-08T11:11:49.45 INFO event.duration:917000000 source.ip=192.168.0.68 squid.result=TCP_MISS http.response.status_code:200 http.response.bytes:507 http.request.method=GET url.original=http://e.org/x url.domain=e.org url.path=/x squid.hierarchy=NONE/- http.response.mime_type=text/html | GET http://e.org/x`)
	f(`127.0.0.1:39759 [09/Dec/2013:12:59:46.633] lb default/i8 0/51536/1/48082/+99627 200 83285 - - ---- 87/87/87/1/0 0/67 {77.24.148.74} "GET /x HTTP/1.1"`,
		`haproxy 2013-12-09T12:59:46.633?zone INFO source.ip=127.0.0.1 source.port:39759`+get+` haproxy.frontend_name=lb haproxy.backend_name=default haproxy.server_name=i8 event.duration:99627000000 haproxy.timers=0/51536/1/48082/+99627 http.response.status_code:200 http.response.bytes:83285 haproxy.termination_state=---- haproxy.connections=87/87/87/1/0 haproxy.queues=0/67 haproxy.headers={77.24.148.74} | GET /x HTTP/1.1`)
	f(`[GIN] 2024/01/02 - 15:04:05 | 200 |     1.234ms |       127.0.0.1 | GET      "/ping?x"`,
		`gin 2024-01-02T15:04:05?zone INFO http.response.status_code:200 event.duration:1234000 source.ip=127.0.0.1 http.request.method=GET url.original=/ping?x url.path=/ping url.query=x | GET      "/ping?x"`)
	f(`INFO:     127.0.0.1:52344 - "GET /x HTTP/1.1" 500 Internal Server Error`,
		`uvicorn ERROR=INFO source.ip=127.0.0.1 source.port:52344`+get+` http.response.status_code:500 http.response.reason=Internal Server Error | GET /x HTTP/1.1`)

	f(`2024/01/02 15:04:05 [error] 123#124: *45 open() failed, client: 10.0.0.1, server: e.org, request: "GET /x HTTP/1.1", host: "e.org"`,
		`nginx-error 2024-01-02T15:04:05?zone ERROR=error process.pid:123 process.thread.id:124 nginx.error.connection_id:45 source.ip=10.0.0.1`+get+` | open() failed, client: 10.0.0.1, server: e.org, request: "GET /x HTTP/1.1", host: "e.org"`)
	f("2024/01/02 15:04:05 [notice] 1#1: start\nStack trace:\n#0 {main}\n", "nginx-error 2024-01-02T15:04:05?zone INFO=notice process.pid:1 process.thread.id:1 | start\nStack trace:\n#0 {main}")
	f(`[Sun Dec 04 04:47:44 2005] [error] mod_jk child`, `apache-error 2005-12-04T04:47:44?zone ERROR=error | mod_jk child`)
	f(`[Sun Dec 04 04:47:44 2005] [error] [client 10.0.0.1] denied`, `apache-error 2005-12-04T04:47:44?zone ERROR=error source.ip=10.0.0.1 | [client 10.0.0.1] denied`)
	f(`[Thu May 12 08:28:57.652118 2011] [core:trace8] [pid 8777:tid 4326490112] [client ::1:58619] File [x] y`,
		`apache-error 2011-05-12T08:28:57.652118?zone TRACE=trace8 log.logger=core process.pid:8777 process.thread.id:4326490112 source.ip=::1 source.port:58619 | File [x] y`)
	f(`[Mon Aug 31 09:30:48.958285 2015] [:error] [pid 28787] (70008)Partial: [client 58.13.45.166:59307] AH01075`,
		`apache-error 2015-08-31T09:30:48.958285?zone ERROR=error process.pid:28787 | (70008)Partial: [client 58.13.45.166:59307] AH01075`)
	f(`E [08/Jun/2013:11:28:58 -0700] Unknown directive`, `cups-error 2013-06-08T18:28:58 ERROR=E | Unknown directive`)
}

// Lines of other formats that look like a server's at first are not taken for it.
func TestAccessRejects(t *testing.T) {
	s := newScanner(time.UTC, everything)
	for _, line := range []string{
		"2024/01/02 15:04:05 [error] something else happened",
		"[Mon Mar 14 08:00:00 2022] a message of the kernel",
		"2026-03-14 08:00:00,123 INFO [payment] GET /x 200",
		"2026-03-14 08:00:00 10.0.0.1 connected to the server and GET nothing",
		"2026-03-14T08:00:00.123456Z INFO 10.0.0.1:80 GET /x 200 0.001 0.002 200 200",
		"a text with [02/Jan/2006:15:04:05 +0000] in the middle of it",
		`10.0.0.1 - - [02/Jan/2006:15:04:05 +0000] no quotes 200 1`,
		`10.0.0.1 - - [02/Jan/2006:15:04:05 +0000] "never closed`,
		"[GIN-debug] Listening and serving HTTP on :8080 and so on and on",
		"1286536309.450 a message that is long enough to be looked at by squid",
		"INFO:     Application startup complete.",
		"https is a word that a sentence may begin with, long as it may be in here",
		"E [x] short",
		"[",
		"-",
	} {
		for _, l := range accessFamily {
			s.forget()
			var f fields
			if (l.starts() == "" || contains(l.starts(), line[0])) && l.scan([]byte(line), s, &f) {
				t.Errorf("%s takes %q", l.Name(), line)
			}
		}
	}
}
