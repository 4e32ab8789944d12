package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parse3164 reads syslog as it is in the wild: <PRI>Mmm dd hh:mm:ss host program[pid]: text,
// with anything but the text missing. A line with a priority always is one; a line
// without must have a time and either a host and a program or what Cisco writes.
// Source: RFC 3164 section 4, and what syslog daemons, routers and journalctl write.
func parse3164(line []byte, s *scanner, h *head) bool {
	if pri, i := priority(line); i > 0 {
		h.ranked(pri/8, pri%8)
		h.parcel(line, skipBlanks(line, i), pri, s)
		return true
	}
	switch c := line[0]; {
	case c == '<':
		return false
	case isMonth(line):
		end := h.civil(line, 0, s)
		return h.time.ok && h.sender(line, end, bare)
	case c == '*' || c == '.' || isDigit(c) && digits(line[:min(len(line), 9)]) < len(line) && line[digits(line[:min(len(line), 9)])] == ':':
		return h.cisco(line, s)
	case isDigit(c) || len(line) > 4 && line[3] == ' ' && isDigit(line[4]):
		return h.dated(line, s)
	}
	return false
}

// certainty says what a sender must have for a line to be syslog's.
type certainty uint8

const (
	given certainty = iota // there was a priority: whatever follows
	bare                   // a time without a year: a host, and a program or what else syslog's messages begin with
	full                   // a time as many formats have it: a host, and a program with a process
)

// parcel reads what follows a priority at line[i:].
func (h *head) parcel(line []byte, i, pri int, s *scanner) {
	if n := digits(line[i:min(len(line), i+10)]); n > 0 && i+n+1 < len(line) && line[i+n] == ':' && isBlank(line[i+n+1]) {
		h.sequence(line[i : i+n])
		i = skipBlanks(line, i+n+1)
		i = h.originID(line, i, s)
	}
	end := h.civil(line, i, s)
	switch {
	case h.time.ok && len(h.host) > 0:
		h.syslogBody(line, skipColon(line, end))
	case h.time.ok:
		h.sender(line, end, given)
	default:
		name, process, body := tag(line, i, bare)
		if body > 0 {
			h.program(name, process)
			i = body
		} else if pri < 8 {
			i = h.uptime(line, i) // dmesg -r
		}
		h.syslogBody(line, i)
	}
}

// originID reads the name of the host that Cisco may write before the time.
func (h *head) originID(line []byte, i int, s *scanner) (next int) {
	end := token(line, i)
	if end == len(line) || end < i+2 || line[end-1] != ':' {
		return i
	}
	next = skipBlanks(line, end)
	if h.civil(line, next, s); !h.time.ok {
		return i
	}
	h.host = line[i : end-1]
	return next
}

// civil reads the time at line[i:] into h.time, and returns the offset behind it. Cisco marks a clock that is not in step by * or a dot.
func (h *head) civil(line []byte, i int, s *scanner) (end int) {
	if i < len(line) && (line[i] == '*' || line[i] == '.') {
		i++
	}
	if i >= len(line) {
		return i
	}
	if end = clockEnd(line, i); end > 0 {
		// A host may look like what other stamps end with: PM-1, EST. In 2009 and UTC: it does not.
		if t, n := s.when.Stamp(line[i:end]); n == end-i {
			h.time = stamp{t, true}
			return end
		}
	}
	h.time, end = s.stampAt(line, i)
	return end
}

// clockEnd is the offset behind "Mmm dd hh:mm:ss", perhaps with a fraction, at line[i:]; 0 where that does not stand there, or a year or a zone follows it.
func clockEnd(line []byte, i int) int {
	b := line[i:]
	if len(b) < 15 || !isMonth(b) {
		return 0
	}
	n := 13
	if b[n-3] != ':' { // a day of one digit, not padded
		n--
	}
	if b[n-3] != ':' || b[n] != ':' {
		return 0
	}
	n += 3
	if n < len(b) && (b[n] == '.' || b[n] == ',') {
		n += 1 + digits(b[n+1:])
	}
	if n >= len(b) || b[n] != ' ' {
		return 0
	}
	rest := b[n+1:]
	if y := digits(rest[:min(len(rest), 5)]); y == 4 && len(rest) > 4 && isBlank(rest[4]) && (hasPrefix(rest, "19") || hasPrefix(rest, "20")) {
		return 0
	}
	z := 0
	for z < len(rest) && isUpper(rest[z]) {
		z++
	}
	if z > 0 && z < len(rest) && rest[z] == ':' {
		return 0
	}
	return i + n
}

// isMonth reports whether b begins with the short name of a month and a blank.
func isMonth(b []byte) bool {
	if len(b) < 4 || b[3] != ' ' {
		return false
	}
	switch uint32(b[0]|0x20)<<16 | uint32(b[1]|0x20)<<8 | uint32(b[2]|0x20) {
	case 'j'<<16 | 'a'<<8 | 'n', 'f'<<16 | 'e'<<8 | 'b', 'm'<<16 | 'a'<<8 | 'r', 'a'<<16 | 'p'<<8 | 'r', 'm'<<16 | 'a'<<8 | 'y', 'j'<<16 | 'u'<<8 | 'n',
		'j'<<16 | 'u'<<8 | 'l', 'a'<<16 | 'u'<<8 | 'g', 's'<<16 | 'e'<<8 | 'p', 'o'<<16 | 'c'<<8 | 't', 'n'<<16 | 'o'<<8 | 'v', 'd'<<16 | 'e'<<8 | 'c':
		return true
	}
	return false
}

