package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// kernelFamily is the kernel's own log. It comes after Apache's, which begins as dmesg -T does.
var kernelFamily = []layout{
	&header{id: "dmesg", clock: true, first: "[abcdefghijklmnopqrstuvwxyz", reason: "it begins with the time that dmesg writes in brackets", parse: parseKernel},
}

// parseKernel reads what dmesg prints: [   12.345678] text, with the time since
// the kernel started, [Mon Mar 14 08:00:00 2026] text (-T), and either behind "kern  :info  : " (-x).
func parseKernel(line []byte, s *scanner, h *head) bool {
	i := h.decoded(line)
	if i < 0 || i >= len(line) || line[i] != '[' {
		return false
	}
	if next := h.uptime(line, i); next > i {
		h.body = h.mark(line, next)
		return next < len(line)
	}
	// A weekday begins what -T writes; brackets around other times are other programs'.
	if i+25 >= len(line) || line[i+4] != ' ' || !isUpper(line[i+1]) {
		return false
	}
	st, end := s.stampAt(line, i+1)
	if !st.ok || st.time() == logs.NoTime || end >= len(line) || line[end] != ']' {
		return false
	}
	h.time = st
	h.body = skipBlanks(line, h.caller(line, end+1))
	return true
}

// decoded reads facility and severity as dmesg -x writes them: "kern  :info  : ".
// It returns the offset behind them; 0 where the line begins with a bracket, -1 where it is not dmesg's.
func (h *head) decoded(line []byte) int {
	if line[0] == '[' {
		return 0
	}
	facility, rest, ok := cut(line[:min(len(line), 24)], ':')
	severity, _, more := cut(rest, ':')
	if !ok || !more {
		return -1
	}
	f, s := codeOf(facilities[:], facility), codeOf(severities[:], severity)
	if s < 0 && string(bytes.TrimRight(severity, " ")) == "warn" {
		s = 4
	}
	if f < 0 || s < 0 {
		return -1
	}
	h.ranked(f, s)
	return skipBlanks(line, len(facility)+len(severity)+2)
}

// codeOf is the place of a name, which blanks may follow, in names; -1 where it is none.
func codeOf(names []string, padded []byte) int {
	name := bytes.TrimRight(padded, " ")
	for i, n := range names {
		if n == string(name) {
			return i
		}
	}
	return -1
}
