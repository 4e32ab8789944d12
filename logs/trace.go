package logs

import "math/bits"

// ManyTraces in a row's trace column says that the record names more than one trace.
const ManyTraces uint32 = 1

// NormalTrace returns the low 64 bits that identify a trace however its id was
// written: dashes out, hex in either case, Datadog's decimal as the number it
// is; of any other text, a hash. 0 is no id: the empty text, or one of zeros.
// W3C's traceparent counts as the trace id within it.
// Sources: W3C Trace Context 3.2.2; Datadog's trace id conversion.
func NormalTrace(id string) uint64 {
	if len(id) == 55 && id[2] == '-' && id[35] == '-' && id[52] == '-' { // traceparent
		id = id[3:35]
	}
	// Fast path: hex digits alone.
	if n := len(id); n == 32 || n == 16 {
		if low, ok := hexTrace(id); ok {
			return low
		}
	}
	var low uint64
	digits, decimal := 0, true
	for i := range len(id) {
		c := id[i]
		var d byte
		switch {
		case '0' <= c && c <= '9':
			d = c - '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			d = c | 0x20 - 'a' + 10
			decimal = false
		case c == '-' && len(id) == 36:
			continue
		default:
			return textTrace(id)
		}
		low = low<<4 | uint64(d)
		digits++
	}
	switch {
	case digits == 16 || digits == 32:
		return low
	case decimal && digits > 0 && digits <= 20:
		return decimalTrace(id)
	case digits == 0:
		return 0
	}
	return textTrace(id)
}

func decimalTrace(id string) uint64 {
	var n uint64
	for i := range len(id) {
		hi, lo := bits.Mul64(n, 10)
		sum, carry := bits.Add64(lo, uint64(id[i]-'0'), 0)
		if hi != 0 || carry != 0 {
			return textTrace(id)
		}
		n = sum
	}
	return n
}

// textTrace is FNV-1a, 64 bits.
func textTrace(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h
}

// TraceHash is what a row keeps of a trace id: 0 for none, ManyTraces never.
func TraceHash(id string) uint32 { return HashTrace(NormalTrace(id)) }

// HashTrace is TraceHash of an id that was normalised before.
func HashTrace(normal uint64) uint32 {
	if normal == 0 {
		return 0
	}
	h := uint32(normal * 0x9E3779B97F4A7C15 >> 32)
	return max(h, ManyTraces+1)
}
