package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// sambaLayout is Samba's log: [2024/03/01 12:00:00.123456,  0] file.c:123(function), and the text on the lines below.
// Source: Samba, lib/util/debug.c: dbghdrclass; debug.h for the levels.
var sambaLayout = &header{id: "samba", first: "[", join: joinAll,
	reason: "a time, a debug level, a file and a function, as Samba writes them", parse: parseSamba}

func parseSamba(line []byte, s *scanner, h *head) bool {
	if len(line) < 26 || line[5] != '/' || !isDigit(line[1]) {
		return false
	}
	st, end := s.stampAt(line, 1)
	if !st.ok || end+3 >= len(line) || line[end] != ',' {
		return false
	}
	i := skipBlanks(line, end+1)
	n := digits(line[i:min(len(line), i+3)])
	close := bytes.IndexByte(line[i:min(len(line), i+200)], ']')
	if n == 0 || n > 2 || close < n || line[i+n] != ',' && line[i+n] != ']' {
		return false
	}
	h.time, h.level = st, line[i:i+n]
	switch level, _ := small(h.level); {
	case level == 0:
		h.severity = logs.Error
	case level == 1:
		h.severity = logs.Warn
	case level < 5:
		h.severity = logs.Info + 1
	case level < 10:
		h.severity = logs.Info
	default:
		h.severity = logs.Debug
	}
	if rest := bytes.TrimLeft(line[i+n:i+close], ", "); hasPrefix(rest, "pid=") {
		k := 4 + digits(rest[4:])
		h.addNumber("process.pid", rest[4:k])
		h.add("samba.context", bytes.TrimLeft(rest[k:], ", "))
	} else {
		h.add("samba.context", rest)
	}
	i = skipBlanks(line, i+close+1)
	h.body = i
	open := bytes.IndexByte(line[i:], '(')
	if open < 0 || line[len(line)-1] != ')' {
		return true
	}
	colon := bytes.LastIndexByte(line[i:i+open], ':')
	if colon < 0 || !numeric(line[i+colon+1:i+open]) {
		return true
	}
	h.at(line[i:i+colon], line[i+colon+1:i+open])
	h.add("log.origin.function", line[i+open+1:len(line)-1])
	h.body = len(line)
	return true
}