// cisco reads a router's line without a priority: a sequence number, a time and a message that begins with %FACILITY-SEVERITY-MNEMONIC.
func (h *head) cisco(line []byte, s *scanner) bool {
	i := 0
	if n := digits(line[:min(len(line), 9)]); n > 0 {
		h.sequence(line[:n])
		if i = skipBlanks(line, n+1); i >= len(line) || line[i] != '*' && line[i] != '.' && !isMonth(line[i:]) {
			return false
		}
	}
	i = skipColon(line, h.civil(line, i, s))
	h.body = i
	return h.time.ok && i < len(line) && line[i] == '%'
}

// sequence notes the number that a router gives its messages, which may have leading zeros.
func (h *head) sequence(number []byte) {
	if short := bytes.TrimLeft(number, "0"); len(short) > 0 {
		number = short
	}
	h.addNumber("event.sequence", number)
}

// skipColon steps over a colon that ends a time, and blanks.
func skipColon(line []byte, i int) int {
	if i < len(line) && line[i] == ':' {
		i++
	}
	return skipBlanks(line, i)
}

// dated reads a line that begins with a date as many formats have it.
func (h *head) dated(line []byte, s *scanner) bool {
	var end int
	h.time, end = s.stampAt(line, 0)
	if !h.time.ok || h.time.time() == logs.NoTime || end+3 >= len(line) || line[end] != ' ' || !isLetter(line[end+1]) && !isDigit(line[end+1]) && line[end+1] != ':' && line[end+1] != ' ' {
		return false
	}
	return h.sender(line, end, full)
}

// sender reads host, program and process at line[i:], behind the time.
func (h *head) sender(line []byte, i int, sure certainty) bool {
	i = skipColon(line, i)
	end := token(line, i)
	word := line[i:end]
	if len(word) == 0 {
		h.syslogBody(line, i)
		return sure == given
	}
	// No host: the program stands behind the time.
	last := word[len(word)-1]
	if (last == ':' || last == ']') && !isAddress(word) && !(sure == full && !isOffset(line, i-1)) {
		if name, process, body := tag(line, i, sure); body > 0 && body <= end {
			next := skipBlanks(line, body)
			switch {
			case len(process) == 0 && next < len(line) && line[next] == '%': // Cisco ASA: the host has the colon
				h.host = name
			case sure == full && len(process) == 0:
				return false
			case len(process) == 0 && isInstall(name): // yum
				h.syslogBody(line, i)
				return true
			default:
				h.program(name, process)
			}
			h.syslogBody(line, body)
			if len(process) == 0 {
				h.dovecot(line)
			}
			return true
		}
	}
	kind := hostKind(word)
	if kind == noHost || kind == plainHost && sure != given && isLevel(word) {
		h.syslogBody(line, i)
		return sure == given
	}
	h.host = word
	i = skipBlanks(line, end)
	name, process, body := tag(line, i, sure)
	switch {
	case body > 0 && (sure != full || numeric(process) || isOffset(line, end-len(word)-1)):
		h.program(name, process)
		if line[i+len(name)] == ' ' {
			h.add("service.version", line[i+len(name)+1:body-1])
		}
		body = h.origin(line, body)
		h.syslogBody(line, body)
		return true
	case sure == full || sure == bare && kind != clearHost && !plainMessage(line[i:]):
		return false
	}
	h.syslogBody(line, i)
	return true
}

// isInstall reports whether a word is what yum writes of a package, in a log that is not syslog's.
func isInstall(b []byte) bool {
	switch string(b) {
	case "Installed", "Updated", "Erased", "Upgraded", "Obsoleted", "Dep-Installed", "Upgrade", "Install":
		return true
	}
	return false
}

// dovecot takes the level that Dovecot writes between its process and the text, in a log of its own.
func (h *head) dovecot(line []byte) {
	if end := capitalLevel(line, h.body); end > 0 && h.severity == 0 && h.leveled(line[h.body:end]) {
		h.body = skipBlanks(line, end+1)
	}
}

func numeric(b []byte) bool { return len(b) > 0 && digits(b) == len(b) }

// isOffset reports whether a time in RFC 3339 with a numeric offset ends before line[end]: programs seldom write that, daemons do.
func isOffset(line []byte, end int) bool {
	if end < 24 || line[10] != 'T' {
		return false
	}
	c, d := line[end-6], line[end-5]
	return c == '+' || c == '-' || d == '+' || d == '-'
}

// plainMessage reports whether a message without a program begins as daemons let it.
func plainMessage(b []byte) bool {
	return len(b) > 0 && (b[0] == '[' || b[0] == '%') || hasPrefix(b, "-- ") || hasPrefix(b, "--- last ") || hasPrefix(b, "last message ") || hasPrefix(b, "message repeated ")
}

