package format

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// dockerLogs is the file that Docker's json-file driver writes, and what log
// agents make of CRI's: {"log":"text\n","stream":"stdout","time":"..."}. A line
// of the container is cut where the text does not end with a line end.
type dockerLogs struct{}

var dockerLayout = dockerLogs{}

func (dockerLogs) Name() string   { return "docker" }
func (dockerLogs) starts() string { return "{" }
func (dockerLogs) joins() joining { return joinTrace }
func (dockerLogs) why() string {
	return "log, stream and time, as Docker writes the lines of a container"
}

func (dockerLogs) scan(line []byte, s *scanner, f *fields) bool {
	d, ok := readDocker(line, s)
	if !ok {
		return false
	}
	f.time, f.tag, f.partial = d.time, d.tag, d.partial
	s.scanInner(d.text, f)
	return true
}

func (l dockerLogs) unwrap(line []byte, s *scanner) (piece, bool) {
	d, ok := readDocker(line, s)
	return d.piece, ok
}

func (l dockerLogs) wrap(line []byte, s *scanner, r *logs.Record) {
	d, ok := readDocker(line, s)
	if !ok {
		return
	}
	r.Time, r.Guessed = d.time.time(), d.time.guessed()
	r.AddText("stream", streamOf(d.tag))
	if d.attrs > 0 {
		flat := flattener{c: &s.named, r: r}
		flat.member(&r.Attrs, "attrs", "", nil, d.attrs, 1)
	}
}

func (l dockerLogs) Decode(raw []byte, r *logs.Record) { decodeWrapped(l, everything, raw, r) }

// streamOf is the name of the stream that a tag stands for.
func streamOf(tag uint8) string {
	if tag == criErr || tag == dockerErr {
		return "stderr"
	}
	return "stdout"
}

// docker is one line of Docker's.
type docker struct {
	piece
	attrs int // offset of the labels that --log-opt adds; 0 none
}

// readDocker reads a line; its text lives in s.wrapped where it has escapes.
func readDocker(line []byte, s *scanner) (d docker, ok bool) {
	if !mayBeDocker(line) {
		return d, false
	}
	c := &s.named
	c.begin(line, s)
	var log, tag []byte
	escaped := false
	i := 1
	for first := true; ; first = false {
		m, next := c.member(i, first)
		if m.value == 0 {
			if next < 0 || skipSpace(line, next) < len(line) || log == nil || d.tag == 0 || !d.time.ok {
				return d, false
			}
			break
		}
		key := line[m.from:m.to]
		if line[m.value] == '{' && string(key) == "attrs" && d.attrs == 0 {
			d.attrs = m.value
			if i = c.value(m.value, nil, 1); i < 0 {
				return d, false
			}
			continue
		}
		if line[m.value] != '"' {
			return d, false
		}
		end, escapes := stringEnd(line, m.value+1)
		if end < 0 {
			return d, false
		}
		text := line[m.value+1 : end]
		i = end + 1
		switch string(key) {
		case "log":
			log, escaped = text, escapes
		case "stream":
			switch string(text) {
			case "stdout":
				d.tag = dockerOut
			case "stderr":
				d.tag = dockerErr
			}
		case "time":
			if st, ok := s.when.Whole(text); ok && st.Missing&(when.Year|when.Date) == 0 {
				d.time = stamp{st, true}
			}
		case "_p", "logtag":
			tag = text
		default:
			return d, false
		}
	}
	if escaped {
		s.wrapped = appendUnescaped(s.wrapped[:0], log)
		log = s.wrapped
	}
	d.text = withoutLast(log, '\n')
	d.partial = len(d.text) == len(log)
	d.text = withoutLast(d.text, '\r')
	if len(tag) > 0 {
		d.partial = tag[0] == 'P'
	}
	return d, true
}

// mayBeDocker looks at the first key.
func mayBeDocker(line []byte) bool {
	if len(line) < 30 || line[1] != '"' {
		return false
	}
	switch line[2] {
	case 'l':
		return hasPrefix(line[2:], `log"`) || hasPrefix(line[2:], `logtag"`)
	case 's':
		return hasPrefix(line[2:], `stream"`)
	case 't':
		return hasPrefix(line[2:], `time"`)
	case 'a':
		return hasPrefix(line[2:], `attrs"`)
	case '_':
		return hasPrefix(line[2:], `_p"`)
	}
	return false
}
