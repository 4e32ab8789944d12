package tty

import (
	"bytes"
	"slices"
	"time"
	"unicode/utf8"
)

const (
	// escapeWait is how long one waits for the rest of a sequence before Esc is a key.
	escapeWait = 50 * time.Millisecond
	// splitWait is how late the rest of a sequence may come and is still known as that.
	splitWait = 500 * time.Millisecond
	// partWait is the same once more of it was there than any two keys make.
	partWait = 10 * time.Second
	// pasteWait is how long nothing comes before Ctrl-c alone ends a paste whose end was lost.
	pasteWait = time.Second

	maxSequence = 128 // bytes; no key has a longer one
)

const (
	escapeKey  = "\x1b[27u" // the key Esc as a whole sequence: nothing has to wait for what may follow
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// A splitter puts sequences of a terminal together again that a slow link has cut,
// so that no part of one runs as keys. It gives on whole sequences and whole runes
// alone. Dropped are: the rest of a sequence whose Esc was taken for the key, Alt with
// a letter, function keys of the Linux console, answers to questions (OSC, DCS, APC),
// bytes that are no UTF-8, and in a paste all control characters but tab and line ends.
type splitter struct {
	held    []byte    // the start of a sequence or rune
	last    time.Time // of the last bytes
	escaped bool      // the last thing given was the key Esc
	late    bool      // held begins with an Esc that was given as the key
	reply   bool      // within a string that nobody asked for
	pasting bool
}

// feed takes bytes that came at a time and appends what they complete to out.
// out grows by at most len(held) + 5*len(in) + 6 bytes.
func (s *splitter) feed(out, in []byte, now time.Time) []byte {
	if len(in) == 0 {
		return out
	}
	quiet := now.Sub(s.last)
	s.last = now
	if s.pasting && quiet >= pasteWait && len(in) == 1 && in[0] == 3 {
		s.pasting, s.held = false, nil
		return append(out, pasteEnd...)
	}
	if !s.pasting && (quiet > splitWait && len(s.held) <= 2 || quiet > partWait) {
		s.held, s.late, s.reply, s.escaped = nil, false, false, false
	}
	if s.escaped && (in[0] == '[' || in[0] == 'O') {
		s.held, s.late = []byte{esc}, true
	}
	s.escaped = false
	b := slices.Concat(s.held, in)
	s.held = nil
	for len(b) > 0 {
		var n int
		switch {
		case s.pasting:
			out, n = s.paste(out, b)
		case s.reply:
			n = s.skip(b)
		case b[0] == esc:
			out, n = s.sequence(out, b)
		default:
			out, n = text(out, b)
		}
		if n == hold {
			s.held = bytes.Clone(b)
			break
		}
		b = b[n:]
	}
	return out
}

// waits reports whether what is held becomes a key if nothing follows soon.
func (s *splitter) waits() bool {
	return !s.pasting && !s.reply && !s.late && len(s.held) > 0 && len(s.held) <= 2 && s.held[len(s.held)-1] == esc
}

// settle says that nothing followed: Esc was a key, or two.
func (s *splitter) settle(out []byte) []byte {
	for range s.held {
		out = append(out, escapeKey...)
	}
	s.held, s.escaped = nil, true
	return out
}

const (
	esc  = 0x1b
	hold = -1 // bytes are kept until more of them comes
)

// text gives on one rune; hold where the rest of it is missing.
func text(out, b []byte) ([]byte, int) {
	if b[0] < utf8.RuneSelf {
		return append(out, b[0]), 1
	}
	if !utf8.FullRune(b) {
		return out, hold
	}
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError && n == 1 || r < 0xa0 {
		return out, n
	}
	return append(out, b[:n]...), n
}

// sequence gives on what begins with Esc, or drops it; hold where more of it is to come.
func (s *splitter) sequence(out, b []byte) ([]byte, int) {
	if len(b) == 1 {
		return out, hold
	}
	var n int
	var whole bool
	switch b[1] {
	case esc:
		switch {
		case len(b) == 2:
			return out, hold
		case b[2] == '[' || b[2] == 'O': // Alt with an arrow, as some write it
			if n, _ = control(b[1:]); n != hold {
				n++
			}
			return out, n
		}
		return append(out, escapeKey...), 1
	case '[', 'O':
		n, whole = control(b)
	case ']', 'P', '_':
		if len(b) == 2 {
			return out, hold
		}
		s.reply = answers(b[1], b[2])
		return out, 2
	default: // Alt with another key
		if _, n = text(nil, b[1:]); n != hold {
			n++
		}
		return out, n
	}
	if n == hold {
		return out, hold
	}
	late := s.late
	s.late = false
	switch {
	case !whole, b[1] == '[' && b[2] == '[':
	case string(b[:n]) == pasteStart:
		s.pasting = true
		return append(out, b[:n]...), n
	case string(b[:n]) == pasteEnd || late:
	default:
		return append(out, b[:n]...), n
	}
	return out, n
}

// control is how long the sequence after Esc [ or Esc O is, hold where its end is to come,
// and whether it is one: else the bytes are what was left of one.
func control(b []byte) (n int, whole bool) {
	i := 2
	if b[1] == 'O' {
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
	} else {
		if i < len(b) && b[i] == '[' { // F1 to F5 of the Linux console
			i++
		}
		for i < len(b) && b[i] >= 0x20 && b[i] <= 0x3f {
			i++
		}
	}
	switch {
	case i >= maxSequence:
		return i, false
	case i == len(b):
		return hold, false
	case b[i] < 0x40 || b[i] > 0x7e:
		return i, false
	case i == 2 && b[1] == '[' && b[i] == 'M': // a click in the old form: three bytes follow
		if len(b) < 6 {
			return hold, false
		}
		return 6, true
	}
	return i + 1, true
}

// answers reports whether a string that opens with these bytes is a terminal's answer.
func answers(kind, next byte) bool {
	switch kind {
	case ']':
		return next >= '0' && next <= '9'
	case 'P':
		return next >= '0' && next <= '9' || bytes.IndexByte([]byte("+>!|$"), next) >= 0
	}
	return next == 'G'
}

// skip drops a string to its end; hold where that may have begun.
func (s *splitter) skip(b []byte) int {
	i := bytes.IndexAny(b, "\x07\x18\x1a\x1b")
	switch {
	case i < 0:
		return len(b)
	case b[i] == esc && i > 0:
		return i
	case b[i] == esc && len(b) == 1:
		return hold
	}
	s.reply = false
	switch {
	case b[i] != esc:
		return i + 1
	case b[1] == '\\':
		return 2
	}
	return 0 // something else begins within it
}

// paste gives on a rune of a paste, or its end; hold where more of it is to come.
func (s *splitter) paste(out, b []byte) ([]byte, int) {
	switch c := b[0]; {
	case c == esc && bytes.HasPrefix(b, []byte(pasteEnd)):
		s.pasting = false
		return append(out, pasteEnd...), len(pasteEnd)
	case c == esc && bytes.HasPrefix([]byte(pasteEnd), b):
		return out, hold
	case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
		return out, 1
	}
	return text(out, b)
}
