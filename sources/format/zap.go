package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// zap reports whether a header with tabs is one of zap's: a file with its line, or
// fields in JSON behind the message.
func (c *cursor) zap() bool {
	end := fieldsAtEnd(c.line, c.h.body)
	if end == 0 {
		return c.is(hasOrigin)
	}
	c.h.end = end
	return true
}

// fieldsAtEnd returns the offset of the tab before a JSON object that ends the
// line, 0 where there is none: zap's console encoder puts a record's fields there.
func fieldsAtEnd(line []byte, from int) int {
	if len(line) == 0 || line[len(line)-1] != '}' {
		return 0
	}
	n := bytes.Index(line[from:], []byte("\t{"))
	if n < 0 || !isObject(line[from+n+1:]) {
		return 0
	}
	return from + n
}

// zapFields adds the fields of the object behind the message. Those that go by
// the name of a core field, which the header tells, stay attributes.
func zapFields(line []byte, r *logs.Record) {
	s := borrowScanner()
	s.readStamped(line)
	end := s.stamped.head.end
	s.giveBack()
	if end == 0 {
		return
	}
	var in logs.Record
	in.Reset()
	if !decodeObject(line[end+1:], &in) {
		r.AddText("fields", logs.Borrow(line[end+1:]))
		return
	}
	r.Attrs = append(r.Attrs, in.Attrs...)
	r.AddText("fields.message", in.Body)
	r.AddText("fields.level", in.SeverityText)
	r.AddText("fields.service", in.Service)
	r.AddText("host.name", in.Host)
	if r.SpanID == "" {
		r.SpanID = in.SpanID
	}
}
