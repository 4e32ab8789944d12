package format

import (
	"encoding/binary"
	"strings"

	"github.com/lxlog/lx/logs"
)

// A name is a key that records with named fields use for a core field, or for
// the object that holds one. Every way to write service.name, nested or dotted, leads to it.
type name struct {
	key    string
	node   uint8     // the object that it stands in
	inside uint8     // node of the object that is its value; nodeNone where nothing in there counts
	list   listKind  // what an array that is its value holds
	core   logs.Core // that a scalar value is; also one of the parts below
	rank   uint8     // the lowest of a record wins
	how    how
	stays  bool   // the field remains an attribute where it is the core field, too
	next   uint16 // place in nameTable.list, of the same hash
	first  uint64 // of keyWords
	last   uint64
}

// Nodes number the objects in which names stand.
const (
	nodeNone uint8 = iota
	nodeRoot

	// nodePairs is where keyMemo keeps logfmt's keys apart from those of objects. nameTable has none of that number.
	nodePairs = 255
)

// Parts of core fields that have keys of their own.
const (
	coreNanos  = logs.CoreSpan + 1 + iota // the nanoseconds of the second that the time is
	coreNumber                            // OpenTelemetry's severity number beside the text
	coreCount
)

// how says what the value of a name means.
type how uint8

const (
	howText    how = iota // words; of levels also letters, and the numbers of syslog and Bunyan
	howSyslog             // a level of 0 to 7
	howPython             // a level of 10 to 50
	howLogback            // a level of 5000 to 40000
	howMongo              // a letter, where the time is MongoDB's
	howLogger             // the name of a logger: a service only if it has no dots
	howPath               // projects/P/traces/ID
	howParent             // W3C traceparent
	howBytes              // text, or an array of its bytes as numbers
	howDate               // a time in MongoDB's extended JSON
	howSeconds            // a time without its nanoseconds
	howSerilog            // a time; a record without a level is Information
)

// listKind says what an array holds.
type listKind uint8

const (
	listPlain listKind = iota
	listOne            // objects, of which the first counts as if it were the value
	listPairs          // OpenTelemetry's attributes: {"key": ..., "value": {"stringValue": ...}}
)

// alsoNamed are names beyond logs.Aliases, in order of preference behind those.
// A service stays an attribute: it could not be asked for by a name that logs.Aliases does not know.
// Sources: what the libraries and systems document of their JSON.
var alsoNamed = []struct {
	core  logs.Core
	how   how
	stays bool
	paths string
}{
	{logs.CoreTime, howSerilog, false, "@t"},
	{logs.CoreTime, howText, false, "timeUnixNano observedTimeUnixNano __REALTIME_TIMESTAMP _SOURCE_REALTIME_TIMESTAMP " +
		"asctime datetime eventTime event_time log_time logtime _time Timestamp Time DateTime time_iso8601 time_local " +
		"start_time receiveTimestamp timeMillis record.time.repr created"},
	{logs.CoreTime, howSeconds, false, "timestamp.seconds timestampSeconds instant.epochSecond"},
	{coreNanos, howText, false, "timestamp.nanos timestampNanos instant.nanoOfSecond"},

	{logs.CoreMessage, howText, false, "body.stringValue body.intValue body.doubleValue body.boolValue " +
		"body.kvlistValue.values.message body.kvlistValue.values.msg body.text @message @m @mt " +
		"RenderedMessage Message _msg jsonPayload.message jsonPayload.msg textPayload fields.message record.message " +
		"eventMessage MessageTemplate text event full_message"},

	{logs.CoreLevel, howText, false, "severityText SeverityText @level @l logLevel loglevel log_level LogLevel Level Severity " +
		"level_name fields.level jsonPayload.level jsonPayload.severity record.level.name messageType"},
	{logs.CoreLevel, howPython, false, "levelno record.level.no"},
	{logs.CoreLevel, howLogback, false, "level_value"},
	{logs.CoreLevel, howMongo, false, "s"},
	{coreNumber, howText, false, "severityNumber severity_number SeverityNumber"},

	{logs.CoreService, howText, false, "resource.service.name resource.attributes.service.name SYSLOG_IDENTIFIER"},
	{logs.CoreService, howText, true, "dd.service service_name serviceName ServiceName app_name appName appname applicationName " +
		"application_name kubernetes.container_name kubernetes.container.name kubernetes.labels.app.kubernetes.io/name " +
		"container.name resource.labels.container_name _service _service_name _app _app_name _application"}, // the latter GELF's
	{logs.CoreService, howLogger, true, "log.logger logger logger_name loggerName @module name"},

	{logs.CoreHost, howText, false, "resource.host.name resource.attributes.host.name _HOSTNAME"},
	{logs.CoreHost, howText, true, "HOSTNAME hostName MachineName"},

	{logs.CoreTrace, howText, true, "TraceId TraceID traceID @tr mdc.traceId mdc.trace_id contextMap.traceId contextMap.trace_id " +
		"context.trace_id attributes.trace_id fields.trace_id extra.trace_id jsonPayload.trace_id jsonPayload.traceId " +
		"labels.trace_id properties.trace_id _trace_id _traceId"},
	{logs.CoreTrace, howPath, true, "logging.googleapis.com/trace trace"},
	{logs.CoreSpan, howText, true, "SpanId SpanID spanID @sp mdc.spanId mdc.span_id contextMap.spanId contextMap.span_id " +
		"context.span_id logging.googleapis.com/spanId _span_id _spanId"},
}

