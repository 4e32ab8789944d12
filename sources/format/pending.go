package format

import (
	"github.com/lxlog/lx/logs"
)

// Bounds of what the fold holds back.
const (
	maxRecord  = 16 << 20 // bytes of a record; a line beyond begins one that is marked Continued
	maxPending = 64       // records that wait behind one whose parts have not all come
	maxParts   = logs.MaxDecode

	// maxLoose is how many lines with nothing to them, and blanks between, a record
	// takes in a row where its layout takes all: what goes on beyond is another
	// program's output, whose lines are records of their own. Indented lines and
	// those of traces begin the count again.
	maxLoose = 100
)

// pending is a record that may still grow, or waits behind one that does.
type pending struct {
	row     logs.Row // Service is not set
	service string
	from    uint32 // place of service in the facts that the Fold at work reads; 0: not known
	tag     uint8
	last    shape // of its newest line
	mode    traceMode
	loose   uint8  // its newest lines that have nothing to them, up to maxLoose
	partial bool   // its newest line goes on in the next of the same tag
	closed  bool   // whole; it waits for the records before it
	parts   []byte // joined so far, of a line that began with a partial one
	opening bool   // that line is the record's first
}

// traceMode is what stack trace the lines of a record are in.
type traceMode uint8

const (
	noTrace     traceMode = iota
	pythonTrace           // within a traceback: the next line that is not indented names the exception and ends it
	pythonEnd             // after that line
	pythonNext            // after a sentence that announces another traceback
	goTrace
)

// next is the mode after a line of that shape.
func (m traceMode) next(s shape, last shape) traceMode {
	switch {
	case s == shapeTraceback:
		return pythonTrace
	case s == shapePanic || s == shapeGoroutine:
		return goTrace
	case s == shapeDuring && m == pythonEnd:
		return pythonNext
	case m == pythonTrace && last == shapeIndented && s != shapeIndented && s != shapeBlank:
		return pythonEnd
	}
	return m
}

// count keeps loose after a line of that shape.
func (p *pending) count(s shape) {
	switch {
	case s == shapeBlank:
	case s != shapeText:
		p.loose = 0
	case p.loose < maxLoose:
		p.loose++
	}
}

// takes reports whether a line that begins no record belongs to p, whose layout joins lines as j says.
func (p *pending) takes(s shape, j joining) bool {
	switch {
	case j == joinBegun && p.mode == noTrace && (s == shapeTraceback || s == shapeError):
		return true
	case j == joinAll || j == joinLevel:
		if s != shapeText || p.loose < maxLoose {
			return true
		}
	case j == joinFields && p.last != shapeCloser:
		return true
	}
	switch s {
	case shapeIndented, shapeCause, shapeBlank:
		return true
	case shapeCloser:
		return p.last == shapeIndented || p.last == shapeCloser
	case shapeTraceback:
		return p.mode == pythonNext
	case shapeDuring:
		return p.mode == pythonEnd
	case shapeGoroutine, shapeFrame, shapeExit:
		return p.mode == goTrace
	case shapeError, shapeText:
		return p.mode == pythonTrace && p.last == shapeIndented
	}
	return false
}
