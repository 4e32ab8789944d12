package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// A head is what the header of a record's first line says. All texts borrow from the line.
type head struct {
	headFields
	attrs [24]headAttr // n of them count
}

type headFields struct {
	time     stamp
	severity logs.Severity
	columns  bool   // core columns alone are asked for: no further fields need be noted
	level    []byte // the severity as written
	service  []byte
	host     []byte
	trace    []byte
	span     []byte
	body     int   // offset of the message in the line
	end      int   // offset after it; 0: the line's end
	n        int   // of attrs
	extra    int   // where in the line fields stand that parse left to more
	match    []int // where the groups of a pattern stand in the line
}

// reset makes h empty. Fast path: what stands in attrs beyond n does not matter.
func (h *head) reset() { h.headFields = headFields{} }

type headAttr struct {
	key  string
	kind logs.Kind
	text []byte
}

// add notes a further field; one beyond the room for them is left in the line.
func (h *head) add(key string, text []byte) { h.addKind(key, logs.Text, text) }

// addNumber notes a field that is a number where text is one, else a text.
func (h *head) addNumber(key string, text []byte) {
	if isNumber(text) {
		h.addKind(key, logs.Number, text)
	} else {
		h.addKind(key, logs.Text, text)
	}
}

func (h *head) addKind(key string, kind logs.Kind, text []byte) {
	if len(text) > 0 && h.n < len(h.attrs) {
		h.attrs[h.n] = headAttr{key, kind, text}
		h.n++
	}
}

// named notes a logger's name: a service where it has no dots, else log.logger.
func (h *head) named(logger []byte) {
	switch {
	case len(logger) == 0:
	case len(h.service) == 0 && isServiceName(logger):
		h.service = logger
	default:
		h.add("log.logger", logger)
	}
}

// leveled sets the severity from its name, or from a single letter where the layout has those.
func (h *head) leveled(text []byte) bool {
	s, ok := logs.ParseSeverity(logs.Borrow(text))
	if ok {
		h.severity, h.level = s, text
	}
	return ok
}

// A header is a layout that is a header before a message.
type header struct {
	id     string
	first  string
	join   joining
	reason string
	clock  bool // it takes no line without what when.MayHold looks for
	// parse reads the header of line. false: it is not this layout's.
	parse func(line []byte, s *scanner, h *head) bool
	// more adds to r the fields that columns do not need, of a line that parse took; nil: parse found all.
	more func(line []byte, h *head, r *logs.Record)
}

func (l *header) Name() string   { return l.id }
func (l *header) starts() string { return l.first }
func (l *header) joins() joining { return l.join }
func (l *header) why() string    { return l.reason }

func (l *header) scan(line []byte, s *scanner, f *fields) bool {
	h := &s.head
	h.reset()
	h.columns = true
	if !l.parse(line, s, h) {
		return false
	}
	l.columns(line, h, s, f)
	return true
}

// columns are the core columns that the header of line gives, and its message.
func (l *header) columns(line []byte, h *head, s *scanner, f *fields) {
	f.time, f.severity, f.service = h.time, h.severity, h.service
	if len(h.trace) > 0 {
		f.addTrace(logs.NormalTrace(logs.Borrow(h.trace)))
	}
	s.message(h.message(line), line[min(h.body, len(line)):], f)
}

// message notes what a line's message says where it is a JSON object, else the
// trace ids in the rest of the line, which begins with the message.
func (s *scanner) message(body, rest []byte, f *fields) {
	if isObject(body) && s.object(body, f) {
		f.inner = innerJSON
	} else {
		scanTraces(rest, f)
	}
}

// message is the part of the first line behind its header, without blanks at its end.
func (h *head) message(line []byte) []byte {
	end := h.end
	if end == 0 {
		end = len(line)
	}
	return trimBlanksRight(line[min(h.body, end):end])
}

