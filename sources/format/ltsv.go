package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// ltsvLines are label:value fields between tabs. Source: ltsv.org. The labels
// req, method or uri with a status make a line one of an access log: its status
// gives the severity, and its host is the client's.
type ltsvLines struct{}

var ltsvLayout = ltsvLines{}

func (ltsvLines) Name() string   { return "ltsv" }
func (ltsvLines) starts() string { return labelFirst }
func (ltsvLines) joins() joining { return joinTrace }
func (ltsvLines) why() string    { return "its first line is made of label:value fields between tabs" }

const labelFirst = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

func (ltsvLines) scan(line []byte, s *scanner, f *fields) bool {
	if !s.named.ltsv(line, s) {
		return false
	}
	s.named.fill(f)
	return true
}

func (ltsvLines) Decode(raw []byte, r *logs.Record) {
	line, rest := cutLine(raw)
	s := borrowScanner()
	defer s.giveBack()
	c := &s.named
	if !c.ltsv(line, s) {
		plainLayout.Decode(raw, r)
		return
	}
	r.Raw, r.Format = raw, "ltsv"
	c.lay(r)
	for i := 0; i < len(line) && roomFor(r, line[i:]); {
		end := tabEnd(line, i)
		colon := i + bytes.IndexByte(line[i:end], ':')
		at, to := ltsvValue(line, colon+1, end)
		switch value := line[colon+1 : end]; {
		case end == i:
		case at < to && c.picked(at):
		case isNumber(value):
			r.Add(logs.Borrow(line[i:colon]), logs.NumberValue(logs.Borrow(value)))
		default:
			r.Add(logs.Borrow(line[i:colon]), logs.TextValue(logs.Borrow(value)))
		}
		i = end + 1
	}
	endBody(r, rest)
}

// ltsv reads the core fields of a line; false where it is none.
func (c *named) ltsv(line []byte, s *scanner) bool {
	colon := labelEnd(line, 0)
	if colon == 0 || tabEnd(line, colon) == len(line) {
		return false
	}
	c.begin(line, s)
	fields, status, request := 0, 0, false
	for i := 0; i < len(line); {
		end := tabEnd(line, i)
		if end == i && end == len(line)-1 { // a tab behind the last field
			break
		}
		if colon = labelEnd(line, i); colon == 0 || colon >= end || colon+1 < end && line[colon+1] == ' ' {
			return false
		}
		at, to := ltsvValue(line, colon+1, end)
		switch label := line[i:colon]; string(label) {
		case "status":
			if n, ok := small(line[at:to]); ok && to-at == 3 {
				status = n
			}
		case "req", "method", "uri":
			request = true
		default:
			if n := names.find(nodeRoot, label); n != nil {
				c.add(n, at, to, kindText, false)
			}
		}
		fields++
		i = end + 1
	}
	c.end()
	if status > 0 && request {
		c.picks[logs.CoreHost] = pick{}
		if c.severity == 0 {
			c.severity, _ = logs.StatusSeverity(status)
		}
	}
	return fields > 2 || fields == 2 && c.told() > 0
}

// labelEnd returns the offset of the colon behind the label at b[i]; 0 where there is none.
func labelEnd(b []byte, i int) int {
	if i >= len(b) || !isLetter(b[i]) && b[i] != '_' {
		return 0
	}
	for i < len(b) && (isLetter(b[i]) || isDigit(b[i]) || b[i] == '_' || b[i] == '.' || b[i] == '-') {
		i++
	}
	if i >= len(b) || b[i] != ':' {
		return 0
	}
	return i
}

// tabEnd returns the offset of the first tab from b[i] on, or the line's end.
func tabEnd(b []byte, i int) int {
	if n := bytes.IndexByte(b[i:], '\t'); n >= 0 {
		return i + n
	}
	return len(b)
}

// ltsvValue is where a value's text stands: without the brackets that are around Apache's times, and nothing where it is -.
func ltsvValue(b []byte, from, to int) (int, int) {
	switch {
	case to-from > 2 && b[from] == '[' && b[to-1] == ']':
		return from + 1, to - 1
	case to-from == 1 && b[from] == '-':
		return from, from
	}
	return from, to
}
