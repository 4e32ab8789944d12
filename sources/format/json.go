package format

import (
	"github.com/lxlog/lx/logs"
)

// jsonFamily are formats whose records name their fields, and what container runtimes write around others.
var jsonFamily = []layout{dockerLayout, jsonLayout, prettyLayout, criLayout, filenameLayout, exportLayout, auditLayout, ltsvLayout, logfmtLayout}

// jsonLines is JSON, an object a line, in whatever shape: field names are looked up in names.
type jsonLines struct{}

var jsonLayout = jsonLines{}

func (jsonLines) Name() string                                 { return "json" }
func (jsonLines) starts() string                               { return "{" }
func (jsonLines) joins() joining                               { return joinTrace }
func (jsonLines) why() string                                  { return "its first line is a JSON object" }
func (jsonLines) scan(line []byte, s *scanner, f *fields) bool { return s.object(line, f) }

func (jsonLines) Decode(raw []byte, r *logs.Record) {
	line, rest := cutLine(raw)
	r.Raw, r.Format = raw, "json"
	if !decodeObject(line, r) {
		plainLayout.Decode(raw, r)
		return
	}
	endBody(r, rest)
}

// object reads the core columns of a JSON object that is all of text, over those that f holds.
func (s *scanner) object(text []byte, f *fields) bool {
	c := &s.named
	known := s.trails.follow(c, text, s) != nil
	if !known && !c.json(text, s) {
		return false
	}
	c.fill(f)
	if !known {
		s.trails.learn(c)
	}
	return true
}

// known reads the core columns of line where it is an object that s read one like before, and none of Docker's.
func (s *scanner) known(line []byte, f *fields) bool {
	end := s.trails.follow(&s.named, line, s)
	if end == nil || !end.sure {
		return false
	}
	s.named.fill(f)
	return true
}

// json reads the core fields of a JSON object that is all of text, but for blanks.
func (c *named) json(text []byte, s *scanner) bool {
	if len(text) < 2 || text[0] != '{' {
		return false
	}
	c.begin(text, s)
	i := c.object(1, nodeRoot, 1)
	if i < 0 || i < len(text) && skipSpace(text, i) < len(text) {
		return false
	}
	c.end()
	return true
}

// decodeObject adds the members of a JSON object that is all of text to r; core fields that it names replace r's.
func decodeObject(text []byte, r *logs.Record) bool {
	s := borrowScanner()
	defer s.giveBack()
	c := &s.named
	if !c.json(text, s) {
		return false
	}
	c.lay(r)
	d := flattener{c: c, r: r}
	d.object(&r.Attrs, 1, "", nodeRoot, 1)
	return true
}

// endBody adds the lines after a record's first to its body, and finds its trace in it where no field names one.
func endBody(r *logs.Record, rest []byte) {
	joinBody(r, logs.Bytes(r.Body), rest)
	if r.TraceID == "" {
		r.TraceID = firstTrace(r.Body)
	}
}
