package format

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// folder goes over the facts of one chunk.
type folder struct {
	*state
	ix     *Indexer
	offset int64
	chunk  []byte
	facts  *facts
	rows   *logs.Rows
	places []uint16 // in rows of the facts' services; 0: not looked up
}

// Fold implements logs.Indexer.
func (ix *Indexer) Fold(old []byte, offset int64, chunk []byte, in logs.Facts, rows *logs.Rows) []byte {
	f := &folder{state: readState(old), ix: ix, offset: offset, chunk: chunk, facts: in.(*facts), rows: rows}
	ix.chunkPlaces = append(ix.chunkPlaces[:0], make([]uint16, len(f.facts.services))...)
	f.places = ix.chunkPlaces
	rows.List = slices.Grow(rows.List, len(f.facts.lines))
	lines := f.facts.lines
	for i := 0; i < len(lines); i++ {
		i += f.records(lines[i:])
		if i < len(lines) {
			i += f.texts(lines[i:])
		}
		if i < len(lines) {
			f.line(&lines[i])
		}
	}
	return f.bytes()
}

// records appends the records that lines begin with, as far as each has one line
// and the next begins another, and returns the number of lines taken.
// Fast path: most records need not be held until what follows is known.
func (f *folder) records(lines []fact) (n int) {
	level := f.ix.layouts.level
	if len(lines) < 2 || !lines[0].begins(level) || !lines[1].begins(level) || !f.ready() {
		return 0
	}
	list := f.rows.List
	for n+1 < len(lines) && lines[n+1].begins(level) {
		t := &lines[n]
		row := logs.Row{Offset: f.offset + int64(t.offset), Length: int64(t.length), Time: t.time, Lines: 1, Trace: t.trace,
			Service: f.place(t.service), Format: f.ix.formatPlace(t.format, f.rows), Severity: t.severity, Guessed: t.guessed}
		if t.guessed&(logs.GuessedDate|logs.GuessedYear) != 0 {
			row.Time = f.date(t.time, t.guessed)
		}
		if row.Length > logs.MaxDecode {
			row.Marks = logs.Cut
		}
		list = append(list, row)
		n++
	}
	f.rows.List = list
	f.begin(&lines[n])
	return n + 1
}

// texts appends the plain records that lines begin with, as far as one such line
// follows another, which is no part of it, and returns the number of lines taken.
// Fast path: as records, for text without a format.
func (f *folder) texts(lines []fact) (n int) {
	if len(lines) < 2 || len(f.pending) != 1 || len(f.before) > 0 || !lines[0].isText() || !lines[1].isText() {
		return 0
	}
	if p := &f.pending[0]; p.row.Format != 0 || p.last != shapeText || p.mode != noTrace || p.tag != 0 || p.partial {
		return 0
	}
	f.emit(&f.pending[0])
	f.pending = f.pending[:0]
	marks := logs.Unparsed
	if f.ix.layouts.plainAsked {
		marks = 0
	}
	for ; n+1 < len(lines) && lines[n+1].isText(); n++ {
		t := &lines[n]
		row := logs.Row{Offset: f.offset + int64(t.offset), Length: int64(t.length), Time: logs.NoTime, Lines: 1, Trace: t.trace,
			Service: f.place(0), Format: f.ix.formatPlace(0, f.rows), Marks: marks}
		if row.Length > logs.MaxDecode {
			row.Marks |= logs.Cut
		}
		f.rows.List = append(f.rows.List, row)
	}
	f.begin(&lines[n])
	return n + 1
}

// isText reports whether no format takes the line, and nothing makes it a part of another.
func (t *fact) isText() bool {
	return t.shape == shapeText && t.tag == 0 && t.format == 0 && !t.partial
}

// begins reports whether the line begins a record and ends any before it. level
// is the number of the layout whose lines may belong to the record before them.
func (t *fact) begins(level uint8) bool {
	return t.shape == shapeStart && t.tag == 0 && !t.partial && t.format>>8 != logs.FormatID(level)
}

// ready appends the record that is held, and reports whether none is left that a line could belong to.
func (f *folder) ready() bool {
	if len(f.before) > 0 || len(f.pending) > 1 {
		return false
	}
	if len(f.pending) == 1 {
		if p := &f.pending[0]; p.tag != 0 || p.partial {
			return false
		}
		f.emit(&f.pending[0])
		f.pending = f.pending[:0]
	}
	return true
}

