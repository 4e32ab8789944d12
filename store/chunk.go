package store

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// feed cuts data into chunks of whole lines and indexes them. What follows the
// last line end waits in st.tail. A line's end is looked for in new bytes alone.
func (st *Stream) feed(data []byte) {
	longest := st.store.o.MaxLine
	for len(data) > 0 {
		if len(st.tail) == 0 {
			piece := data[:min(len(data), chunkSize, longest)]
			n := bytes.LastIndexByte(piece, '\n') + 1
			if n > 0 {
				st.index(piece[:n])
			} else {
				n = len(piece)
				st.tail = append(st.tail, piece...)
			}
			data = data[n:]
			continue
		}
		piece := data[:min(len(data), longest+1-len(st.tail))]
		st.tail = twice(st.tail, len(piece), longest+1)
		if n := bytes.IndexByte(piece, '\n') + 1; n > 0 {
			st.tail = append(st.tail, piece[:n]...)
			st.indexTail()
			data = data[n:]
			continue
		}
		if len(st.tail)+len(piece) > longest {
			piece = piece[:longest-len(st.tail)]
			st.tail = append(st.tail, piece...)
			st.indexTail()
			st.state = st.ix.Close(st.state, &st.rows, true)
			st.take()
			st.severed = st.folded
		} else {
			st.tail = append(st.tail, piece...)
		}
		data = data[len(piece):]
	}
}

// twice returns b with room for n more bytes: twice as much as before, but no
// more than most. append alone would copy a long line many times over.
func twice(b []byte, n, most int) []byte {
	if len(b)+n <= cap(b) || len(b)+n > most {
		return b
	}
	return append(make([]byte, 0, min(max(len(b)+n, 2*cap(b)), most)), b...)
}

// indexTail indexes the last line, and gives back the room of a long one.
func (st *Stream) indexTail() {
	st.index(st.tail)
	st.tail = st.tail[:0]
	if cap(st.tail) > chunkSize {
		st.tail = nil
	}
}

// index makes rows of a chunk.
func (st *Stream) index(chunk []byte) {
	st.facts = st.ix.Scan(chunk, st.facts)
	st.foldFacts(chunk, st.facts)
}

// foldFacts makes rows of a chunk that was scanned.
func (st *Stream) foldFacts(chunk []byte, facts logs.Facts) {
	st.state = st.ix.Fold(st.state, st.folded, chunk, facts, &st.rows)
	st.mark(chunk, facts.Lines())
	st.folded += int64(len(chunk))
	st.take()
}

// feedFrames indexes data whose records end where ends says.
func (st *Stream) feedFrames(data []byte, ends []int) {
	if !st.framed {
		st.framed = true
		st.unmark()
	}
	from := 0
	for _, end := range ends {
		end = min(max(end, from), len(data))
		st.frame(data[from:end])
		from = end
	}
	st.take()
	st.tail = append(st.tail, data[from:]...)
	if len(st.tail) > st.store.o.MaxLine {
		st.frame(nil)
		st.take()
	}
}

// frame makes one row of the bytes that are one record, those in tail before them.
func (st *Stream) frame(piece []byte) {
	if len(st.tail) > 0 {
		st.tail = append(st.tail, piece...)
		piece = st.tail
	}
	if len(piece) == 0 {
		return
	}
	n := len(st.rows.List)
	st.facts = st.ix.Scan(piece, st.facts)
	st.state = st.ix.Fold(st.state, st.folded, piece, st.facts, &st.rows)
	st.state = st.ix.Close(st.state, &st.rows, false)
	if made := st.rows.List[n:]; len(made) > 0 {
		first := &made[0]
		for i := range made[1:] {
			first.Lines += made[i+1].Lines
			if t := made[i+1].Trace; t != 0 && t != first.Trace {
				first.Trace = joinTraces(first.Trace, t)
			}
		}
		first.Length = st.folded + int64(len(piece)) - first.Offset
		st.rows.List = st.rows.List[:n+1]
	}
	st.folded += int64(len(piece))
	st.tail = st.tail[:0]
}

func joinTraces(a, b uint32) uint32 {
	if a == 0 {
		return b
	}
	return logs.ManyTraces
}
