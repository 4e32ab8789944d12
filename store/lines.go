package store

import (
	"bytes"
	"sort"
)

// A mark is a place in a stream before which line ends have been counted.
type mark struct{ offset, lines int64 }

// markEvery is how many bytes lie between two marks: as many are counted for the
// number of a record that is looked at out of the order of the file.
const markEvery = 16 << 10

// mark counts the chunk's line ends, and notes places in it.
func (st *Stream) mark(chunk []byte) {
	if st.framed {
		return
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	for at := st.folded; len(chunk) > 0; {
		if n := len(st.marks); n == 0 || at-st.marks[n-1].offset >= markEvery {
			st.marks = append(st.marks, mark{at, st.line})
		}
		n := min(len(chunk), int(st.marks[len(st.marks)-1].offset+markEvery-at))
		st.line += int64(bytes.Count(chunk[:n], []byte{'\n'}))
		at, chunk = at+int64(n), chunk[n:]
	}
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