func (l *header) Decode(raw []byte, r *logs.Record) {
	line, rest := cutLine(raw)
	s := borrowScanner()
	defer s.giveBack()
	h := &s.head
	h.reset()
	if !l.parse(line, s, h) {
		plainLayout.Decode(raw, r)
		return
	}
	r.Raw, r.Format = raw, l.id
	if r.Time == logs.NoTime {
		r.Time, r.Guessed = h.time.time(), h.time.guessed()
	} else if h.time.ok { // a wrapper's time is the record's
		r.AddText("event.created", h.time.text(r))
	}
	r.Severity, r.SeverityText = h.severity, logs.Borrow(h.level)
	r.Service, r.Host = logs.Borrow(h.service), logs.Borrow(h.host)
	r.TraceID, r.SpanID = logs.Borrow(h.trace), logs.Borrow(h.span)
	for _, a := range h.attrs[:h.n] {
		r.Add(a.key, logs.Value{Kind: a.kind, Str: logs.Borrow(a.text)})
	}
	if l.more != nil {
		l.more(line, h, r)
	}
	message := h.message(line)
	if l.join == joinLevel && len(message) == 0 {
		message, rest = secondLine(rest, r)
	}
	if isObject(message) && decodeObject(message, r) {
		r.Format += "+json"
		h.kept(l.id, r)
		joinBody(r, logs.Bytes(r.Body), rest)
		rest = logs.Bytes(r.Body)
	} else {
		joinBody(r, message, rest)
		rest = raw[min(h.body, len(raw)):]
	}
	if logs.NormalTrace(r.TraceID) == 0 {
		if id := firstTrace(logs.Borrow(rest)); id != "" {
			r.TraceID = id
		}
	}
}

// kept adds what the header says of core fields that the JSON object behind it names too.
func (h *head) kept(format string, r *logs.Record) {
	service, host, level := "header.service", "host.hostname", "header.level"
	if format == "rfc5424" || format == "rfc3164" {
		service, host, level = "log.syslog.appname", "log.syslog.hostname", "log.syslog.severity.name"
	}
	keep := func(key string, header []byte, now string) {
		if len(header) > 0 && string(header) != now {
			r.AddText(key, logs.Borrow(header))
		}
	}
	keep(service, h.service, r.Service)
	keep(host, h.host, r.Host)
	keep(level, h.level, r.SeverityText)
	keep("header.trace.id", h.trace, r.TraceID)
	keep("header.span.id", h.span, r.SpanID)
}

// secondLine takes the level and the message from a record's second line: LEVEL: text.
func secondLine(rest []byte, r *logs.Record) (message, after []byte) {
	line, after := cutLine(rest)
	var h head
	if len(line) == 0 || !parseLevel(line, nil, &h) || len(h.service) > 0 {
		return nil, rest
	}
	r.Severity, r.SeverityText = h.severity, logs.Borrow(h.level)
	for _, a := range h.attrs[:h.n] {
		r.Add(a.key, logs.Value{Kind: a.kind, Str: logs.Borrow(a.text)})
	}
	return line[h.body:], after
}

// joinBody makes the body of the message in the first line and the lines after
// it. It borrows where the bytes stand together, and copies where they do not.
// Where the first line is a header alone, the body begins with the next.
func joinBody(r *logs.Record, message, rest []byte) {
	rest = bytes.TrimRight(rest, "\r\n")
	if len(message) == 0 && len(rest) > 0 {
		message, rest = cutLine(rest)
		message = bytes.TrimLeft(message, " \t")
	}
	if len(rest) == 0 {
		r.Body = logs.Borrow(message)
		return
	}
	b := r.Scratch()
	from := len(b)
	b = append(b, message...)
	for len(rest) > 0 {
		var line []byte
		line, rest = cutLine(rest)
		b = append(append(b, '\n'), line...)
	}
	r.SetScratch(b)
	r.Body = logs.Borrow(b[from:])
}
