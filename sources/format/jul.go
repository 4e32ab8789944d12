package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// julFamily stands before syslog, for which a time, a class and a method are a time, a host and a text.
var julFamily = []layout{julLayout}

// julLayout is java.util.logging's default form in two lines: a time with the
// class and method, then LEVEL: text. OpenAM's debug log has a thread in their place.
// Source: java.util.logging.SimpleFormatter.
var julLayout = &header{id: "jul", first: "JFMASONDa", join: joinLevel,
	reason: "a time and the place in the program alone in its first line, as java.util.logging writes them", parse: parseJUL}

func parseJUL(line []byte, s *scanner, h *head) bool {
	from := 0
	if line[0] == 'a' {
		if from = bytes.IndexByte(line[:min(len(line), 40)], ':') + 1; from < 3 || line[1] != 'm' {
			return false
		}
	} else if len(line) < 16 || line[9] == ':' && line[12] == ':' { // syslog's time, without a year
		return false
	}
	st, i := s.stampAt(line, from)
	if !st.ok || i >= len(line) {
		return false
	}
	h.time, h.body = st, len(line)
	if from > 0 {
		if !hasPrefix(line[i:], ": Thread[") || line[len(line)-1] != ']' {
			return false
		}
		h.add("log.logger", line[:from-1])
		h.add("process.thread.name", line[i+9:len(line)-1])
		return true
	}
	i = skipBlanks(line, i)
	end := token(line, i)
	method := skipBlanks(line, end)
	if !isDotted(line[i:end]) || loggerEnd(line, i) != end || bytes.IndexByte(line[method:], ' ') >= 0 {
		return false
	}
	h.add("log.logger", line[i:end])
	h.add("log.origin.function", line[method:])
	return true
}

// erlangLayout is the report of Erlang's error logger: =INFO REPORT==== time ===, and the text in the lines that follow.
// Source: Erlang/OTP, error_logger and sasl.
var erlangLayout = &header{id: "erlang", first: "=", join: joinAll,
	reason: "a report's name and a time between equals signs, as Erlang writes them", parse: parseErlang}

func parseErlang(line []byte, s *scanner, h *head) bool {
	end := letters(line, 1)
	const sign = " REPORT==== "
	if !isUpperWord(line[1:end]) || !hasPrefix(line[end:], sign) {
		return false
	}
	st, i := s.stampAt(line, end+len(sign))
	if !st.ok || !hasPrefix(line[i:], " ===") {
		return false
	}
	h.time, h.level = st, line[1:end]
	h.severity, _ = logs.ParseSeverity(logs.Borrow(h.level))
	h.body = skipBlanks(line, i+4)
	return true
}

// dotnetLayout is the console of Microsoft.Extensions.Logging: info: Category[0], and the text behind it or in the next line.
// Source: https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter.
var dotnetLayout = &header{id: "dotnet", first: "tdiwfc", join: joinTrace,
	reason: "a level in four letters and a category with an event's number, as .NET's console has them", parse: parseDotnet}

func parseDotnet(line []byte, _ *scanner, h *head) bool {
	if len(line) < 9 || line[4] != ':' || line[5] != ' ' {
		return false
	}
	switch string(line[:4]) {
	case "trce", "dbug", "info", "warn", "fail", "crit":
	default:
		return false
	}
	open := loggerEnd(line, 6)
	if open >= len(line) || line[open] != '[' || !isLoggerName(line[6:open]) {
		return false
	}
	n := digits(line[open+1:])
	end := open + 1 + n
	if n == 0 || end >= len(line) || line[end] != ']' || end+1 < len(line) && line[end+1] != ' ' {
		return false
	}
	h.leveledAs(line[:4])
	h.named(line[6:open])
	h.add("event.code", line[open+1:end])
	h.body = skipBlanks(line, end+1)
	return true
}