// hostKinds say how sure it is that a word names a host.
type hostKinds uint8

const (
	noHost    hostKinds = iota
	plainHost           // a word of letters
	clearHost           // it has digits, dots or dashes, or is an address
)

func hostKind(b []byte) hostKinds {
	kind := plainHost
	if len(b) > 255 {
		return noHost
	}
	for i, c := range b {
		switch {
		case isLetter(c) || c == '_':
		case isDigit(c) || i > 0 && (c == '-' || c == '.' || c == '/' || c == '@'):
			kind = clearHost
		case c == ':' || c == '%':
			if !isAddress(b) {
				return noHost
			}
			return clearHost
		default:
			return noHost
		}
	}
	return kind
}

// maxTag is the length of the longest name of a program that is looked for.
const maxTag = 128

// inTag are the bytes that a program's name may have.
var inTag = func() (t [256]bool) {
	for c := range t {
		t[c] = c > ' ' && !contains(":[\"'=,;{}|%<>", byte(c))
	}
	return t
}()

// tag reads the name of a program and its process at line[i:]: name:, name[pid]:; body is the offset behind it, 0 where
// there is none.
func tag(line []byte, i int, sure certainty) (name, process []byte, body int) {
	limit := min(len(line), i+maxTag)
	j := i
	for j < limit && inTag[line[j]] {
		j++
	}
	if j == i || j == limit {
		return nil, nil, 0
	}
	switch line[j] {
	case ':':
		if tagEnds(line, i, j, sure) && !isLevel(line[i:j]) {
			return line[i:j], nil, j + 1
		}
	case '[':
		return tagProcess(line, i, j, sure)
	case ' ':
		if sure != full {
			return blankTag(line[:limit], i, j)
		}
	}
	return nil, nil, 0
}

// tagEnds reports whether the colon at line[j] ends a program's name.
func tagEnds(line []byte, i, j int, sure certainty) bool {
	if j+1 == len(line) || isBlank(line[j+1]) {
		return true
	}
	next := line[j+1]
	return sure == given && (isLetter(next) || next == '[' || next == '{' || next == '"') && isLetter(line[i])
}

// tagProcess reads the brackets at line[open], behind a program's name.
func tagProcess(line []byte, i, open int, sure certainty) (name, process []byte, body int) {
	rest := line[open+1 : min(len(line), open+1+maxTag)]
	n := bytes.IndexByte(rest, ']')
	if n <= 0 {
		return nil, nil, 0
	}
	process = rest[:n]
	end := open + 1 + n + 1
	switch {
	case end < len(line) && line[end] == ':':
		return line[i:open], process, end + 1
	case end == len(line) || !isBlank(line[end]):
		return nil, nil, 0
	case sure == given || numeric(process) && end+1 < len(line) && (line[end+1] == '(' || line[end+1] == '<'):
		return line[i:open], process, end
	}
	return nil, nil, 0
}

// blankTag reads a program's name with a blank, the first of them line[blank], before its process or colon:
// Setup Assistant[1173]:, -- root[2421]:, syslogd 1.4.1:.
func blankTag(line []byte, i, blank int) (name, process []byte, body int) {
	j := blank + 1
	if j < len(line) && isDigit(line[j]) {
		for j < len(line) && (isDigit(line[j]) || line[j] == '.') {
			j++
		}
		if j+1 < len(line) && line[j] == ':' && line[j+1] == ' ' {
			return line[i:blank], nil, j + 1
		}
		return nil, nil, 0
	}
	j = i
	if hasPrefix(line[i:], "-- ") {
		j = i + 3
	}
	for proper := j > i || !isLower(line[i]); j < len(line); j++ {
		c := line[j]
		switch {
		case c == '[' && j > blank+1:
			if name, process, body = tagProcess(line, i, j, bare); numeric(process) {
				return name, process, body
			}
			return nil, nil, 0
		case c == ' ':
			proper = j+1 < len(line) && !isLower(line[j+1])
		case !proper || c < ' ' || c == ':' || c == '=' || c == '"' || c == ',' || c == '[':
			return nil, nil, 0
		}
	}
	return nil, nil, 0
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// origin reads what launchd and iOS write between the process and the text, at
// line[i:]: " (com.apple.x[50989]):", " <Notice>:".
func (h *head) origin(line []byte, i int) (next int) {
	if i+2 >= len(line) || line[i] != ' ' {
		return i
	}
	closer := byte(')')
	switch line[i+1] {
	case '<':
		closer = '>'
	case '(':
	default:
		return i
	}
	n := bytes.IndexByte(line[i:min(len(line), i+maxTag)], closer)
	if n < 0 || i+n+1 >= len(line) || line[i+n+1] != ':' {
		return i
	}
	if inside := line[i+2 : i+n]; closer == ')' {
		h.add("log.logger", inside)
	} else if h.severity != 0 || !h.leveled(inside) {
		return i
	}
	return i + n + 2
}
