package logs

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// Bytes returns the bytes of s without copying. They must not be written to.
func Bytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// FindTrace finds the first trace id written in a text behind one of the words
// for it: trace_id=4bf9..., TraceID: 4bf9..., "traceId":"4bf9...",
// X-B3-TraceId: ..., traceparent=00-4bf9...-..-01. rest is the text behind the
// id; id is nil where there is none.
func FindTrace(text []byte) (id, rest []byte) {
	for from := 1; ; from++ {
		if from = nextRace(text, from); from < 0 {
			return nil, nil
		}
		if text[from-1]|0x20 != 't' {
			continue
		}
		end := traceWord(text, from+4)
		if end == 0 {
			continue
		}
		if start, stop := traceValue(text, end); stop > start {
			return text[start:stop], text[stop:]
		}
	}
}

// MayNameTrace reports whether a text, which may have escapes as JSON has them but for \u, has letters that all words for a trace id have.
func MayNameTrace(text []byte) bool { return nextRace(text, 1) >= 0 }

// shortestRace is the least that a trace id and its word take from their letters "race" on: race, id, a sign and eight bytes.
const shortestRace = 4 + 2 + 1 + 8

// nextRace returns where, from text[i] on, "race" stands, which all the words
// have in this case, with room for an id behind it; -1 where it does not.
func nextRace(text []byte, i int) int {
	for b := text[min(i, len(text)):]; len(b) >= shortestRace; b = b[8:] {
		// A byte of differ is zero where "rac" stands; the lowest one that is marked is true.
		differ := binary.LittleEndian.Uint64(b) ^ ones*'r' | binary.LittleEndian.Uint64(b[1:]) ^ ones*'a' | binary.LittleEndian.Uint64(b[2:]) ^ ones*'c'
		for marked := (differ - ones) &^ differ & tops; marked != 0; marked &= marked - 1 {
			if at := bits.TrailingZeros64(marked) >> 3; string(b[at:at+4]) == "race" && at <= len(b)-shortestRace {
				return len(text) - len(b) + at
			}
		}
	}
	return -1
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
			letters := uint64(tops >> 1)
			// Fast path: most ids are hex digits, of which only the letters have the seventh bit.
			for ; stop+8 <= len(text); stop += 8 {
				w := binary.LittleEndian.Uint64(text[stop:])
				if !allHex(w) {
					break
				}
				letters &= w
			}
			for stop < len(text) && inID[text[stop]] {
				stop++
			}
			if stop-i < 8 || letters == tops>>1 && !hasDigit(text[i:stop]) {
				return 0, 0
			}
			return i, stop
		}
		i++
	}
	return 0, 0
}

// inID are the bytes that a trace id may have.
var inID = func() (t [256]bool) {
	for c := range t {
		b := byte(c)
		t[c] = '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b == '-' || b == '_'
	}
	return t
}()

func hasDigit(b []byte) bool {
	for _, c := range b {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}
