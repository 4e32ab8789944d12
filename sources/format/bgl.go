package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// bglLayout is the log of supercomputers as their public archive has it: a tag
// for alerts, epoch seconds, date, node, and BlueGene's fields or a line of syslog.
// Source: https://www.usenix.org/cfdr-data, "HPC4".
var bglLayout = &header{id: "bgl", first: "-ABCDEFGHIJKLMNOPQRSTUVWXYZ", join: joinTrace,
	reason: "a tag, epoch seconds, a date and a node, as the logs of supercomputers have them", parse: parseBGL}

func parseBGL(line []byte, s *scanner, h *head) bool {
	i := token(line, 0)
	if i > 12 || i+23 >= len(line) || digits(line[i+1:]) != 10 || line[i+11] != ' ' || line[i+16] != '.' || line[i+19] != '.' || line[i+22] != ' ' {
		return false
	}
	st, n := s.stampAt(line, i+1)
	if !st.ok || n != i+11 {
		return false
	}
	if string(line[:i]) != "-" {
		h.add("event.code", line[:i])
	}
	node := line[i+23 : token(line, i+23)]
	h.host = node
	j := skipBlanks(line, i+23+len(node))
	fine, end := s.when.Stamp(line[j:])
	if end == 0 {
		h.time, h.body = st, j
		return true
	}
	if h.time = st; fine.Missing == 0 || line[j] == '2' { // to the microsecond, in BlueGene's
		h.time = stamp{fine, true}
	}
	j = skipBlanks(line, j+end)
	if again := token(line, j); bytes.HasPrefix(line[j:again], node) {
		j = skipBlanks(line, again)
	}
	h.body = j
	if a := token(line, j); isUpperWord(line[j:a]) {
		b := skipBlanks(line, a)
		bEnd := token(line, b)
		level := skipBlanks(line, bEnd)
		levelEnd := token(line, level)
		if sev, ok := logs.ParseSeverity(logs.Borrow(line[level:levelEnd])); ok {
			h.severity, h.level = sev, line[level:levelEnd]
			h.add("event.category", line[j:a])
			h.add("log.logger", line[b:bEnd])
			h.body = skipBlanks(line, levelEnd)
		}
	}
	return true
}
