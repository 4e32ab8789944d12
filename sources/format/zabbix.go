package format

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
