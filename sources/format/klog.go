package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// klogLayout is the header of glog and klog: Lmmdd hh:mm:ss.uuuuuu threadid file:line] msg;
// and of CockroachDB: Lyymmdd hh:mm:ss.uuuuuu goroutine [channel@]file:line msg.
// Source: the comment on "log line format" in github.com/golang/glog; CockroachDB
// documentation, "Log formats", crdb-v1 and crdb-v2.
var klogLayout = &header{id: "klog", clock: true, first: "IWEFDC", join: joinAll,
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
	dated := isDigit(line[5]) && isDigit(line[6])
	end := token(line, j)
	if !dated {
		close := bytes.IndexByte(line[j:min(len(line), j+200)], ']')
		if close < 0 {
			return false
		}
		end = j + close
	}
	place := line[j:end]
	channel, after, ok := cut(place, '@')
	if ok = ok && dated && numeric(channel); ok {
		place = after
	}
	file, number, is := origin(place)
	if n == 0 || j == i+n || !is {
		return false
	}
	h.time, h.level = st, line[:1]
	h.severity, _ = logs.LetterSeverity(line[0])
	h.addNumber("process.thread.id", line[i:i+n])
	h.at(file, number)
	if ok {
		h.addNumber("cockroachdb.channel", channel)
	}
	if end < len(line) && line[end] == ']' {
		end++
	}
	h.body = skipBlanks(line, end)
	if hasPrefix(line[h.body:], "⋮ ") { // what follows is marked for redaction
		h.body += len("⋮ ")
	}
	return true
}
