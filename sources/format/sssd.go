package format

import "github.com/lxlog/lx/logs"

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
