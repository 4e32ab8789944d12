package format

import "github.com/lxlog/lx/logs"

// A layout is a format as the indexer tries it on a line.
type layout interface {
	logs.Format

	// starts returns the bytes that a line of the layout can begin with; "" is any byte.
	starts() string

	// scan reads the core columns of the record that begins with line, which has
	// no line end. false: the line does not begin a record of this layout, and
	// f is as it was. It depends on the line alone, and allocates nothing.
	scan(line []byte, s *scanner, f *fields) bool

	// joins says which lines without a start of their own belong to a record of this layout.
	joins() joining

	// why says in a few words what the layout looks for.
	why() string
}

// joining says which lines without a start of their own belong to the record before them.
type joining uint8

const (
	joinTrace  joining = iota // indented lines and stack traces
	joinAll                   // every line: messages of this layout may have several
	joinBegun                 // as joinTrace; and a trace that begins right behind the record's own lines
	joinLevel                 // as joinAll; and where the first line has no level, a second line of levelLayout tells it
	joinFields                // every line up to the next record, and lines that name a core field tell it
)

// fields are the core columns of a record as one line tells them. Its texts borrow from the line or the scanner.
type fields struct {
	time     stamp
	severity logs.Severity
	service  []byte
	trace    uint64 // logs.NormalTrace; 0 none
	traces   bool   // it names more than one trace
	tag      uint8  // which of a wrapper's interleaved streams the line is of; 0: not wrapped
	partial  bool   // the next line of the same tag goes on where this one ends
	shape    shape  // of a wrapped line that begins no record; shapeStart where it does
	inner    uint8  // number of the layout within a wrapper, or behind a prefix; 0 none
}

// addTrace notes a trace id that the record names.
func (f *fields) addTrace(normal uint64) {
	switch {
	case normal == 0 || normal == f.trace:
	case f.trace == 0:
		f.trace = normal
	default:
		f.traces = true
	}
}

// hash is the trace column's value.
func (f *fields) hash() uint32 {
	if f.traces {
		return logs.ManyTraces
	}
	return logs.HashTrace(f.trace)
}
