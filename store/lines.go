package store

import (
	"bytes"
	"sort"
)

// A mark is a place in a stream before which line ends have been counted.
type mark struct{ offset, lines int64 }

const markEvery = 256 << 10

// mark notes the chunk's place, and counts its line ends.
func (st *Stream) mark(chunk []byte) {
	if st.framed {
		return
	}
	st.mu.Lock()
	if n := len(st.marks); n == 0 || st.folded-st.marks[n-1].offset >= markEvery {
		st.marks = append(st.marks, mark{st.folded, st.line})
	}
	st.mu.Unlock()
	st.line += int64(bytes.Count(chunk, []byte{'\n'}))
}

// markBefore returns the last mark that does not lie behind offset.
func (st *Stream) markBefore(offset int64) (mark, bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	i := sort.Search(len(st.marks), func(i int) bool { return st.marks[i].offset > offset }) - 1
	if i < 0 {
		return mark{}, false
	}
	return st.marks[i], true
}

// unmark gives up counting: the transport says where records end, and a line end says nothing.
func (st *Stream) unmark() {
	st.mu.Lock()
	st.marks = nil
	st.mu.Unlock()
}
