package format

// uptimeLayout is a header behind the seconds since a program began, as Java's own log
// and Linkerd write them: [0.123s][info][gc] text.
// Source: JEP 158, "Unified JVM Logging".
var uptimeLayout = &header{id: "uptime", first: "[", join: joinBegun,
	reason: "seconds since the program began in brackets, and a level", parse: parseUptime}

func parseUptime(line []byte, _ *scanner, h *head) bool {
	i := skipBlanks(line, 1)
	end := i + digits(line[i:])
	if end == i || end+4 >= len(line) || line[end] != '.' {
		return false
	}
	end += 1 + digits(line[end+1:])
	if !hasPrefix(line[end:], "s]") {
		return false
	}
	h.addNumber("process.uptime", line[i:end])
	c := cursor{line: line, h: h, i: end + 2, from: end + 2, last: 'b'}
	c.header()
	return c.is(hasLevel)
}
