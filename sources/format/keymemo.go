package format

import "encoding/binary"

// keyMemo is a key without escapes of at most 15 bytes and the byte behind it, with what it was found
// to mean. A program's records have much the same keys in the same order, and two
// words compare faster than the end of a string is found and its name looked up.
type keyMemo struct {
	first, firstMask uint64
	last, lastMask   uint64
	name             *name
	n                int // bytes of the key
	node             uint8
	known            bool
}

// is reports whether b, of 16 bytes at least, begins with the key, in an object of that node.
func (k *keyMemo) is(b []byte, node uint8) bool {
	return (binary.LittleEndian.Uint64(b)^k.first)&k.firstMask|(binary.LittleEndian.Uint64(b[8:])^k.last)&k.lastMask == 0 && k.node == node && k.known
}

func (k *keyMemo) set(key []byte, behind byte, node uint8, n *name) {
	var text, mask [16]byte
	text[copy(text[:], key)] = behind
	for i := range len(key) + 1 {
		mask[i] = 0xff
	}
	*k = keyMemo{binary.LittleEndian.Uint64(text[:]), binary.LittleEndian.Uint64(mask[:]),
		binary.LittleEndian.Uint64(text[8:]), binary.LittleEndian.Uint64(mask[8:]), n, len(key), node, true}
}