// line adds one line: to the open record of its tag, or as the start of another.
func (f *folder) line(t *fact) {
	// Fast path: a line that begins a record ends the only one that is open.
	if t.shape == shapeStart && t.tag == 0 && len(f.pending) == 1 {
		if p := &f.pending[0]; p.tag == 0 && !p.partial && !f.tellsLevel(p, t) {
			f.emit(p)
			f.start(p, t)
			return
		}
	}
	f.separate(t.tag)
	if p := f.open(t.tag); p != nil {
		if f.joins(p, t) {
			f.join(p, t)
			f.flush()
			return
		}
		p.closed = true
	}
	f.begin(t)
	f.flush()
}

// separate closes what cannot go on: lines inside a container's log and lines
// outside of it never belong together.
func (f *folder) separate(tag uint8) {
	for i := range f.pending {
		if (f.pending[i].tag == 0) != (tag == 0) {
			f.pending[i].closed = true
		}
	}
}

// open is the record of the tag that may still grow, nil where there is none.
func (f *folder) open(tag uint8) *pending {
	for i := len(f.pending) - 1; i >= 0; i-- {
		if p := &f.pending[i]; p.tag == tag {
			if p.closed {
				return nil
			}
			return p
		}
	}
	return nil
}

func (f *folder) joins(p *pending, t *fact) bool {
	if f.offset+int64(t.offset)+int64(t.length)-p.row.Offset > maxRecord {
		return false
	}
	return p.partial || t.shape != shapeStart && p.takes(t.shape, f.joining(p.row.Format)) || f.tellsLevel(p, t)
}

// tellsLevel reports whether a line that by itself would be a record is the second line of one that has its level there.
func (f *folder) tellsLevel(p *pending, t *fact) bool {
	l := f.ix.layouts
	n := uint8(t.format >> 8)
	if l.isWrapper(n) {
		n = uint8(t.format)
	}
	return n == l.level && n != 0 && p.row.Lines == 1 && p.row.Severity == 0 && t.service == 0 && f.joining(p.row.Format) == joinLevel
}

// joining is how the layout of a record, or the one inside its wrapper, joins
// lines. A container's stream is one program's, so that there lines without a
// level belong to the message of the one with a level before them.
func (f *folder) joining(id logs.FormatID) joining {
	l := f.ix.layouts
	if inner := uint8(id); inner != 0 && l.isWrapper(uint8(id>>8)) {
		if inner == l.level {
			return joinAll
		}
		return l.joins[inner]
	}
	return l.joins[id>>8]
}

func (f *folder) join(p *pending, t *fact) {
	p.row.Length = f.offset + int64(t.offset) + int64(t.length) - p.row.Offset
	p.row.Lines++
	if p.partial || t.partial {
		f.part(p, t)
		return
	}
	f.merge(p, t)
}

// merge lets a line that is whole change the columns of its record.
func (f *folder) merge(p *pending, t *fact) {
	p.row.Trace = mergeTraces(p.row.Trace, t.trace)
	p.mode, p.last = p.mode.next(t.shape, p.last), t.shape
	p.count(t.shape)
	if t.shape != shapeStart && f.joining(p.row.Format) != joinFields {
		return
	}
	if p.row.Severity == 0 {
		p.row.Severity = t.severity
	}
	if p.service == "" {
		p.service, p.from = f.facts.services[t.service], 0
	}
	if p.row.Time == logs.NoTime && t.time != logs.NoTime {
		p.row.Time, p.row.Guessed = f.date(t.time, t.guessed), t.guessed
	}
}

// part adds a piece of a line that a container runtime cut. The last one makes
// it known what the line is.
func (f *folder) part(p *pending, t *fact) {
	p.partial = t.partial
	if text, ok := f.unwrap(p.row.Format, t); ok && len(p.parts)+len(text) <= maxParts {
		p.parts = append(p.parts, text...)
	}
	if p.partial {
		return
	}
	s := f.ix.s
	in := &s.inner
	n := f.ix.layouts.scanInside(firstLine(p.parts), s, in)
	if p.opening {
		p.row.Format = formatID(uint8(p.row.Format>>8), n)
		p.row.Trace, p.row.Severity, p.service, p.from = in.hash(), 0, "", 0
		if n != 0 {
			p.row.Severity, p.service = in.severity, string(in.service)
		}
		p.last, p.mode = in.shape, noTrace.next(in.shape, shapeStart)
	} else {
		if n != 0 { // it is within a record all the same: only its text counts
			*in = fields{shape: shapeText}
			scanTraces(p.parts, in)
		}
		f.merge(p, &fact{time: logs.NoTime, trace: in.hash(), service: f.facts.service(in.service), severity: in.severity, shape: in.shape})
	}
	p.parts, p.opening = nil, false
}

// unwrap returns the text inside a line of the wrapper that a format is; it may live in the scanner's scratch.
func (f *folder) unwrap(id logs.FormatID, t *fact) ([]byte, bool) {
	f.ix.s.forget()
	in, ok := f.ix.layouts.wraps[id>>8].unwrap(firstLine(f.chunk[t.offset:t.offset+t.length]), f.ix.s)
	return in.text, ok
}

