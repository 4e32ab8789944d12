package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// rubyLayout is what Ruby's Logger writes: I, [2024-06-26T17:00:04.497736 #126554]  INFO -- progname: text.
// Source: Ruby's standard library, Logger::Formatter.
var rubyLayout = &header{id: "ruby", first: "DIWEFA", join: joinAll,
	reason: "a letter, a time with a process in brackets, and a level, as Ruby's Logger writes them", parse: parseRuby}

func parseRuby(line []byte, s *scanner, h *head) bool {
	if len(line) < 20 || string(line[1:4]) != ", [" {
		return false
	}
	st, i := s.stampAt(line, 4)
	if !st.ok {
		return false
	}
	if i = skipBlanks(line, i); i < len(line) && line[i] == '#' {
		n := digits(line[i+1:])
		h.addNumber("process.pid", line[i+1:i+1+n])
		i += 1 + n
	}
	if i >= len(line) || line[i] != ']' {
		return false
	}
	i = skipBlanks(line, i+1)
	end := letters(line, i)
	if !h.leveled(line[i:end]) {
		if string(line[i:end]) != "ANY" {
			return false
		}
		h.level = line[i:end]
	}
	h.time = st
	i = skipBlanks(line, end)
	if j := dashed(line, i); j > i {
		i = j
		if colon := tagEnd(line, i); colon >= 0 && bytes.IndexByte(line[i:colon], ' ') < 0 {
			h.named(line[i:colon])
			i = skipBlanks(line, colon+1)
		}
	} else if i+2 == len(line) && string(line[i:]) == "--" {
		i = len(line)
	}
	// Rails' tag of the request.
	if i+38 <= len(line) && line[i] == '[' && line[i+37] == ']' && isUUID(line[i+1:i+37]) {
		h.add("http.request.id", line[i+1:i+37])
		i = skipBlanks(line, i+38)
	}
	h.body = i
	return true
}

// sssdLayout is the debug log of SSSD: (time): [process] [function] (0x0020): text.
// Source: sssd.conf(5), "debug_level".
var sssdLayout = &header{id: "sssd", first: "(", join: joinAll,
	reason: "a time in parentheses, a process, a function and a bit for the level, as SSSD writes them", parse: parseSSSD}

func parseSSSD(line []byte, s *scanner, h *head) bool {
	st, i := s.stampAt(line, 1)
	if !st.ok || i >= len(line) || line[i] != ')' {
		return false
	}
	if i++; i < len(line) && line[i] == ':' {
		i++
	}
	c := cursor{line: line, i: skipBlanks(line, i), h: h}
	var names [2][]byte
	for k := range names {
		if c.i >= len(line) || line[c.i] != '[' {
			return false
		}
		end := c.closing(c.i)
		if end < 0 {
			return false
		}
		names[k] = line[c.i+1 : end]
		c.i = skipBlanks(line, end+1)
	}
	if c.i+8 > len(line) || string(line[c.i:c.i+3]) != "(0x" || line[c.i+7] != ')' {
		return false
	}
	level := line[c.i+1 : c.i+7]
	sev, ok := sssdSeverity(level[2:])
	if !ok {
		return false
	}
	h.time, h.severity, h.level, h.service = st, sev, level, names[0]
	h.add("log.origin.function", names[1])
	if i = c.i + 8; i < len(line) && line[i] == ':' {
		i++
	}
	h.body = skipBlanks(line, i)
	return true
}

func sssdSeverity(bits []byte) (logs.Severity, bool) {
	switch string(bits) {
	case "0010", "0020": // fatal and critical failures
		return logs.Fatal, true
	case "0040": // serious failures
		return logs.Error, true
	case "0080": // minor failures
		return logs.Warn, true
	case "0100", "0200": // configuration, data of functions
		return logs.Info, true
	case "0400":
		return logs.Debug, true
	}
	return logs.Trace, isHex(bits)
}
