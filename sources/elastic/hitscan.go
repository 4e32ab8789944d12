package elastic

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
)

// quick reads an answer that is like those that servers give: its names are written as usual,
// each once, and what it has is of the expected kind. It reports false, and
// has changed nothing, for any other, which encoding/json is to read. The hits borrow from b.
func (a *answer) quick(b []byte) bool {
	var out answer
	const (
		timedOut = 1 << iota
		parts
		hits
	)
	m := membersOf(b, blanksEnd(b, 0))
	for m.next() {
		switch string(m.name) {
		case "timed_out":
			end := jsonEnd(b, m.i)
			if !m.first(timedOut) || end < 0 || b[m.i] != 't' && b[m.i] != 'f' {
				return false
			}
			out.TimedOut, m.i = b[m.i] == 't', end
		case "_shards":
			end := jsonEnd(b, m.i)
			if !m.first(parts) || end < 0 || json.Unmarshal(b[m.i:end], &out.Shards) != nil {
				return false
			}
			m.i = end
		case "hits":
			if !m.first(hits) {
				return false
			}
			m.i = out.quickHits(b, m.i)
		default:
			m.i = jsonEnd(b, m.i)
		}
	}
	if m.i < 0 || blanksEnd(b, m.i) != len(b) {
		return false
	}
	*a = out
	return true
}

// quickHits reads the object that holds the hits, at b[i], and returns the offset behind it; -1 where that is for encoding/json.
func (a *answer) quickHits(b []byte, i int) int {
	m := membersOf(b, i)
	for m.next() {
		if string(m.name) != "hits" {
			m.i = jsonEnd(b, m.i)
			continue
		}
		if !m.first(1) {
			return -1
		}
		list := []answeredHit{}
		t := hitTrail{b: b}
		m.i = elements(b, m.i, func(i int) int {
			if len(list) == maxSize {
				return -1
			}
			if len(list) == cap(list) {
				list = append(make([]answeredHit, 0, roomFor(b, i, len(list))), list...)
				t.sorts = make([]json.RawMessage, 0, 2*(cap(list)-len(list)))
			}
			list = append(list, answeredHit{})
			return t.hit(&list[len(list)-1], i)
		})
		a.Hits.Hits = list
	}
	return m.i
}

// roomFor is how many hits there may be, of which b[i] begins the one of that number from 0.
func roomFor(b []byte, i, n int) int {
	if n == 0 {
		return 1
	}
	return min(max(n+n*(len(b)-i)/i+1, 2*n), n+maxSize)
}

// quickText reads the string at b[i]; end is -1 where there is none.
func quickText(b []byte, i int) (text string, end int) {
	if i >= len(b) || b[i] != '"' {
		return "", -1
	}
	end, escaped := textEnd(b, i+1)
	if end < 0 {
		return "", -1
	}
	if escaped || !isASCII(b[i+1:end]) {
		var whole []string // for a pointer to text would cost every caller
		if json.Unmarshal(slices.Concat([]byte{'['}, b[i:end+1], []byte{']'}), &whole) != nil {
			return "", -1
		}
		return whole[0], end + 1
	}
	return logs.Borrow(b[i+1 : end]), end + 1
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// elements calls f with where each element of the array at b[i] begins, which returns
// where it ends. It returns the offset behind the array; -1 where there is none, or f has returned -1.
func elements(b []byte, i int, f func(i int) (end int)) int {
	if i >= len(b) || b[i] != '[' {
		return -1
	}
	if i = blanksEnd(b, i+1); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = f(i); i < 0 {
			return -1
		}
		if i = blanksEnd(b, i); i >= len(b) || b[i] != ',' && b[i] != ']' {
			return -1
		}
		if b[i] == ']' {
			return i + 1
		}
		i = blanksEnd(b, i+1)
	}
}

// members are those of an object, one after the other.
type members struct {
	b    []byte
	i    int    // where the value of the member begins, and its reader says where it ends; at last, behind the object; -1 where that is for encoding/json
	name []byte // of the member
	seen uint8
	open bool // there was a member
}

// membersOf are those of the object at b[i].
func membersOf(b []byte, i int) members {
	if i >= len(b) || b[i] != '{' {
		return members{b: b, i: -1}
	}
	return members{b: b, i: i + 1}
}

// first reports whether the member that a bit stands for was not seen before.
func (m *members) first(bit uint8) bool {
	before := m.seen & bit
	m.seen |= bit
	return before == 0
}

// next goes on to the next member; false: there is none. A name that encoding/json might take for
// another, as it compares them without regard to capitals, is for that to read.
func (m *members) next() bool {
	b, i := m.b, m.i
	m.i = -1
	if i < 0 {
		return false
	}
	i = blanksEnd(b, i)
	if i >= len(b) {
		return false
	}
	if b[i] == '}' {
		m.i = i + 1
		return false
	}
	if m.open {
		if b[i] != ',' {
			return false
		}
		i = blanksEnd(b, i+1)
	}
	quote, value := keyEnd(b, i)
	if quote < 0 {
		return false
	}
	m.name = b[i+1 : quote]
	for _, c := range m.name {
		if c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	m.i, m.open = value, true
	return true
}
