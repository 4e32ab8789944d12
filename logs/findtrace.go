package logs

import (
	"bytes"
	"unsafe"
)

// Bytes returns the bytes of s without copying. They must not be written to.
func Bytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// FindTrace finds the first trace id written in a text behind one of the words
// for it: trace_id=4bf9..., TraceID: 4bf9..., "traceId":"4bf9...",
// X-B3-TraceId: ..., traceparent=00-4bf9...-..-01. rest is the text behind the
// id; id is nil where there is none.
func FindTrace(text []byte) (id, rest []byte) {
	for from := 0; ; {
		// All the words have these letters, and in this case.
		i := bytes.Index(text[from:], []byte("race"))
		if i < 0 {
			return nil, nil
		}
		at := from + i
		from = at + 4
		if at == 0 || text[at-1]|0x20 != 't' {
			continue
		}
		end := traceWord(text, from)
		if end == 0 {
			continue
		}
		start, stop := traceValue(text, end)
		if stop > start {
			return text[start:stop], text[stop:]
		}
	}
}

// traceWord returns the end of the word for a trace id that goes on at i, behind "trace"; 0 where it is another word.
func traceWord(text []byte, i int) int {
	for _, tail := range [...]string{"_id", "Id", "ID", "id", "parent", ".id", "-id", "-Id", "-ID", " ID", " id"} {
		if len(text)-i > len(tail) && string(text[i:i+len(tail)]) == tail {
			return i + len(tail)
		}
	}
	return 0
}

// traceValue returns where the id behind a word stands: behind = or :, blanks and quotes around them.
func traceValue(text []byte, i int) (start, stop int) {
	separated := false
	for i < len(text) {
		switch text[i] {
		case '=', ':':
			separated = true
		case ' ', '"', '\'', '\\', '[':
		default:
			if !separated {
				return 0, 0
			}
			stop = i
			for stop < len(text) && isIDByte(text[stop]) {
				stop++
			}
			if stop-i < 8 || !hasDigit(text[i:stop]) {
				return 0, 0
			}
			return i, stop
		}
		i++
	}
	return 0, 0
}

func isIDByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '_'
}

func hasDigit(b []byte) bool {
	for _, c := range b {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}
