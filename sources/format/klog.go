package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// klogLayout is the header of glog and klog: Lmmdd hh:mm:ss.uuuuuu threadid file:line] msg.
// Source: the comment on "log line format" in github.com/golang/glog.
var klogLayout = &header{id: "klog", first: "IWEFDC", join: joinAll,
	reason: "a level's letter, month and day, a thread and a file with its line, as glog and klog write them", parse: parseKlog}

func parseKlog(line []byte, s *scanner, h *head) bool {
	if len(line) < 20 || !isDigit(line[1]) || !isDigit(line[4]) {
		return false
	}
	st, i := s.stampAt(line, 1)
	if !st.ok || i >= len(line) || line[i] != ' ' {
		return false
	}
	i = skipBlanks(line, i)
	n := digits(line[i:])
	j := skipBlanks(line, i+n)
	close := bytes.IndexByte(line[j:min(len(line), j+200)], ']')
	if n == 0 || j == i+n || close < 0 {
		return false
	}
	file, number, ok := origin(line[j : j+close])
	if !ok {
		return false
	}
	h.time, h.level = st, line[:1]
	h.severity, _ = logs.LetterSeverity(line[0])
	h.addNumber("process.thread.id", line[i:i+n])
	h.at(file, number)
	h.body = skipBlanks(line, j+close+1)
	return true
}
