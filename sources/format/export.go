package format

import (
	"encoding/binary"
	"strconv"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// journalExport is what journalctl -o export prints: FIELD=value lines from
// __CURSOR on, and a field whose value has line ends as its name, eight bytes of
// length, low byte first, and the value.
// Source: systemd's "Journal Export Formats".
type journalExport struct{}

var exportLayout = journalExport{}

func (journalExport) Name() string   { return "journal-export" }
func (journalExport) starts() string { return "_" }
func (journalExport) joins() joining { return joinFields }
func (journalExport) why() string {
	return "its first line is __CURSOR=, as journalctl -o export prints"
}

func (l journalExport) scan(line []byte, s *scanner, f *fields) bool {
	if !l.first(line, s) {
		return false
	}
	s.named.columns(f)
	scanTraces(line, f)
	return true
}

// first reads the cursor's time.
func (journalExport) first(line []byte, s *scanner) bool {
	if !hasPrefix(line, "__CURSOR=") {
		return false
	}
	c := &s.named
	c.begin(line, s)
	for i := range line {
		if line[i] == ';' && hasPrefix(line[i+1:], "t=") {
			text := line[i+3:]
			n := 0
			for n < len(text) && text[n] != ';' {
				n++
			}
			micros, err := strconv.ParseUint(logs.Borrow(text[:n]), 16, 64)
			if err == nil && micros > 0 && micros < 1<<62/1000 {
				c.time = stamp{when.Stamp{Nanos: int64(micros) * 1000}, true}
			}
			break
		}
	}
	return true
}

func (l journalExport) Decode(raw []byte, r *logs.Record) {
	s := borrowScanner()
	defer s.giveBack()
	c := &s.named
	if line, _ := cutLine(raw); !l.first(line, s) {
		plainLayout.Decode(raw, r)
		return
	}
	r.Raw, r.Format = raw, l.Name()
	c.readLines(raw, s, func(line []byte) bool { return l.first(line, s) })
	c.layLines(r)
	var other []byte // lines that are no fields
	for from := 0; from < len(raw) && roomFor(r, raw[from:]); {
		line, rest := cutLine(raw[from:])
		key := exportKey(line)
		switch {
		case key > 0 && key < len(line) && line[key] == '=':
			if at := from + key + 1; at == from+len(line) || !c.picked(at) {
				addExported(r, line[:key], line[key+1:])
			}
		case key > 0 && key == len(line) && isBinaryField(rest):
			var value []byte
			value, rest = binaryField(rest)
			addExported(r, line, value)
		case len(line) > 0:
			other = append(append(other, '\n'), line...)
		}
		from = len(raw) - len(rest)
	}
	if len(other) > 0 {
		joinBody(r, logs.Bytes(r.Body), other[1:])
	}
}

// addExported adds one field to r. A message in binary is the body where there is none yet.
func addExported(r *logs.Record, key, value []byte) {
	switch text := logs.Borrow(value); {
	case r.Body == "" && string(key) == "MESSAGE":
		r.Body = text
	case string(key) == "_PID" && isNumber(value):
		r.Add("process.pid", logs.NumberValue(text))
	default:
		r.Add(logs.Borrow(key), logs.TextValue(text))
	}
}

func isBinaryField(b []byte) bool {
	return len(b) >= 8 && binary.LittleEndian.Uint64(b) <= uint64(len(b)-8)
}

// binaryField reads a value behind its name: the length, the bytes and a line end.
func binaryField(b []byte) (value, rest []byte) {
	n := 8 + binary.LittleEndian.Uint64(b)
	value, rest = b[8:n], b[n:]
	if len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return value, rest
}
