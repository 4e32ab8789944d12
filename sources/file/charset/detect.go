// Package charset turns text in other encodings into UTF-8 while it streams by,
// and tells text from bytes that are none.
package charset

import (
	"bytes"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// HeadLen is how many bytes Detect and Binary want to see, where there are so many.
const HeadLen = 4 << 10

var (
	utf16LE = Encoding{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16BE = Encoding{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	utf32LE = Encoding{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}
	utf32BE = Encoding{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}
)

// marks are the byte order marks; one that begins with another stands before it.
var marks = []struct {
	text     string
	encoding Encoding
}{
	{"\xff\xfe\x00\x00", utf32LE},
	{"\x00\x00\xfe\xff", utf32BE},
	{"\xff\xfe", utf16LE},
	{"\xfe\xff", utf16BE},
	{"\xef\xbb\xbf", AsIs},
}

// Detect tells the encoding of text that begins with head, and how long its byte
// order mark is. Without a mark it is UTF-16 where the NULs say so, else AsIs.
func Detect(head []byte) (e Encoding, mark int) {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.text)) {
			return m.encoding, len(m.text)
		}
	}
	return byNULs(head), 0
}

// Undecided reports whether more bytes after head could make Detect answer
// otherwise: it is not empty, and the beginning of a mark or of UTF-16.
func Undecided(head []byte) bool {
	for _, m := range marks {
		if len(head) > 0 && len(head) < len(m.text) && string(head) == m.text[:len(head)] {
			return true
		}
	}
	return len(head) > 0 && len(head) < 4 && bytes.IndexByte(head, 0) >= 0
}

// byNULs recognises UTF-16 of which an eighth or more of the units are ASCII: log
// lines in any language have at least that many digits, spaces and line ends.
// Such a unit is a NUL beside a printing character. On the other side NULs are
// rare, as that of U+4E00, and among the other units those that are two
// characters of ASCII are the fewer; else it is ASCII with NULs between its words.
func byNULs(head []byte) Encoding {
	var nul, text [2]int // by the parity of the NUL's offset: all, and those beside an ASCII character
	pairs, units := 0, len(head)/2
	for i := range units {
		unit := head[2*i : 2*i+2]
		for parity, c := range unit {
			if c == 0 {
				nul[parity]++
				if printing(unit[1-parity]) {
					text[parity]++
				}
			}
		}
		if printing(unit[0]) && printing(unit[1]) {
			pairs++
		}
	}
	is := func(parity int) bool {
		return units >= 2 && text[parity]*8 >= units && text[parity] == nul[parity] &&
			nul[1-parity]*8 <= nul[parity] && pairs*2 <= units-nul[parity]
	}
	switch {
	case is(1):
		return utf16LE
	case is(0):
		return utf16BE
	}
	return AsIs
}

// printing reports whether logs write c: ASCII without the control characters,
// other than the white space, the bell, the backspace and the escape.
func printing(c byte) bool {
	return c >= ' ' && c < 0x7f || c >= '\a' && c <= '\r' || c == 0x1b
}

// Binary reports whether head, of data that is AsIs, looks like anything but
// text: one byte in 32 or more is a control character. NULs at either end do not
// count, they are what a file cut short by its writer, or grown in advance, is
// filled with; of NULs alone it is true. Bytes that are not UTF-8 count as text:
// so it is with GB18030 and Latin-1.
func Binary(head []byte) bool {
	core := bytes.Trim(head, "\x00")
	if len(core) == 0 {
		return len(head) > 0
	}
	odd := 0
	for _, c := range core {
		if c < 0x7f && !printing(c) || c == 0x7f {
			odd++
		}
	}
	return odd*32 >= len(core)
}