func (f *folder) begin(t *fact) {
	f.pending = append(f.pending, pending{})
	f.start(&f.pending[len(f.pending)-1], t)
}

// start makes p, the last of those pending, the record that begins with a line.
func (f *folder) start(p *pending, t *fact) {
	*p = pending{tag: t.tag, last: t.shape, mode: noTrace.next(t.shape, shapeStart), partial: t.partial}
	p.service, p.from = f.facts.services[t.service], t.service
	row := &p.row
	row.Offset, row.Length, row.Time, row.Lines = f.offset+int64(t.offset), int64(t.length), logs.NoTime, 1
	row.Trace, row.Format, row.Severity, row.Guessed = t.trace, t.format, t.severity, t.guessed
	if t.shape != shapeStart { // what it tells of a record of fields
		p.row.Severity, p.service, p.from = 0, "", 0
	}
	switch {
	case t.time == logs.NoTime:
	case t.shape != shapeStart && t.tag == 0:
		p.row.Guessed = 0
	default:
		p.row.Time = f.date(t.time, t.guessed)
	}
	if t.format == 0 && !f.ix.layouts.plainAsked {
		p.row.Marks |= logs.Unparsed
	}
	if len(f.before) > 0 && f.goesOn(t) {
		p.row.Marks |= logs.Continued
	}
	if n := len(f.pending) - 1; n > 0 && t.shape != shapeStart && f.pending[n-1].row.Length+int64(t.length) > maxRecord {
		p.row.Marks |= logs.Continued
	}
	if t.partial {
		if text, ok := f.unwrap(t.format, t); ok {
			p.parts, p.opening = append([]byte(nil), text...), true
		}
	}
}

// goesOn reports whether a line that begins a record would have joined the one of
// its tag that was closed by time, which it then replaces.
func (f *folder) goesOn(t *fact) (would bool) {
	kept := f.before[:0]
	for i := range f.before {
		p := &f.before[i]
		if p.tag != t.tag {
			kept = append(kept, *p)
			continue
		}
		would = would || p.partial || t.shape != shapeStart && p.takes(t.shape, f.joining(p.row.Format))
	}
	f.before = kept
	return would
}

// flush appends the records at the front that are whole, and makes room where
// one that is not has kept too many waiting.
func (f *folder) flush() {
	if len(f.pending) > maxPending {
		f.pending[0].closed = true
	}
	n := 0
	for n < len(f.pending) && f.pending[n].closed {
		f.emit(&f.pending[n])
		n++
	}
	if n > 0 {
		f.pending = append(f.pending[:0], f.pending[n:]...)
	}
}

// emit appends a record's row.
func (f *folder) emit(p *pending) {
	if p.from == 0 {
		f.ix.emit(p, f.ix.place(p.service, f.rows), f.rows, 0)
		return
	}
	f.ix.emit(p, f.place(p.from), f.rows, 0)
}

// place is the place in rows of one of the facts' services. Fast path: one that this chunk had before.
func (f *folder) place(service uint32) uint16 {
	place := f.places[service]
	if place == 0 {
		place = f.ix.place(f.facts.services[service], f.rows)
		f.places[service] = place
	}
	return place
}

// emit appends a record's row with the place of its service.
func (ix *Indexer) emit(p *pending, service uint16, rows *logs.Rows, marks logs.Marks) {
	row := p.row
	row.Service = service
	row.Format = ix.formatPlace(row.Format, rows)
	row.Marks |= marks
	if row.Length > logs.MaxDecode {
		row.Marks |= logs.Cut
	}
	rows.List = append(rows.List, row)
}

func mergeTraces(a, b uint32) uint32 {
	switch {
	case b == 0 || a == b:
		return a
	case a == 0:
		return b
	}
	return logs.ManyTraces
}

// Open implements logs.Indexer.
func (ix *Indexer) Open(old []byte, rows *logs.Rows) {
	st := readState(old)
	for i := range st.pending {
		ix.emit(&st.pending[i], ix.place(st.pending[i].service, rows), rows, logs.Open)
	}
}

// Close implements logs.Indexer.
func (ix *Indexer) Close(old []byte, rows *logs.Rows, continued bool) []byte {
	st := readState(old)
	for i := range st.pending {
		ix.emit(&st.pending[i], ix.place(st.pending[i].service, rows), rows, 0)
	}
	if st.before = nil; continued {
		for _, p := range st.pending {
			p.parts = nil // what was cut stays cut
			st.before = append(st.before, p)
		}
	}
	st.pending = nil
	return st.bytes()
}