// nameTable finds names by their node and key.
type nameTable struct {
	list  []name // list[0] is none
	heads [1 << 11]uint16
	nodes uint8
}

var names = newNameTable()

func newNameTable() *nameTable {
	t := &nameTable{list: make([]name, 1), nodes: nodeRoot}
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		for rank, path := range logs.Aliases[c] {
			n := name{core: c, rank: uint8(rank)}
			switch path {
			case "PRIORITY":
				n.how = howSyslog
			case "MESSAGE":
				n.how = howBytes
			case "traceparent":
				n.how, n.stays = howParent, true
			}
			t.add(nodeRoot, path, n)
			if c == logs.CoreTime {
				n.how = howDate
				t.add(nodeRoot, path+".$date", n)
				t.add(nodeRoot, path+".$date.$numberLong", n)
			}
		}
	}
	ranks := [coreCount]uint8{}
	for _, a := range alsoNamed {
		for _, path := range strings.Fields(a.paths) {
			t.add(nodeRoot, path, name{core: a.core, how: a.how, stays: a.stays, rank: 100 + ranks[a.core]})
			ranks[a.core]++
		}
	}
	t.openTelemetry()
	return t
}

// openTelemetry adds the lists of its JSON, and what its file exporter writes
// around records: {"resourceLogs":[{"resource":{},"scopeLogs":[{"logRecords":[{}]}]}]}.
func (t *nameTable) openTelemetry() {
	resource := t.list[t.at(nodeRoot, "resource")].inside
	t.list[t.at(resource, "attributes")].list = listPairs
	t.list[t.at(nodeRoot, "attributes")].list = listPairs
	body := t.list[t.at(nodeRoot, "body")].inside
	t.list[t.at(t.list[t.at(body, "kvlistValue")].inside, "values")].list = listPairs
	outer := t.at(nodeRoot, "resourceLogs")
	t.list[outer].list, t.list[outer].inside = listOne, t.node()
	n := t.at(t.list[outer].inside, "resource")
	t.list[n].inside = resource
	scopes := t.at(t.list[outer].inside, "scopeLogs")
	t.list[scopes].list, t.list[scopes].inside = listOne, t.node()
	records := t.at(t.list[scopes].inside, "logRecords")
	t.list[records].list, t.list[records].inside = listOne, nodeRoot
}

// add adds a dotted path within a node, cut at its dots in every way.
func (t *nameTable) add(node uint8, path string, n name) {
	if m := &t.list[t.at(node, path)]; m.core == logs.CoreNone {
		m.core, m.rank, m.how, m.stays = n.core, n.rank, n.how, n.stays
	}
	for i := range len(path) {
		if path[i] == '.' {
			m := t.at(node, path[:i])
			if t.list[m].inside == nodeNone {
				t.list[m].inside = t.node()
			}
			t.add(t.list[m].inside, path[i+1:], n)
		}
	}
}

func (t *nameTable) node() uint8 {
	if t.nodes++; t.nodes == nodePairs {
		panic("BUG: more than 254 objects hold core fields")
	}
	return t.nodes
}

// at returns the place in list of a name, which it makes where there is none.
func (t *nameTable) at(node uint8, key string) uint16 {
	first, last := keyWords(logs.Bytes(key))
	h := nameHash(node, first, last, len(key))
	for i := t.heads[h]; i != 0; i = t.list[i].next {
		if t.list[i].node == node && t.list[i].key == key {
			return i
		}
	}
	t.list = append(t.list, name{key: key, node: node, first: first, last: last, next: t.heads[h]})
	t.heads[h] = uint16(len(t.list) - 1)
	return t.heads[h]
}

// find returns the name of a key, nil where it is none.
func (t *nameTable) find(node uint8, key []byte) *name {
	if node == nodeNone || len(key) == 0 {
		return nil
	}
	first, last := keyWords(key)
	return t.lookup(node, first, last, key)
}

// lookup is find with the key's words.
func (t *nameTable) lookup(node uint8, first, last uint64, key []byte) *name {
	for i := t.heads[nameHash(node, first, last, len(key))]; i != 0; i = t.list[i].next {
		n := &t.list[i]
		if n.first == first && n.last == last && n.node == node && len(n.key) == len(key) && (len(key) <= 16 || n.key == string(key)) {
			return n
		}
	}
	return nil
}

// keyWords are the first eight bytes of a key and, where it has more than eight, the last eight.
func keyWords(key []byte) (first, last uint64) {
	if len(key) >= 8 {
		if len(key) > 8 {
			last = binary.LittleEndian.Uint64(key[len(key)-8:])
		}
		return binary.LittleEndian.Uint64(key), last
	}
	for i, c := range key {
		first |= uint64(c) << (8 * i)
	}
	return first, 0
}

func nameHash(node uint8, first, last uint64, n int) uint64 {
	const mix = 0x9E3779B97F4A7C15
	return ((first^last<<1)*mix + uint64(node)*mix + uint64(n)) * mix >> 53
}
