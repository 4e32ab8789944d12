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

// zabbixLayout is the log of Zabbix's daemons: process:yyyymmdd:hhmmss.mmm text, with blanks before
// a short number; without them the general reader takes them.
// Source: Zabbix, src/libs/zbxlog.
var zabbixLayout = &header{id: "zabbix", first: " ", join: joinAll,
	reason: "blanks, a process and a time without marks, with colons between, as Zabbix writes them", parse: parseZabbix}

func parseZabbix(line []byte, s *scanner, h *head) bool {
	i := skipBlanks(line, 0)
	n := digits(line[i:min(len(line), i+11)])
	from := i + n + 1
	if n == 0 || from+19 >= len(line) || line[from-1] != ':' || line[from+8] != ':' || line[from+15] != '.' || digits(line[from:]) != 8 {
		return false
	}
	st, end := s.stampAt(line, from)
	if !st.ok || end != from+19 || line[end] != ' ' {
		return false
	}
	h.time = st
	h.addNumber("process.pid", line[i:i+n])
	h.body = skipBlanks(line, end)
	return true
}
