package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// bglLayout is the log of supercomputers as their public archive has it: a tag
// for alerts, epoch seconds, date, node, and BlueGene's fields or a line of syslog.
// Source: https://www.usenix.org/cfdr-data, "HPC4".
var bglLayout = &header{id: "bgl", first: "-ABCDEFGHIJKLMNOPQRSTUVWXYZ", join: joinTrace,
	reason: "a tag, epoch seconds, a date and a node, as the logs of supercomputers have them", parse: parseBGL}

func parseBGL(line []byte, s *scanner, h *head) bool {
	i := token(line, 0)
	if i > 12 || i+23 >= len(line) || digits(line[i+1:]) != 10 || line[i+11] != ' ' || line[i+16] != '.' || line[i+19] != '.' || line[i+22] != ' ' {
		return false
	}
	st, n := s.stampAt(line, i+1)
	if !st.ok || n != i+11 {
		return false
	}
	if string(line[:i]) != "-" {
		h.add("event.code", line[:i])
	}
	node := line[i+23 : token(line, i+23)]
	h.host = node
	j := skipBlanks(line, i+23+len(node))
	fine, end := s.when.Stamp(line[j:])
	if h.time, h.body = st, j; end == 0 {
		return true
	}
	if fine.Missing == 0 || line[j] == '2' { // to the microsecond, in BlueGene's
		h.time = stamp{fine, true}
		h.add("event.created", line[i+1:i+11])
		h.blueGene(line, skipBlanks(line, j+end))
	} else {
		h.add("event.created", line[j:j+end])
		h.cluster(line, skipBlanks(line, j+end))
	}
	return true
}

// blueGene reads the node again, a kind, a component and a level at line[i:].
func (h *head) blueGene(line []byte, i int) {
	if again := token(line, i); bytes.HasPrefix(line[i:again], h.host) {
		i = skipBlanks(line, again)
	}
	h.body = i
	a := token(line, i)
	if !isUpperWord(line[i:a]) {
		return
	}
	b := skipBlanks(line, a)
	bEnd := token(line, b)
	level := skipBlanks(line, bEnd)
	levelEnd := token(line, level)
	if sev, ok := logs.ParseSeverity(logs.Borrow(line[level:levelEnd])); ok {
		h.severity, h.level = sev, line[level:levelEnd]
		h.add("event.category", line[i:a])
		h.add("log.logger", line[b:bEnd])
		h.body = skipBlanks(line, levelEnd)
	}
}

// cluster reads a line of syslog behind its time, where the host is written as
// the place it came from: dn228/dn228 crond[2916]: text, src@aadmin1 xinetd[1]: text.
func (h *head) cluster(line []byte, i int) {
	end := token(line, i)
	place := line[i:end]
	h.body = i
	if name, process, body := tag(line, i, bare); body > 0 && body <= end { // no place
		h.program(name, process)
		h.body = skipBlanks(line, body)
		return
	}
	if !bytes.Contains(place, h.host) && bytes.IndexByte(place, '/') < 0 {
		return
	}
	if i = skipBlanks(line, end); !bytes.Equal(place, h.host) {
		h.add("log.syslog.hostname", place)
	}
	if name, process, body := tag(line, i, bare); body > 0 {
		h.program(name, process)
		i = skipBlanks(line, body)
	}
	h.body = i
}
