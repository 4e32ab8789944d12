package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// criLogs is the container runtime interface's log file:
// 2019-05-07T18:57:50.904275087+00:00 stdout F text. P instead of F says that
// the next line of the stream goes on where this one ends.
// Source: Kubernetes' design proposal "CRI: Log management for container stdout/stderr streams".
type criLogs struct{}

var criLayout = criLogs{}

func (criLogs) Name() string   { return "cri" }
func (criLogs) starts() string { return "0123456789" }
func (criLogs) joins() joining { return joinTrace }
func (criLogs) why() string {
	return "a time, stdout or stderr, and P or F, as container runtimes write"
}

func (criLogs) scan(line []byte, s *scanner, f *fields) bool {
	p, ok := readCRI(line, s)
	if !ok {
		return false
	}
	f.time, f.tag, f.partial = p.time, p.tag, p.partial
	s.scanInner(p.text, f)
	return true
}

func (criLogs) unwrap(line []byte, s *scanner) (piece, bool) {
	return readCRI(line, s)
}

func (criLogs) wrap(line []byte, s *scanner, r *logs.Record) {
	p, ok := readCRI(line, s)
	if !ok {
		return
	}
	r.Time, r.Guessed = p.time.time(), p.time.guessed()
	r.AddText("stream", streamOf(p.tag))
}

func (l criLogs) Decode(raw []byte, r *logs.Record) { decodeWrapped(l, everything, raw, r) }

func readCRI(line []byte, s *scanner) (p piece, ok bool) {
	n := bytes.IndexByte(line[:min(len(line), 40)], ' ')
	if n < 0 || len(line) < n+9 || line[n+7] != ' ' {
		return p, false
	}
	switch string(line[n+1 : n+7]) {
	case "stdout":
		p.tag = criOut
	case "stderr":
		p.tag = criErr
	default:
		return p, false
	}
	tag := line[n+8:]
	if tag[0] != 'P' && tag[0] != 'F' {
		return p, false
	}
	p.partial = tag[0] == 'P'
	switch end := token(tag, 1); {
	case end > 1 && tag[1] != ':':
		return p, false
	case end < len(tag):
		p.text = tag[end+1:]
	}
	st, end := s.stampAt(line, 0)
	p.time = st
	return p, end == n && st.ok && st.Missing&(when.Year|when.Date) == 0
}
