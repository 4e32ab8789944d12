package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// named gathers the core fields of one record that names its fields (JSON,
// logfmt, LTSV). Scanning and decoding both fill one, so they agree.
//
// Of the names of a core field the one of the lowest rank whose value can be
// read wins, and the last of several with the same rank. Null and the empty
// text are no values.
type named struct {
	s    *scanner
	b    []byte // the text that picks point into
	text []byte // texts without their escapes; what is sliced from it stays
	pair logfmtPair
	namedFields
}

type namedFields struct {
	picks [coreCount]pick
	at    int // keys read so far

	time     stamp
	nanos    int64
	severity logs.Severity
	number   logs.Severity // OpenTelemetry's, which decides where there is one
	unread   pick          // the first level that means nothing known
	service  []byte
	trace    uint64 // the first id of all names of a trace
	traces   bool   // there are others
}

// A pick is the value of a core field.
type pick struct {
	from, to uint32 // its text, without quotes
	rank     uint8  // of its name, from 1; 0 there is none
	how      how
	kind     valueKind
	escaped  bool
	stays    bool
}

// valueKind is what a value looks like where it stands.
type valueKind uint8

const (
	kindText   valueKind = iota // between quotes, or a word
	kindNumber                  // as JSON has them
	kindBool
	kindNull
	kindArray
)

// begin makes c ready for the fields of b.
func (c *named) begin(b []byte, s *scanner) {
	c.namedFields = namedFields{}
	c.s, c.b, c.text = s, b, c.text[:0]
}

// add takes the value b[from:to] of a name into account.
func (c *named) add(n *name, from, to int, kind valueKind, escaped bool) {
	if n.core == logs.CoreNone || from == to || kind == kindNull {
		return
	}
	p := &c.picks[n.core]
	if p.rank != 0 && n.rank+1 > p.rank && n.core != logs.CoreTrace {
		return
	}
	text := c.b[from:to]
	if escaped && n.core != logs.CoreMessage {
		text = c.unescaped(text)
	}
	ok := false
	switch n.core {
	case logs.CoreTime:
		ok = c.addTime(text, kind)
	case logs.CoreLevel:
		ok = c.addLevel(n.how, text, kind)
		if !ok && kind == kindText && (c.unread.rank == 0 || n.rank < c.unread.rank) {
			c.unread.set(n, from, to, kind, escaped)
		}
	case coreNumber:
		if k, is := small(text); is && k >= 1 && k <= 24 {
			c.number, ok = logs.Severity(k), true
		}
	case logs.CoreService:
		if ok = kind == kindText && (n.how != howLogger || isServiceName(text)); ok {
			c.service = text
		}
	case logs.CoreTrace:
		ok = c.addTrace(n.how, text, kind) && (p.rank == 0 || n.rank < p.rank)
	case coreNanos:
		if k, is := small(text); is {
			c.nanos, ok = int64(k), true
		}
	case logs.CoreMessage:
		ok = kind != kindArray || n.how == howBytes && len(appendBytes(nil, text)) > 0
	case logs.CoreHost:
		ok = kind == kindText
	default:
		ok = kind != kindBool && kind != kindArray
	}
	if ok {
		p.set(n, from, to, kind, escaped)
	}
}

func (p *pick) set(n *name, from, to int, kind valueKind, escaped bool) {
	p.from, p.to, p.rank, p.how, p.stays = uint32(from), uint32(to), n.rank+1, n.how, n.stays
	p.kind, p.escaped = kind, escaped
}

func (c *named) addTime(text []byte, kind valueKind) bool {
	switch {
	case kind == kindNumber:
		if nanos, ok := when.Epoch(text); ok {
			c.time = stamp{when.Stamp{Nanos: nanos}, true}
			return true
		}
	case kind == kindText:
		if st, ok := c.s.when.Whole(text); ok {
			c.time = stamp{st, true}
			return true
		}
	}
	return false
}

func (c *named) addLevel(h how, text []byte, kind valueKind) bool {
	if kind != kindText && kind != kindNumber || h == howMongo && c.picks[logs.CoreTime].how != howDate {
		return false
	}
	severity, ok := readLevel(h, text)
	if ok {
		c.severity = severity
	}
	return ok
}

// addTrace notes every trace id, also those that are not the record's first.
func (c *named) addTrace(h how, text []byte, kind valueKind) bool {
	if kind != kindText && kind != kindNumber {
		return false
	}
	id := traceID(h, text)
	normal := logs.NormalTrace(logs.Borrow(id))
	switch {
	case c.trace == 0:
		c.trace = normal
	case normal != 0 && normal != c.trace:
		c.traces = true
	}
	return normal != 0
}

