package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// readLevel reads the value of a field that holds a level.
func readLevel(h how, text []byte) (logs.Severity, bool) {
	if s, ok := logs.ParseSeverity(logs.Borrow(text)); ok && h == howText {
		return s, true
	}
	if n, ok := small(text); ok {
		return numberLevel(h, n)
	}
	switch h {
	case howText:
		return wordLevel(text)
	case howSyslog:
		return logs.ParseSeverity(logs.Borrow(text))
	case howMongo:
		return letterLevel(text)
	}
	return 0, false
}

// numberLevel reads a number: of syslog up to 7, from 10 on of Bunyan and pino, whose levels are tens.
func numberLevel(h how, n int) (logs.Severity, bool) {
	switch h {
	case howSyslog:
		return logs.SyslogSeverity(n)
	case howPython:
		return stepLevel(n, 10, logs.Debug)
	case howLogback:
		if n == 5000 {
			return logs.Trace, true
		}
		return stepLevel(n, 10000, logs.Debug)
	case howText:
		if n < 8 {
			return logs.SyslogSeverity(n)
		}
		return stepLevel(n, 10, logs.Trace)
	}
	return 0, false
}

// stepLevel reads levels that are step apart; those in between are the finer severities.
func stepLevel(n, step int, first logs.Severity) (logs.Severity, bool) {
	s := int(first) + (n-step)*4/step
	if n < step || s > 24 {
		return 0, false
	}
	return logs.Severity(s), true
}

// wordLevel reads other ways to write a level's name: "[INFO]", "Error:", "I", "LogLevel.Warn", "SEVERITY_ERROR", in colour.
func wordLevel(text []byte) (logs.Severity, bool) {
	if bytes.IndexByte(text, 0x1b) >= 0 {
		text = withoutColour(text)
	}
	text = bytes.Trim(text, " \t[]<>():")
	if s, ok := logs.ParseSeverity(logs.Borrow(text)); ok {
		return s, true
	}
	if i := bytes.LastIndexAny(text, "._"); i >= 0 {
		return logs.ParseSeverity(logs.Borrow(text[i+1:]))
	}
	return letterLevel(text)
}

// letterLevel reads a letter, and MongoDB's with a digit behind it: D2.
func letterLevel(text []byte) (logs.Severity, bool) {
	if len(text) == 1 || len(text) == 2 && isDigit(text[1]) && text[0] == 'D' {
		return logs.LetterSeverity(text[0])
	}
	return 0, false
}

// withoutColour returns a short text without the escape sequences that set colours.
func withoutColour(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != 0x1b {
			out = append(out, text[i])
			continue
		}
		for i++; i < len(text) && !isLetter(text[i]); i++ {
		}
	}
	return out
}

// small reads a number of at most nine digits.
func small(text []byte) (n int, ok bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	for _, c := range text {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
