// Package unpack recognises compressed data by its first bytes and reads it as
// a stream: bounded in memory, whatever the data declares, and with everything
// that stands before a fault delivered before the fault is reported.
package unpack

// Kind is how data is compressed.
type Kind uint8

const (
	None Kind = iota
	Gzip
	Zstd
	Bzip2
	XZ
	LZ4 // frames, and the legacy frames of the Linux kernel
)

func (k Kind) String() string {
	return [...]string{"plain", "gzip", "zstd", "bzip2", "xz", "lz4"}[k]
}

// MagicLen is the number of bytes that decide about the kind of any data.
const MagicLen = 10

// A magic is what data of a kind begins with; a byte matches where it equals
// that of text in the bits of mask.
type magic struct {
	kind Kind
	text string
	mask string
}

// Sources: RFC 1952 2.3.1; RFC 8878 3.1.1 and 3.1.2 (a skippable frame may stand
// first); the .xz file format 2.1.1.1; the LZ4 frame format. bzip2 has no
// published format: "BZh", the block size, then the mark of a block (pi) or of an
// end (its root), without which the word BZh9 would not begin a log.
var magics = []magic{
	{Gzip, "\x1f\x8b\x08", "\xff\xff\xff"},
	{Zstd, "\x28\xb5\x2f\xfd", "\xff\xff\xff\xff"},
	{Zstd, "\x50\x2a\x4d\x18", "\xf0\xff\xff\xff"},
	{Bzip2, "BZh\x30\x31\x41\x59\x26\x53\x59", "\xff\xff\xff\xf0\xff\xff\xff\xff\xff\xff"},
	{Bzip2, "BZh\x30\x17\x72\x45\x38\x50\x90", "\xff\xff\xff\xf0\xff\xff\xff\xff\xff\xff"},
	{XZ, "\xfd7zXZ\x00", "\xff\xff\xff\xff\xff\xff"},
	{LZ4, "\x04\x22\x4d\x18", "\xff\xff\xff\xff"},
	{LZ4, "\x02\x21\x4c\x18", "\xff\xff\xff\xff"},
}

// Detect tells the kind of data that begins with head.
func Detect(head []byte) Kind {
	for _, m := range magics {
		if len(head) >= len(m.text) && m.matches(head[:len(m.text)]) {
			return m.kind
		}
	}
	return None
}

// Undecided reports whether more bytes after head could make Detect say another
// kind: head is the beginning of a magic and not all of it.
func Undecided(head []byte) bool {
	for _, m := range magics {
		if len(head) < len(m.text) && m.matches(head) {
			return true
		}
	}
	return false
}

// matches reports whether b, which is not longer than the magic, is how it begins.
func (m magic) matches(b []byte) bool {
	for i, c := range b {
		if c&m.mask[i] != m.text[i] {
			return false
		}
	}
	return true
}
