package format

import "github.com/lxlog/lx/logs"

// xorgLayout is a line of the X server without its clock: (EE) text.
var xorgLayout = &header{id: "xorg", first: "(", join: joinTrace,
	reason: "it begins with one of the marks of the X server", parse: parseXorg}

func parseXorg(line []byte, _ *scanner, h *head) bool {
	h.body = h.mark(line, 0)
	return h.body > 0
}

// mark reads the mark of the X server at line[i:] and returns the offset of the text behind it; i where there is none.
// Source: Xorg(1), the legend that begins each of its logs.
func (h *head) mark(line []byte, i int) int {
	if i+5 > len(line) || line[i] != '(' || line[i+3] != ')' || line[i+4] != ' ' {
		return i
	}
	switch string(line[i+1 : i+3]) {
	case "EE":
		h.severity = logs.Error
	case "WW":
		h.severity = logs.Warn
	case "!!":
		h.severity = logs.Info + 1
	case "II", "--", "**", "==", "++", "NI", "??":
		h.severity = logs.Info
	default:
		return i
	}
	h.level = line[i+1 : i+3]
	return skipBlanks(line, i+4)
}
