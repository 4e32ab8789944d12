package format

// slowLayout is a record of MySQL's log of slow queries, from its time to the next.
// Source: MySQL Reference Manual, "The Slow Query Log".
var slowLayout = &header{id: "mysql-slow", first: "#", join: joinAll,
	reason: "# Time: and a time, as MySQL begins what it says of slow queries", parse: parseSlow}

func parseSlow(line []byte, s *scanner, h *head) bool {
	const start = "# Time: "
	if !hasPrefix(line, start) {
		return false
	}
	st, end := s.stampAt(line, len(start))
	if !st.ok || skipBlanks(line, end) < len(line) {
		return false
	}
	h.time, h.body = st, len(line)
	return true
}
