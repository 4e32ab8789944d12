//go:build servers

package elastic_test

import (
	"math/rand/v2"
	"strings"
)

// shopQueries are for the documents of the shop. $name stands for what they call a field.
const shopQueries = `
*
message:*
n:*
nosuch:*
nosuch:1
timeout
TIMEOUT
timed
"timed out"
"upstream timed out"
"order accepted"
declined
"payment declined"
declined or accepted
declined and payment
*timeout*
time*
*clin*
order
EUR
42
"42"
17
true
cache lookup
"cache lookup"
"lookup cache"
hit
user
5456
10.151.44.8
User login successful
"User login successful"
/declined/
/order [0-9a-f]+/
/(?i)DECLINED/
/^order/
/[0-9]{4}$/
message:timeout
message:TIMEOUT
message:"timed out"
message:"login successful"
message:declin*
message:*eclin*
message:*EUR
message:(timeout or declined)
message:order accepted
message:/accepted/
message:/total=[0-9.]+ EUR$/
not message:order
msg:declined
level:ERROR
level:error
level:err
level:WARN
level:warning
level:info
level:debug
level:fatal
level:odd
level >= WARN
level > info
level < warn
level <= debug
level:(error or warn)
not level:info
level:E*
level:/ERR/
log.level:ERROR
severity:error
level:*
service:payment
service:Payment
service:pay*
service:*ment
service:p*t
service:(payment or orders)
service:payment orders
service:"payment"
service:*
service.name:payment
app:payment
not service:payment
service:/^pay/
service:/^(orders|auth)$/
service:/ent$/
service:/[^aeiou]uth/
service > m
service < payment
service >= "payment"
$service:search
host:orders-1
host:orders*
host:orders-?
host:*-2
host.name:payment-3
hostname:payment-3
host:(auth-1 or auth-2 or search-0)
$host:gateway-0
not host:*-0
trace_id:$trace
trace.id:$trace
trace_id:"$trace"
traceId:$TRACE
trace_id:$trac*
trace_id:*
$byid:$trace
span_id:*
span_id:0*
$dur > $1000
$dur >= $1000
$dur < $10
$dur <= $10
$dur:$1000
$dur:$1000.0
$dur:*
$dur > $1000 and $dur < $1100
$dur > $2000 and level:ERROR
not $dur > $10
$dur:($10 or $1000 or $1100)
$dur > -1
$dur > 1e30
$dur:abc
$status:500
$status:"500"
$status >= 500
$status > 499.5
$status:(500 or 503)
$status:5*
$status:/^50[0-2]$/
not $status:200
$status < 500 and level:warn
$path:/healthz
$path:"/healthz"
not $path:/healthz
$path:"/static/app.js"
$path:/static*
$path:*.js
$path:"/STATIC/app.js"
$path:*
$path > "/s"
$path:(/healthz or "/static/app.js")
h*:orders-1
*e:payment
http.*:500
*:payment
*:500
n < 100
n >= 100 and n < 200
n:17
n:(1 or 2 or 3)
n:17.0
n:17.5
n > 99.5 and n < 110.5
n:1*
not n >= 20
@timestamp >= "2026-03-14T08:00:05Z"
@timestamp < "2026-03-14T08:00:01.5Z"
@timestamp >= "2026-03-14T08:00:01Z" and @timestamp < "2026-03-14T08:00:02Z"
@timestamp >= now-10m
@timestamp > "now-9m"
@timestamp <= 2026-03-14
@timestamp:2026-03-14
@timestamp:*
timestamp < "2026-03-14T08:00:03.123Z"
time > "2026-03-14T08:00:02.0005Z"
@timestamp < 2026-03-13
@timestamp > "2026-03-14T09:00:02+01:00"
level:ERROR and service:payment
level:ERROR or service:payment
level:ERROR and not service:payment
not (level:ERROR or service:payment)
not (level:ERROR and service:payment)
not (not level:ERROR)
(level:ERROR or level:WARN) and (service:payment or service:orders) and not $path:/healthz
service:payment and (declined or timeout) and $dur > $1000
not (timeout or declined) and level >= WARN
level >= error and host:*-1 and $status >= 501
timeout and not level:info
not timeout and not declined and not level:debug and not level:info
service:payment and level:(error or warn) and not message:"timed out"
level:ERROR and *:500
service:auth or (service:email and not level:info)
message:declined or $status:503
(timeout) and (level:error or (service:search and not host:search-1))
not (not service:payment and not service:orders)
nosuch:1 or service:payment
nosuch:1 and service:payment
not nosuch:1 and level:error
not nosuch:*
message:nosuchword
service:nosuch*
level:error and $dur >= $1000 and @timestamp < "2026-03-14T08:00:08Z"
`

