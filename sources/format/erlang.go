package format

import "github.com/lxlog/lx/logs"

// erlangLayout is the report of Erlang's error logger: =INFO REPORT==== time ===, and the text in the lines that follow.
// Source: Erlang/OTP, error_logger and sasl.
var erlangLayout = &header{id: "erlang", first: "=", join: joinAll,
	reason: "a report's name and a time between equals signs, as Erlang writes them", parse: parseErlang}

func parseErlang(line []byte, s *scanner, h *head) bool {
	end := letters(line, 1)
	const sign = " REPORT==== "
	if !isUpperWord(line[1:end]) || !hasPrefix(line[end:], sign) {
		return false
	}
	st, i := s.stampAt(line, end+len(sign))
	if !st.ok || !hasPrefix(line[i:], " ===") {
		return false
	}
	h.time, h.level = st, line[1:end]
	h.severity, _ = logs.ParseSeverity(logs.Borrow(h.level))
	h.body = skipBlanks(line, i+4)
	return true
}
