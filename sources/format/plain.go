package format

import "github.com/lxlog/lx/logs"

// plain takes what no format understands: the line is the message.
type plain struct{}

var plainLayout = plain{}

func (plain) Name() string                              { return "plain" }
func (plain) starts() string                            { return "" }
func (plain) joins() joining                            { return joinTrace }
func (plain) why() string                               { return "no format takes its first line: the line is the message" }
func (plain) scan(_ []byte, _ *scanner, _ *fields) bool { return false }

func (plain) Decode(raw []byte, r *logs.Record) {
	line, rest := cutLine(raw)
	r.Raw, r.Format = raw, "plain"
	joinBody(r, line, rest)
	r.TraceID = firstTrace(r.Body)
}
