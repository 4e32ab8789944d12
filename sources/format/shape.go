package format

import (
	"bytes"
)

// A shape is what a line that begins no record looks like.
type shape uint8

const (
	shapeStart     shape = iota // it begins a record
	shapeText                   // nothing in particular
	shapeBlank                  // nothing, or blanks
	shapeIndented               // begins with a blank: source lines, frames, wrapped text
	shapeCause                  // Caused by: Suppressed: ... 23 more, --- End of inner exception stack trace ---
	shapeTraceback              // Python's Traceback (most recent call last):
	shapeError                  // a qualified name ending in Error or Exception, and what follows it
	shapePanic                  // Go's panic: and fatal error:
	shapeGoroutine              // goroutine 1 [running]:
	shapeFrame                  // main.main() and created by main.main: between Go's indented lines
	shapeExit                   // exit status 2, [signal SIGSEGV: ...]
	shapeDuring                 // Python's sentences between two tracebacks
	shapeCloser                 // } ] ) alone, with a comma or semicolon: the end of something printed over several lines
)

// shapeOf looks at a line that no layout took. The line is not empty.
func shapeOf(line []byte) shape {
	switch c := line[0]; {
	case isBlank(c):
		if len(bytes.TrimLeft(line, " \t")) == 0 {
			return shapeBlank
		}
		return shapeIndented
	case c == '}' || c == ']' || c == ')':
		if len(bytes.TrimRight(line, "}]),;")) == 0 {
			return shapeCloser
		}
	case c == '.' || c == '-':
		if hasPrefix(line, "... ") && bytes.HasSuffix(line, []byte(" more")) || hasPrefix(line, "--- End of ") {
			return shapeCause
		}
	case c == '[':
		if hasPrefix(line, "[signal ") {
			return shapeExit
		}
	case isLetter(c) || c == '_':
		return wordShape(line)
	}
	return shapeText
}

func wordShape(line []byte) shape {
	switch line[0] {
	case 'C':
		if hasPrefix(line, "Caused by: ") {
			return shapeCause
		}
	case 'S':
		if hasPrefix(line, "Suppressed: ") {
			return shapeCause
		}
	case 'T':
		if hasPrefix(line, "Traceback (most recent call last):") {
			return shapeTraceback
		}
		if hasPrefix(line, "The above exception was the direct cause of the following exception:") {
			return shapeDuring
		}
	case 'D':
		if hasPrefix(line, "During handling of the above exception, another exception occurred:") {
			return shapeDuring
		}
	case 'p':
		if hasPrefix(line, "panic: ") {
			return shapePanic
		}
		if hasPrefix(line, "panic(") && line[len(line)-1] == ')' {
			return shapeFrame
		}
	case 'f':
		if hasPrefix(line, "fatal error: ") {
			return shapePanic
		}
	case 'g':
		if hasPrefix(line, "goroutine ") && bytes.HasSuffix(line, []byte("]:")) {
			return shapeGoroutine
		}
	case 'c':
		if hasPrefix(line, "created by ") {
			return shapeFrame
		}
	case 'e':
		if hasPrefix(line, "exit status ") {
			return shapeExit
		}
	}
	if line[len(line)-1] == ')' && isCall(line) {
		return shapeFrame
	}
	if isErrorName(line) {
		return shapeError
	}
	return shapeText
}

// isCall reports whether line is a call as Go's traces have it: main.(*Server).run(0xc000, 0x1), with no blank before the arguments.
func isCall(line []byte) bool {
	open := bytes.LastIndexByte(line, '(')
	return open > 0 && bytes.IndexByte(line[:open], '.') > 0 && bytes.IndexByte(line[:open], ' ') < 0
}

// isErrorName reports whether line begins with the name of an exception, which a colon or the end of the line follows:
// "KeyError: 'x'", "java.io.IOException", "System.AggregateException: One or more".
func isErrorName(line []byte) bool {
	n := 0
	for n < len(line) && (isLetter(line[n]) || isDigit(line[n]) || line[n] == '.' || line[n] == '_' || line[n] == '$') {
		n++
	}
	if n < len(line) && line[n] != ':' && line[n] != '(' && line[n] != '[' {
		return false
	}
	name := line[:n]
	for _, end := range [...]string{"Error", "Exception", "Warning", "Interrupt", "Exit", "Failure", "Throwable"} {
		if bytes.HasSuffix(name, []byte(end)) {
			return true
		}
	}
	return false
}

func hasPrefix(b []byte, s string) bool {
	return len(b) >= len(s) && string(b[:len(s)]) == s
}
