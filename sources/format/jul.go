package format

import "bytes"

// julFamily stands before syslog, for which a time, a class and a method are a time, a host and a text.
var julFamily = []layout{julLayout}

// julLayout is java.util.logging's default form in two lines: a time with the
// class and method, then LEVEL: text. OpenAM's debug log has a thread in their place.
// Source: java.util.logging.SimpleFormatter.
var julLayout = &header{id: "jul", clock: true, first: "JFMASONDa", join: joinLevel,
	reason: "a time and the place in the program alone in its first line, as java.util.logging writes them", parse: parseJUL}

func parseJUL(line []byte, s *scanner, h *head) bool {
	from := 0
	if line[0] == 'a' {
		if from = bytes.IndexByte(line[:min(len(line), 40)], ':') + 1; from < 3 || line[1] != 'm' {
			return false
		}
	} else if len(line) < 16 || line[9] == ':' && line[12] == ':' { // syslog's time, without a year
		return false
	}
	st, i := s.stampAt(line, from)
	if !st.ok || i >= len(line) {
		return false
	}
	h.time, h.body = st, len(line)
	if from > 0 {
		if !hasPrefix(line[i:], ": Thread[") || line[len(line)-1] != ']' {
			return false
		}
		h.add("log.logger", line[:from-1])
		h.add("process.thread.name", line[i+9:len(line)-1])
		return true
	}
	i = skipBlanks(line, i)
	end := token(line, i)
	method := skipBlanks(line, end)
	if !isDotted(line[i:end]) || loggerEnd(line, i) != end || bytes.IndexByte(line[method:], ' ') >= 0 {
		return false
	}
	h.add("log.logger", line[i:end])
	h.add("log.origin.function", line[method:])
	return true
}