// traceID is the id within the value of a trace field; empty where there is none.
func traceID(h how, text []byte) []byte {
	switch h {
	case howParent:
		if len(text) < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-' {
			return nil
		}
		return text[3:35]
	case howPath:
		i := bytes.LastIndex(text, []byte("/traces/"))
		if i < 0 {
			return nil
		}
		return text[i+len("/traces/"):]
	}
	return text
}

// end settles what several values decide together.
func (c *named) end() {
	t := &c.picks[logs.CoreTime]
	if t.how == howSeconds && c.nanos > 0 && c.nanos < 1e9 {
		c.time.Nanos += c.nanos
	} else {
		c.picks[coreNanos] = pick{}
	}
	level := &c.picks[logs.CoreLevel]
	switch {
	case c.number != 0:
		c.severity = c.number
	case level.rank == 0 && t.how == howSerilog:
		c.severity = logs.Info
	}
	if level.rank == 0 {
		*level = c.unread
	}
}

// told counts time, level and message: what makes fields a log record.
func (c *named) told() (n int) {
	if c.picks[logs.CoreTime].rank != 0 {
		n++
	}
	if c.severity != 0 {
		n++
	}
	if c.picks[logs.CoreMessage].rank != 0 {
		n++
	}
	return n
}

// columns lays time, severity and service over those of f, whose time stays if it has one.
func (c *named) columns(f *fields) {
	if !f.time.ok {
		f.time = c.time
	}
	if c.severity != 0 {
		f.severity = c.severity
	}
	if len(c.service) > 0 {
		f.service = c.service
	}
}

// fill lays the core columns over those of f.
func (c *named) fill(f *fields) {
	c.columns(f)
	f.addTrace(c.trace)
	f.traces = f.traces || c.traces
	if m := &c.picks[logs.CoreMessage]; m.rank != 0 {
		c.messageTraces(m, f)
	}
}

// messageTraces notes the trace ids that the message names.
func (c *named) messageTraces(m *pick, f *fields) {
	text := c.b[m.from:m.to]
	switch {
	case m.kind == kindArray:
		c.text = appendBytes(c.text[:len(c.text):len(c.text)], text)
		text = c.text
	case m.escaped:
		if !logs.MayNameTrace(text) && !bytes.Contains(text, []byte(`\u`)) {
			return
		}
		text = c.unescaped(text)
	}
	scanTraces(text, f)
}

// unescaped returns text without its escapes; it stays valid until the next record.
func (c *named) unescaped(text []byte) []byte {
	from := len(c.text)
	c.text = appendUnescaped(c.text, text)
	return c.text[from:len(c.text):len(c.text)]
}

// lay fills r's core fields. A time does not replace the one that r has, and so remains an attribute.
func (c *named) lay(r *logs.Record) {
	if r.Time == logs.NoTime && r.Guessed == 0 {
		r.Time, r.Guessed = c.time.time(), c.time.guessed()
	} else {
		c.picks[logs.CoreTime], c.picks[coreNanos] = pick{}, pick{}
	}
	level := &c.picks[logs.CoreLevel]
	switch {
	case c.severity != 0:
		r.Severity, r.SeverityText = c.severity, c.string(logs.CoreLevel, r)
		if level.rank == 0 {
			r.SeverityText = c.string(coreNumber, r)
		}
	case r.Severity == 0:
		r.SeverityText = c.string(logs.CoreLevel, r)
	default:
		*level = pick{}
	}
	lay := func(to *string, core logs.Core) {
		if s := c.string(core, r); s != "" {
			*to = s
		}
	}
	lay(&r.Service, logs.CoreService)
	lay(&r.Host, logs.CoreHost)
	lay(&r.TraceID, logs.CoreTrace)
	lay(&r.SpanID, logs.CoreSpan)
	lay(&r.Body, logs.CoreMessage)
	if trace := c.picks[logs.CoreTrace]; trace.rank != 0 {
		if trace.how == howParent && c.picks[logs.CoreSpan].rank == 0 {
			r.SpanID = r.TraceID[36:52]
		}
		r.TraceID = logs.Borrow(traceID(trace.how, logs.Bytes(r.TraceID)))
	}
}

// string is the text of a core field; it borrows from c.b, or from r's scratch.
func (c *named) string(core logs.Core, r *logs.Record) string {
	p := &c.picks[core]
	text := c.b[p.from:p.to]
	if !p.escaped && p.kind != kindArray {
		return logs.Borrow(text)
	}
	b := r.Scratch()
	from := len(b)
	if p.kind == kindArray {
		b = appendBytes(b, text)
	} else {
		b = appendUnescaped(b, text)
	}
	r.SetScratch(b)
	return logs.Borrow(b[from:])
}