// oddQueries are for the odd documents.
const oddQueries = `
*
timed
"timed out"
"read timed out"
socketTimeoutException
java.net.SocketTimeoutException
*SocketTimeout*
timeout
peer
db-1
"db-1"
42
"42 %"
GET
"/a/b"
a/b
c=d
Übergröße
übergröße
uebergroesse
café
cafe
naïve
日本語
ログ
"のログ"
lines
"two lines"
user@example.org
example.org
no
"said no"
message:*
message:""
message:long
message:/^Read/
message:/out$/
message:*lines*
message:日本語
not message:*
level:error
level:ERROR
level:warn
level:notice
level:info
level:odd
level:fatal
level >= warn
level < info
level:*
not level:*
severity:error
severity:*
service:pay
service:payment
service:Payment
service:pay*
service:*ay*
service:PAY*
service:"a b"
service:a b
service:shop
service:*
not service:*
app:pay
app:shop
app:*
host:a-1
host:c-1
host.name:b-1
host:*-1
host.ip:10.0.0.1
host.ip:*
host.ip:10.0.0.0/8
hostname:a-1
host.os:linux
not host.os:bsd
trace_id:4bf92f3577b34da6a3ce929d0e0e4736
trace_id:a3ce929d0e0e4736
trace_id:11803532876627986230
trace_id:A3CE929D0E0E4736
trace_id:"4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
trace_id:none
trace.id:None
trace_id:4bf92f35*
trace_id:*
tags:a
tags:b
tags:c
tags:"a b"
tags:a b
tags:*
not tags:*
tags:A
tags:(a or c)
tags:a and tags:b
tags:/^[ab]$/
tags > a
status:200
status:500
status > 200
status < 500
status >= 200 and status < 300
not status:200
status:*
status:(404 or 500)
status:2*
ratio:0.5
ratio > 1
ratio < 0
ratio:42.0625
ratio >= 1.25 and ratio <= 50
ratio:1.250
ratio:-3.5
up:true
up:false
up:*
not up:true
up:True
up:1
user.name:ann
user.name:Ann
user.name:bob
user.name:Bob
user:*
user.name:*
user.id:7
user.id > 6
user:{ name:ann and id:7 }
not user.name:*
items.sku:x
items.sku:x and items.count:2
items:{ sku:x and count:1 }
items:{ sku:x and count:2 }
items.count > 1
items:*
error:timed
error.message:timed
error.message:"timed out"
error.message:TIMED
error.code:E42
error.code:e42
error:*
err*:refused
refused
E42
path:"/a/b"
path:/a*
path:"/A/b"
path:*b
path:"C:\\dir\\file"
path:C*
path:*file
path:/very*
path:*long
path:"/a b/c"
path:/a b/c
path:*
not path:*
path > "/a"
since:2026-03-14
since > "2026-03-14T08:00:00Z"
since < "2026-03-14T08:05:00.500Z"
since:"2026-03-14T07:00:00Z"
since >= "2026-03-14T08:05:00.500Z"
since:*
version:1.2
version:1.20
version:1.10
version:"1.2"
version > 1.5
version:2
version:"v2*"
version:v2*
version:v*
version:/^1\.\d+$/
*:a
*:timed
t*:a
n < 50
not n > 40
@timestamp:*
not @timestamp:*
@timestamp > "2026-03-14T08:05:00Z"
@timestamp >= now-3m and @timestamp < now-2m
tags:a and not status:200
not (tags:a or tags:b)
not (tags:a and status:500) and up:true
level:error and (timed or refused) and not service:pay*
(service:pay or app:pay) and not (level:info or level:debug)
not (user.name:ann and items.sku:x)
error.message:timed or message:timed
not timed
not "timed out" and not tags:a
not path:/a* and ratio > 0
`

// queriesFor are the queries for documents of a kind, and as many made of them.
func queriesFor(d *documents) []string {
	text := oddQueries
	if d.name != "odd" {
		text = shopNames[d.name].Replace(strings.NewReplacer("$trace", trace(d), "$TRACE", strings.ToUpper(trace(d)), "$trac*", trace(d)[:6]+"*").Replace(shopQueries))
	}
	list := strings.Split(strings.TrimSpace(text), "\n")
	r := rand.New(rand.NewPCG(60, 60))
	for range 60 {
		list = append(list, madeOf(r, list, 3))
	}
	return list
}

// madeOf puts queries together.
func madeOf(r *rand.Rand, list []string, depth int) string {
	q := "(" + list[r.IntN(len(list))] + ")"
	if depth == 0 {
		return q
	}
	more := "(" + madeOf(r, list, depth-1) + ")"
	switch r.IntN(5) {
	case 0:
		return q + " and " + more
	case 1:
		return q + " or " + more
	case 2:
		return "not (" + q + " and " + more + ")"
	case 3:
		return "(" + q + " or not " + more + ") and not " + madeOf(r, list, 0)
	}
	return "not " + q
}

// trace is a trace id that occurs in the documents.
func trace(d *documents) string {
	_, rest, _ := strings.Cut(string(d.lines[len(d.lines)/2]), map[string]string{"json": `"trace_id":"`, "ecs": `"trace":{"id":"`}[d.name])
	return rest[:32]
}

// shopNames are what the formats of the shop call their fields, and the units of durations.
var shopNames = map[string]*strings.Replacer{
	"json": strings.NewReplacer("$service", "service", "$host", "host", "$byid", "trace_id", "$dur", "duration_ms", "$status", "http.status_code",
		"$path", "http.endpoint", "$1000", "1000", "$1100", "1100", "$2000", "2000", "$10", "10"),
	"ecs": strings.NewReplacer("$service", "service.name", "$host", "host.name", "$byid", "trace.id", "$dur", "event.duration", "$status", "http.response.status_code",
		"$path", "url.path", "$1000", "1000000000", "$1100", "1100000000", "$2000", "2000000000", "$10", "10000000"),
}
