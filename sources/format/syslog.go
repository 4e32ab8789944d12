package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// syslogFamily are the formats of syslog, on the wire and in files.
var syslogFamily = []layout{
	&header{id: "rfc5424", first: "<123456789", reason: "it begins with a priority and a version: syslog as RFC 5424 has it",
		parse: parse5424, more: structuredData},
	&header{id: "rfc3164", first: "<*.0123456789JFMASONDTW", reason: "it begins with a priority, or a time, a host and a program's name as syslog writes them",
		parse: parse3164},
}

// facilities by their code. Source: RFC 5424 table 1, with syslog(3)'s names.
var facilities = [...]string{"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
	"ntp", "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"}

// severities by their code, with syslog(3)'s names.
var severities = [...]string{"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"}

const codes = "01234567891011121314151617181920212223"

// code is a facility's or severity's number in decimal.
func code(n int) string {
	if n < 10 {
		return codes[n : n+1]
	}
	return codes[2*n-10 : 2*n-8]
}

// ranked notes a message's facility and severity.
func (h *head) ranked(facility, severity int) {
	h.severity, _ = logs.SyslogSeverity(severity)
	if h.columns {
		return
	}
	h.level = logs.Bytes(severities[severity])
	h.addKind("log.syslog.facility.code", logs.Number, logs.Bytes(code(facility)))
	h.add("log.syslog.facility.name", logs.Bytes(facilities[facility]))
	h.addKind("log.syslog.severity.code", logs.Number, logs.Bytes(code(severity)))
}

// priority reads <0> to <191>, which an octet count may precede, at the start of
// line; next is the offset behind it, 0 where there is none.
// Source: RFC 5424 6.2.1; RFC 6587 3.4.1.
func priority(line []byte) (pri, next int) {
	i := 0
	if isDigit(line[0]) {
		if i = digits(line[:min(len(line), 8)]) + 1; i >= len(line) || line[i-1] != ' ' {
			return 0, 0
		}
	}
	if line[i] != '<' {
		return 0, 0
	}
	i++
	n := digits(line[i:min(len(line), i+4)])
	if n == 0 || n > 3 || n > 1 && line[i] == '0' || i+n >= len(line) || line[i+n] != '>' {
		return 0, 0
	}
	for _, c := range line[i : i+n] {
		pri = pri*10 + int(c-'0')
	}
	if pri > 191 {
		return 0, 0
	}
	return pri, i + n + 1
}

// program notes who wrote a message: its application, and the process where that is named.
func (h *head) program(name, process []byte) {
	h.service = name
	switch {
	case h.columns:
	case numeric(process):
		h.addNumber("process.pid", process)
	default:
		h.add("log.syslog.procid", process)
	}
}

// syslogBody puts the body at line[i:], past what stands before the text: blanks, a
// byte order mark, the kernel's clock, and the cookie that announces JSON.
func (h *head) syslogBody(line []byte, i int) {
	i = skipBlanks(line, i)
	if hasPrefix(line[i:], "\xEF\xBB\xBF") {
		i += 3
	}
	if string(h.service) == "kernel" {
		i = h.uptime(line, i)
	}
	if hasPrefix(line[i:], "@cee:") {
		if j := skipBlanks(line, i+5); isObject(line[j:]) {
			i = j
		}
	}
	h.body = i
}

// uptime notes the kernel's clock at line[i:], "[12345.678901] ", which counts seconds since it
// started, and steps over it and over the thread or processor that may stand behind it.
func (h *head) uptime(line []byte, i int) (next int) {
	if i >= len(line) || line[i] != '[' {
		return i
	}
	from := skipBlanks(line, i+1)
	if from < len(line) && line[from] == '+' { // dmesg -d and -H: since the line before
		from++
	}
	end := from + digits(line[from:min(len(line), from+12)])
	if end == from || end >= len(line) || line[end] != '.' {
		return i
	}
	fraction := digits(line[end+1 : min(len(line), end+11)])
	end += 1 + fraction
	if fraction == 0 || end >= len(line) || line[end] != ']' {
		return i
	}
	key := "host.uptime"
	if line[from-1] == '+' {
		key = "host.uptime_delta"
	}
	h.addNumber(key, line[from:end])
	end = h.caller(line, end+1)
	return skipBlanks(line, end)
}

// caller notes the thread or processor that the kernel may write behind its clock: "[  T123]", "[    C1]".
func (h *head) caller(line []byte, i int) (next int) {
	if i >= len(line) || line[i] != '[' {
		return i
	}
	from := skipBlanks(line, i+1)
	if from >= len(line) || line[from] != 'T' && line[from] != 'C' {
		return i
	}
	n := digits(line[from+1 : min(len(line), from+12)])
	end := from + 1 + n
	if n == 0 || end >= len(line) || line[end] != ']' {
		return i
	}
	if line[from] == 'T' {
		h.addNumber("process.thread.id", line[from+1:end])
	} else {
		h.add("log.origin.cpu", line[from+1:end])
	}
	return end + 1
}

// isAddress reports whether b is an IPv4 or IPv6 address by its look.
func isAddress(b []byte) bool {
	dots, colons := 0, 0
	for i, c := range b {
		switch {
		case isDigit(c):
		case c == '.':
			dots++
		case c == ':':
			colons++
		case 'a' <= c|0x20 && c|0x20 <= 'f' && dots == 0:
		case c == '%' && colons >= 2:
			return i+1 < len(b)
		default:
			return false
		}
	}
	return len(b) <= 45 && (dots == 3 && colons == 0 && isIPv4(b) || colons >= 2 && colons <= 7 && (dots == 0 || dots == 3))
}

func isIPv4(b []byte) bool {
	for range 3 {
		n := digits(b)
		if n == 0 || n > 3 || n >= len(b) || b[n] != '.' {
			return false
		}
		b = b[n+1:]
	}
	n := digits(b)
	return n > 0 && n <= 3 && n == len(b)
}

// isLevel reports whether a word is a severity's name: where a host or a program is looked for, such a line is of another format.
func isLevel(b []byte) bool {
	_, ok := logs.ParseSeverity(logs.Borrow(b))
	return ok
}

// cut returns b before and after the first sep, and whether there is one.
func cut(b []byte, sep byte) (before, after []byte, found bool) {
	if i := bytes.IndexByte(b, sep); i >= 0 {
		return b[:i], b[i+1:], true
	}
	return b, nil, false
}
