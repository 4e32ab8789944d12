package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// unrealLayout is the log of Unreal Engine: [2024.03.01-12.00.00:123][  0]LogInit: Error: text.
// Source: Unreal Engine documentation, "Logging".
var unrealLayout = &header{id: "unreal", first: "[", join: joinAll,
	reason: "a time with dots, a frame and a category, as Unreal Engine writes them", parse: parseUnreal}

func parseUnreal(line []byte, s *scanner, h *head) bool {
	if len(line) < 32 || line[5] != '.' || line[11] != '-' || line[24] != ']' || line[25] != '[' {
		return false
	}
	st, end := s.stampAt(line, 1)
	frame := skipBlanks(line, 26)
	i := frame + digits(line[frame:])
	if !st.ok || end != 24 || i == frame || i+2 >= len(line) || line[i] != ']' {
		return false
	}
	h.time, h.body = st, i+1
	h.addNumber("unreal.frame", line[frame:i])
	from := i + 1
	k := nameEnd(line, from)
	if k == from || k+1 >= len(line) || line[k] != ':' || line[k+1] != ' ' {
		return true
	}
	h.named(line[from:k])
	h.body = skipBlanks(line, k+1)
	colon := bytes.IndexByte(line[h.body:min(len(line), h.body+14)], ':')
	if colon < 0 {
		return true
	}
	switch word := line[h.body : h.body+colon]; string(word) {
	case "Fatal", "Error", "Warning", "Verbose":
		h.leveled(word)
	case "Display", "Log":
		h.severity, h.level = logs.Info, word
	case "VeryVerbose":
		h.severity, h.level = logs.Trace, word
	default:
		return true
	}
	h.body = skipBlanks(line, h.body+colon+1)
	return true
}
