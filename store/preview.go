package store

import (
	"bytes"
	"slices"

	"github.com/lxlog/lx/logs"
)

// A preview is the newest end of a file, indexed by itself before all that stands
// before it: what a screen shows first. It goes when the index gets there.
type preview struct {
	from   int64 // offset of its first record
	blocks []*Block
}

// previewSize is how many bytes at the end of a file are looked at before the rest.
const previewSize = 1 << 20

// foresee makes the stream's preview of the last bytes of a file of that size.
// Whether its first lines go on in a record from before is not known: it begins
// with the first line that says so itself.
func (st *Stream) foresee(size int64) {
	from := size - previewSize
	if !st.store.o.Preview || from < st.end()+previewSize {
		return
	}
	buffer := st.store.buffers.Get().(*[]byte)
	defer st.store.buffers.Put(buffer)
	n, _ := st.info.Data.ReadAt((*buffer)[:previewSize], from)
	data := (*buffer)[:n]
	skip := bytes.IndexByte(data, '\n') + 1
	if n < previewSize || skip == 0 || skip == n {
		return // what is wrong with the file, reading it will tell
	}
	var rows logs.Rows
	ix := st.ix.Clone()
	state := ix.Fold(nil, from+int64(skip), data[skip:], ix.Scan(data[skip:], nil), &rows)
	state = ix.Close(state, &rows, false)
	ix.Date(slices.Clone(state), st.today(), rows.List)
	first := slices.IndexFunc(rows.List, func(r logs.Row) bool { return r.Marks&(logs.Unparsed|logs.Continued) == 0 })
	list := rows.List[max(first, 0):]
	if len(list) == 0 {
		return
	}
	p := placing{live: st.info.Live, base: st.placing.base, last: logs.NoTime, arrivals: []arrival{{0, st.store.o.Now().UnixNano()}}}
	var h held
	for i := range list {
		if h.growing.summary.Rows == 0 {
			h.growing = growing{id: st.store.ids.Add(1), columns: Columns{stream: st, services: rows.Services, formats: rows.Formats}, room: len(list) - i}
		}
		h.growing.add(&list[i], p.place(&list[i]), list[i].Time)
		if h.growing.summary.Rows >= blockRows {
			h.seal()
		}
	}
	h.seal()
	st.mu.Lock()
	st.preview = &preview{list[0].Offset, h.full}
	st.version++
	st.mu.Unlock()
	st.store.changed()
}

func (p *preview) list() []*Block {
	if p == nil {
		return nil
	}
	return p.blocks
}

// within reports whether the index has come into the preview: readers see nothing of that until it is through.
func (p *preview) within(end int64) bool { return p != nil && end > p.from }

// forget takes the preview away: the index has all of it.
func (st *Stream) forgetPreview() {
	st.mu.Lock()
	had := st.preview != nil
	st.preview = nil
	st.mu.Unlock()
	if had {
		st.grown(0)
	}
}
