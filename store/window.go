package store

// A window is a stretch of a stream's bytes that was read at once. Reading grows
// it while hits follow closely, and starts small after a jump.
type window struct {
	st     *Stream
	from   int64
	bytes  []byte
	buffer []byte // what bytes may lie in, those that the store keeps excepted
	ahead  int64  // how much is read at least
}

const (
	nearby   = 64 << 10 // hits that lie closer are read at once
	minAhead = 4 << 10
	maxAhead = 256 << 10
)

// read returns the bytes of st from from up to before to. They are valid until the next call.
func (w *window) read(st *Stream, from, to int64) ([]byte, error) {
	end := w.from + int64(len(w.bytes))
	if w.st == st && from >= w.from && to <= end {
		return w.bytes[from-w.from : to-w.from], nil
	}
	if st.info.Data == nil {
		if b, at, ok := st.store.keep.around(st, from, to-from); ok {
			w.st, w.from, w.bytes = st, at, b
			return b[from-at : to-at], nil
		}
	}
	backward := w.st == st && from < w.from
	if w.st == st && from <= end+nearby && to >= w.from-nearby {
		w.ahead = min(max(2*w.ahead, nearby), maxAhead)
	} else {
		w.ahead = minAhead
	}
	first, size := st.extent()
	lo, hi := from, min(max(to, from+w.ahead), size)
	if backward {
		lo, hi = max(min(from, to-w.ahead), min(first, from)), to
	}
	hi = max(hi, to)
	w.st, w.bytes = nil, nil
	b, err := st.read(lo, hi, w.buffer)
	if err != nil && (lo < from || hi > to) { // what was read ahead may be gone
		lo, hi = from, to
		b, err = st.read(lo, hi, w.buffer)
	}
	if err != nil {
		return nil, err
	}
	w.st, w.from, w.bytes, w.buffer = st, lo, b, b
	return b[from-lo : to-lo], nil
}
