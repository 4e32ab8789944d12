package format

import "bytes"

// loggerEnd returns the end of the run of bytes, from i on, that a logger's name,
// or a file with a line's number, consists of. A colon belongs to it where another or a digit follows.
func loggerEnd(b []byte, i int) int {
	for i < len(b) {
		c := b[i]
		switch {
		case isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '$' || c == '/' || c == '-' || c == '@' || c == '#' || c == '\\':
			i++
		case c == ':' && i+2 < len(b) && b[i+1] == ':' && isLetter(b[i+2]):
			i += 2
		case c == ':' && i+1 < len(b) && isDigit(b[i+1]):
			i++
		default:
			return i
		}
	}
	return i
}

// nameEnd is loggerEnd for a name that a colon ends.
func nameEnd(b []byte, i int) int {
	for i < len(b) && (isLetter(b[i]) || isDigit(b[i]) || b[i] == '.' || b[i] == '_' || b[i] == '-' || b[i] == '/' || b[i] == '$') {
		i++
	}
	return i
}

// isLoggerName reports whether b can name a logger at all.
func isLoggerName(b []byte) bool {
	if len(b) == 0 || len(b) > 200 || !isLetter(b[0]) && b[0] != '_' || bytes.IndexByte(b, '@') >= 0 {
		return false
	}
	last := b[len(b)-1]
	return last != '.' && last != '/' && last != '-' && last != ':'
}

// isSureLogger reports whether a name can hardly be a word of a message: it has
// dots, ::, $ or # inside, is of several capitalised words, or of several joined
// by _ or -. The class of an exception is the message's.
func isSureLogger(b []byte) bool {
	if !isLoggerName(b) || len(b) < 3 || isException(b) {
		return false
	}
	humps, low := 0, 0
	for i, c := range b {
		switch {
		case i > 0 && (c == '.' || c == '_' || c == '-' || c == '$' || c == '#' || c == ':' || c == '/'):
			return true
		case isUpper(c):
			humps++
		default:
			low++
		}
	}
	return humps >= 2 && low >= 2
}

// isException reports whether b is the class of an exception.
func isException(b []byte) bool {
	// Fast path: the last letters of the names that isErrorName knows.
	if len(b) < 4 {
		return false
	}
	switch string(b[len(b)-3:]) {
	case "ror", "ion", "ing", "upt", "xit", "ure", "ble":
		return isErrorName(b)
	}
	return false
}

// isDotted reports whether b names a logger of a hierarchy: com.shop.Handler, my_crate::web.
func isDotted(b []byte) bool {
	return isLoggerName(b) && (bytes.IndexByte(b, '.') > 0 || bytes.Contains(b, []byte("::")))
}

// isThread reports whether a name in brackets is one that threads have.
func isThread(b []byte) bool {
	switch string(b) {
	case "main", "restartedMain", "Finalizer", "?":
		return true
	}
	n := len(b)
	for n > 0 && isDigit(b[n-1]) {
		n--
	}
	if n == 0 || n < len(b) && (b[n-1] == '-' || b[n-1] == '#' || b[n-1] == '/') {
		return true
	}
	for i := 1; i+4 < len(b); i++ {
		switch b[i] {
		case 'h':
			if string(b[i:i+5]) == "hread" {
				return true
			}
		case 'o':
			if string(b[i-1:i+5]) == "worker" {
				return true
			}
		case 'x':
			if string(b[i-1:i+4]) == "exec-" {
				return true
			}
		}
	}
	return false
}

// origin splits file.go:12 and lib/web.rs:12; ok is false where b is none.
func origin(b []byte) (file, line []byte, ok bool) {
	n := len(b)
	for n > 0 && isDigit(b[n-1]) {
		n--
	}
	if n == len(b) || n < 3 || b[n-1] != ':' || len(b)-n > 7 {
		return nil, nil, false
	}
	file, line = b[:n-1], b[n:]
	dot := bytes.LastIndexByte(file, '.')
	if dot <= 0 {
		return nil, nil, false
	}
	switch string(file[dot+1:]) {
	case "go", "py", "rb", "rs", "java", "kt", "scala", "clj", "groovy", "js", "jsx", "mjs", "ts", "tsx", "vue", "php", "pl", "pm", "lua", "sh",
		"c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm", "swift", "cs", "fs", "vb", "ex", "exs", "erl", "hs", "ml", "zig", "nim", "cr", "d", "dart", "r", "sql", "s":
		return file, line, true
	}
	return nil, nil, false
}

// at notes a place in the program's text.
func (h *head) at(file, line []byte) {
	h.add("log.origin.file.name", file)
	h.addNumber("log.origin.file.line", line)
}
