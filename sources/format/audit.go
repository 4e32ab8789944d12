package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// auditLayout is the log of Linux's auditd: type=SYSCALL msg=audit(1364481363.243:24287): key=value ...
// Source: Red Hat Enterprise Linux, "Understanding Audit log files".
var auditLayout = &header{id: "audit", first: "tn", join: joinTrace,
	reason: "a type and audit(time:number), as Linux's auditd writes them", parse: parseAudit, more: auditFields}

func parseAudit(line []byte, s *scanner, h *head) bool {
	if !hasPrefix(line, "type=") && !hasPrefix(line, "node=") {
		return false
	}
	at := bytes.Index(line[:min(len(line), 160)], []byte(" msg=audit("))
	if at < 0 {
		return false
	}
	from := at + len(" msg=audit(")
	st, end := s.stampAt(line, from)
	if !st.ok || end >= len(line) || line[end] != ':' {
		return false
	}
	n := digits(line[end+1:])
	close := end + 1 + n
	if n == 0 || !hasPrefix(line[close:], "):") {
		return false
	}
	rest := line[:at]
	if hasPrefix(rest, "node=") {
		h.host = rest[5:token(rest, 5)]
		rest = rest[skipBlanks(rest, 5+len(h.host)):]
	}
	if !hasPrefix(rest, "type=") {
		return false
	}
	h.time = st
	h.add("auditd.log.record_type", rest[5:])
	h.addNumber("auditd.log.sequence", line[end+1:close])
	h.body = skipBlanks(line, close+2)
	return true
}

// auditFields adds the fields of the text, which stays the body.
func auditFields(line []byte, h *head, r *logs.Record) {
	for text := line[h.body:]; len(text) > 0; {
		text = bytes.TrimLeft(text, " \t\x1d")
		n := bytes.IndexByte(text[:token(text, 0)], '=')
		if n <= 0 {
			text = text[token(text, 0):]
			continue
		}
		key, value := text[:n], text[n+1:]
		end := bytes.IndexAny(value, " \x1d")
		if len(value) > 0 && (value[0] == '"' || value[0] == '\'') {
			if end = bytes.IndexByte(value[1:], value[0]); end >= 0 {
				text, value = value[end+2:], value[1:end+1]
				auditField(key, value, r)
				continue
			}
		}
		if end < 0 {
			end = len(value)
		}
		text = value[end:]
		auditField(key, value[:end], r)
	}
}

func auditField(key, value []byte, r *logs.Record) {
	name := logs.Borrow(key)
	switch name {
	case "pid":
		name = "process.pid"
	case "comm":
		name = "process.name"
	case "exe":
		name = "process.executable"
	}
	if len(r.Attrs) >= maxFields {
		return // the body has them
	}
	if isNumber(value) {
		r.Add(name, logs.NumberValue(logs.Borrow(value)))
	} else {
		r.AddText(name, logs.Borrow(value))
	}
}
