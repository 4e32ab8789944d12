package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// filenameLayout is any line behind the name of the file that it is of, as
// grep, multitail and collectors write it: app.log:2024-05-01 ..., with -n
// app.log:12:2024-05-01 ..., /var/log/messages: May  1 ..., app.log 2024-05-01 ...
type filenames struct{}

var filenameLayout = filenames{}

func (filenames) Name() string   { return "filename" }
func (filenames) starts() string { return filenameFirst }
func (filenames) joins() joining { return joinTrace }
func (filenames) why() string    { return "the name of a file before a record, as grep prints it" }

const filenameFirst = "./_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// fileTag is the tag of all lines behind a file's name.
const fileTag = dockerErr + 1

// maxFilename is how many bytes the name may have.
const maxFilename = 200

func (filenames) scan(line []byte, s *scanner, f *fields) bool {
	if s.inside {
		return false
	}
	p, ok := splitFilename(line, s)
	if !ok {
		return false
	}
	f.tag = fileTag
	s.scanInner(p.text, f)
	if f.inner == 0 && (f.shape == shapeText || f.shape == shapeBlank) { // no record, and no part of one
		*f = fields{}
		return false
	}
	return true
}

func (filenames) unwrap(line []byte, s *scanner) (piece, bool) {
	p, ok := splitFilename(line, s)
	return p.piece, ok
}

func (filenames) wrap(line []byte, s *scanner, r *logs.Record) {
	if p, ok := splitFilename(line, s); ok {
		r.AddText("log.file.path", logs.Borrow(p.name))
		if len(p.number) > 0 {
			r.Add("log.file.line", logs.NumberValue(logs.Borrow(withoutZeros(p.number))))
		}
	}
}

func (l filenames) Decode(raw []byte, r *logs.Record) { decodeWrapped(l, everything, raw, r) }

// filed is a line with the name of its file, and perhaps its number there.
type filed struct {
	piece
	name, number []byte
}

// splitFilename cuts the name off a line. Where a name with colons inside could end
// at one of them or at a blank, a whole stamp behind the blank decides.
func splitFilename(line []byte, s *scanner) (f filed, ok bool) {
	// Fast path: the first word of most lines is short, or has no dot and begins with no slash.
	if len(line) < 6 || line[3] == ' ' || line[4] == ' ' || line[4] == '=' {
		return f, false
	}
	if first := line[:token(line[:min(len(line), maxFilename)], 0)]; first[0] != '/' && bytes.IndexByte(first, '.') < 0 {
		return f, false
	}
	end, dot := 0, false
	for limit := min(len(line), maxFilename); end < limit && !isBlank(line[end]); end++ {
		switch line[end] {
		case '.', '/':
			dot = true
		case '=', '"', '[', '(', '{', '<', '|', ',':
			if !dot || bytes.IndexByte(line[:end], ':') < 0 {
				return f, false
			}
		case ':':
			if !dot {
				return f, false
			}
		}
	}
	if !dot || end < 5 {
		return f, false
	}
	word := line[:end]
	f.tag = fileTag
	log := bytes.Index(word, []byte(".log"))
	if next := skipBlanks(line, end); log > 0 && next < len(line) {
		st, n := s.when.Stamp(line[next:])
		if n > 0 && st.Missing&when.Date == 0 || bytes.IndexByte(word, ':') < 0 && n > 0 {
			f.name, f.text = bytes.TrimRight(word, ":"), line[next:]
			return f, true
		}
	}
	colon := bytes.IndexByte(word, ':')
	if colon < 1 || log < 0 && word[0] != '/' && !hasPrefix(word, "./") && !isFileName(word[:colon]) {
		return f, false
	}
	f.name, f.text = word[:colon], line[colon+1:]
	if n := digits(f.text); n > 0 && n < 10 && n < len(f.text) && f.text[n] == ':' && !isClock(f.text) {
		f.number, f.text = f.text[:n], f.text[n+1:]
	}
	if len(f.text) > 0 && f.text[0] == ' ' && len(f.number) == 0 && skipBlanks(f.text, 0) == 1 {
		f.text = f.text[1:]
	}
	return f, len(f.text) > 0
}

// isClock reports whether a time of day stands at the start of b: 12:00:00.
func isClock(b []byte) bool { return len(b) > 5 && b[2] == ':' && b[5] == ':' }

// isFileName reports whether a name ends as files with logs do.
func isFileName(b []byte) bool {
	switch string(b[bytes.LastIndexByte(b, '.')+1:]) {
	case "txt", "out", "err", "json", "jsonl", "gz", "zst", "xz", "bz2":
		return true
	}
	return false
}
