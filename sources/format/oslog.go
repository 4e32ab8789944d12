package format

import "github.com/lxlog/lx/logs"

// oslogLayout is what macOS's log show prints: time, thread, type, activity, process, time to live, name: text.
// Source: log(1) of macOS.
var oslogLayout = &header{id: "oslog", first: "12", join: joinAll,
	reason: "a time, a thread, a type and an activity in columns, as macOS's log show prints them", parse: parseOslog}

func parseOslog(line []byte, s *scanner, h *head) bool {
	if len(line) < 60 || line[4] != '-' || line[26] != '+' && line[26] != '-' {
		return false
	}
	st, i := s.stampAt(line, 0)
	if i = skipBlanks(line, i); !st.ok || !hasPrefix(line[i:], "0x") {
		return false
	}
	var words [5][]byte // thread, type, activity, process, time to live
	for k := range words {
		end := token(line, i)
		words[k] = line[i:end]
		i = skipBlanks(line, end)
	}
	if !hasPrefix(words[2], "0x") || !numeric(words[3]) || !numeric(words[4]) {
		return false
	}
	sev, ok := logs.ParseSeverity(logs.Borrow(words[1]))
	if !ok && string(words[1]) != "Activity" && string(words[1]) != "State" && string(words[1]) != "Signpost" {
		return false
	}
	h.time, h.severity, h.level = st, sev, words[1]
	h.add("process.thread.id", words[0])
	h.add("oslog.activity", words[2])
	h.addNumber("process.pid", words[3])
	h.addNumber("oslog.ttl", words[4])
	if name, _, body := tag(line, i, bare); body > 0 {
		h.service = name
		i = skipBlanks(line, body)
	}
	h.body = i
	return true
}
