package format

import "bytes"

// rubyLayout is what Ruby's Logger writes: I, [2024-06-26T17:00:04.497736 #126554]  INFO -- progname: text.
// Source: Ruby's standard library, Logger::Formatter.
var rubyLayout = &header{id: "ruby", clock: true, first: "DIWEFA", join: joinAll,
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
