package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// prefixLayout is a JSON record behind what something else wrote before it:
// "web_1  | {...}", "[pod/cart-1/app] {...}", "2024-05-01T10:00:00Z app {...}".
// The object must be a record by itself: tell a time or a level. A word alone
// before it names the service where the object does not.
var prefixLayout = &header{
	id: "prefixed", first: "", join: joinTrace,
	reason: "its first line ends in a JSON object that tells a time or a level",
	parse:  parsePrefixed,
}

// maxPrefix is how many bytes may stand before the object.
const maxPrefix = 160

func parsePrefixed(line []byte, s *scanner, h *head) bool {
	end := len(line)
	for end > 0 && isBlank(line[end-1]) {
		end--
	}
	if end < 12 || line[end-1] != '}' || isBlank(line[0]) {
		return false
	}
	at := bytes.Index(line[:min(end, maxPrefix)], []byte(`{"`))
	if at < 2 || !isBlank(line[at-1]) && line[at-1] != '|' {
		return false
	}
	switch s.readStamped(line) { // a header that is known says more
	case kindNone, kindDated:
	case kindStamped:
		if s.stamped.head.severity != 0 {
			return false
		}
	default:
		return false
	}
	c := &s.named
	if !c.json(line[at:end], s) || c.picks[logs.CoreTime].rank == 0 && c.severity == 0 {
		return false
	}
	h.body, h.end = at, end
	prefix := line[:at]
	if st, n := s.stampAt(line, 0); st.ok && n < at {
		h.time, prefix = st, line[n:at]
	} else if s.stamped.kind == kindStamped { // a stamp in brackets
		h.time = s.stamped.head.time
	}
	prefix = bytes.Trim(prefix, " \t|")
	if _, ok := logs.ParseSeverity(logs.Borrow(bytes.Trim(prefix, "[]:<>"))); ok {
		return false
	}
	if isServiceName(prefix) && len(c.service) == 0 {
		h.service = prefix
	} else {
		h.add("log.prefix", prefix)
	}
	return true
}
