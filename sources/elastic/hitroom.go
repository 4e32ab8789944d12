package elastic

import "github.com/lxlog/lx/logs"

// A room is memory that records are decoded into, one after the other: their
// bytes, the texts made of them, their attributes, and they themselves.
type room struct {
	shared bool // a few records have each piece in common; else each has its own, and goes by itself

	text    []byte
	attrs   []logs.Attr
	records []logs.Record
	made    int // bytes of text that had to be made for the record before
	fields  int // attributes of it
}

// What a piece that is shared has room for. A record that alone is kept of its page holds back all of its pieces.
const (
	roomBytes   = 8 << 10
	roomAttrs   = 64
	roomRecords = 16
)

// bytes returns an empty slice with room for n bytes, and for texts to be made behind them.
func (m *room) bytes(n int) []byte {
	if n += min(m.made, n); cap(m.text)-len(m.text) < n || !m.shared {
		size := n
		if m.shared {
			size = max(n, roomBytes)
		}
		m.text = make([]byte, 0, size)
	}
	return m.text[len(m.text):]
}

// record returns an empty record to decode into. text is what bytes gave, with what was put there.
func (m *room) record(text []byte) *logs.Record {
	m.text = m.text[:len(m.text)+len(text)]
	if cap(m.attrs)-len(m.attrs) < m.fields || !m.shared {
		size := m.fields
		if m.shared {
			size = max(size, roomAttrs)
		}
		m.attrs = make([]logs.Attr, 0, size)
	}
	if len(m.records) == 0 {
		size := 1
		if m.shared {
			size = roomRecords
		}
		m.records = make([]logs.Record, size)
	}
	r := &m.records[0]
	m.records = m.records[1:]
	r.Attrs = m.attrs[len(m.attrs):]
	r.Reset()
	r.SetScratch(m.text[len(m.text):])
	return r
}

// keep takes what a record that was decoded uses out of the room, and gives it nothing beyond that.
func (m *room) keep(r *logs.Record) {
	made := r.Scratch()
	r.SetScratch(nil)
	m.made = 0
	if len(made) > 0 {
		m.made = len(made) + 16 // whoever makes texts wants a few more
	}
	if cap(made) == cap(m.text)-len(m.text) { // else there was too little room, and it went elsewhere
		m.text = m.text[:len(m.text)+len(made)]
	}
	m.fields = len(r.Attrs)
	if cap(r.Attrs) == cap(m.attrs)-len(m.attrs) {
		m.attrs = m.attrs[:len(m.attrs)+len(r.Attrs)]
	}
	r.Attrs = r.Attrs[:len(r.Attrs):len(r.Attrs)]
}
