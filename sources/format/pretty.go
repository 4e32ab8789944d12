package format

import (
	"github.com/lxlog/lx/logs"
)

// prettyJSON is a JSON object over several lines, as jq prints it: a line that
// is { alone, or begins with the first members and breaks off behind a comma.
type prettyJSON struct{}

var prettyLayout = prettyJSON{}

func (prettyJSON) Name() string   { return "json-lines" }
func (prettyJSON) starts() string { return "{" }
func (prettyJSON) joins() joining { return joinFields }
func (prettyJSON) why() string    { return "its first line opens a JSON object that goes on in the next" }

func (l prettyJSON) scan(line []byte, s *scanner, f *fields) bool {
	if !l.first(line, s) {
		return false
	}
	s.named.columns(f)
	scanTraces(line, f)
	return true
}

// first reads the first line.
func (prettyJSON) first(line []byte, s *scanner) bool {
	c := &s.named
	i := skipBlanks(line, 1)
	if i < len(line) && (line[i] != '"' || !endsOpen(line)) {
		return false
	}
	c.begin(line, s)
	if i < len(line) && !c.members(i) {
		return false
	}
	c.end()
	return true
}

// endsOpen reports whether the last byte but for blanks is one that another member or a value follows.
func endsOpen(line []byte) bool {
	for i := len(line) - 1; i > 0; i-- {
		if !isBlank(line[i]) {
			return line[i] == ',' || line[i] == '{' || line[i] == '['
		}
	}
	return false
}

func (l prettyJSON) Decode(raw []byte, r *logs.Record) {
	s := borrowScanner()
	defer s.giveBack()
	c := &s.named
	line, rest := cutLine(raw)
	if len(line) == 0 || line[0] != '{' || !l.first(line, s) {
		plainLayout.Decode(raw, r)
		return
	}
	r.Raw, r.Format = raw, l.Name()
	c.readLines(raw, s, func(line []byte) bool { return l.first(line, s) })
	if end := c.value(0, nil, 0); end > 0 {
		c.layLines(r)
		d := flattener{c: c, r: r}
		d.object(&r.Attrs, 1, "", nodeRoot, 1)
		joinBody(r, logs.Bytes(r.Body), raw[skipSpace(raw, end):])
	} else {
		c.picks[logs.CoreMessage] = pick{}
		c.layLines(r)
		joinBody(r, line, rest)
	}
}
