package format

import (
	"encoding/binary"

	"github.com/lxlog/lx/logs"
)

// state is what the fold carries from chunk to chunk.
type state struct {
	pending []pending
	years   turns     // for stamps without a year
	days    turns     // for times of day alone
	before  []pending // closed by time: a line that would have joined one of them goes on where it left off
}

// turns count how often a clock without its leading part began anew: New Years, midnights.
type turns struct {
	seen  bool
	last  int64 // the last stamp, as when.Stamp.Nanos
	count int32
	dated bool  // base is known
	base  int32 // the year, or the day since 1970, of count 0
}

// readState reads what bytes wrote; of nothing, or of anything else, it makes the state before the first chunk.
func readState(b []byte) *state {
	d := &decoder{b: b}
	st := &state{}
	if len(b) == 0 || d.byte() != Version {
		return st
	}
	st.years, st.days = d.turns(), d.turns()
	st.pending, st.before = d.list(), d.list()
	if d.bad {
		return &state{}
	}
	return st
}

func (st *state) bytes() []byte {
	b := []byte{Version}
	b = st.years.append(b)
	b = st.days.append(b)
	return appendList(appendList(b, st.pending), st.before)
}

func appendList(b []byte, list []pending) []byte {
	b = binary.AppendVarint(b, int64(len(list)))
	for i := range list {
		b = list[i].append(b)
	}
	return b
}

func (t turns) append(b []byte) []byte {
	b = append(b, flag(t.seen), flag(t.dated))
	b = binary.AppendVarint(b, t.last)
	b = binary.AppendVarint(b, int64(t.count))
	return binary.AppendVarint(b, int64(t.base))
}

func (p *pending) append(b []byte) []byte {
	b = append(b, p.tag, byte(p.last), byte(p.mode), p.loose, flag(p.partial), flag(p.closed), flag(p.opening), byte(p.row.Severity), byte(p.row.Guessed), byte(p.row.Marks))
	for _, n := range [...]int64{p.row.Offset, p.row.Length, p.row.Time, int64(p.row.Lines), int64(p.row.Trace), int64(p.row.Format)} {
		b = binary.AppendVarint(b, n)
	}
	b = append(binary.AppendVarint(b, int64(len(p.service))), p.service...)
	return append(binary.AppendVarint(b, int64(len(p.parts))), p.parts...)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// decoder reads a state; bad is set where the bytes are none.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.bad = true
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) text() []byte {
	n := d.int()
	if n < 0 || n > int64(len(d.b)) {
		d.bad = true
		return nil
	}
	t := d.b[:n]
	d.b = d.b[n:]
	return t
}

func (d *decoder) turns() turns {
	return turns{seen: d.byte() != 0, dated: d.byte() != 0, last: d.int(), count: int32(d.int()), base: int32(d.int())}
}

func (d *decoder) list() (list []pending) {
	for n := d.int(); n > 0 && !d.bad; n-- {
		list = append(list, d.pending())
	}
	return list
}

func (d *decoder) pending() (p pending) {
	p.tag, p.last, p.mode, p.loose = d.byte(), shape(d.byte()), traceMode(d.byte()), d.byte()
	p.partial, p.closed, p.opening = d.byte() != 0, d.byte() != 0, d.byte() != 0
	p.row.Severity, p.row.Guessed, p.row.Marks = logs.Severity(d.byte()), logs.Guess(d.byte()), logs.Marks(d.byte())
	p.row.Offset, p.row.Length, p.row.Time = d.int(), d.int(), d.int()
	p.row.Lines, p.row.Trace, p.row.Format = uint32(d.int()), uint32(d.int()), logs.FormatID(d.int())
	p.service = string(d.text())
	p.parts = append([]byte(nil), d.text()...)
	return p
}
