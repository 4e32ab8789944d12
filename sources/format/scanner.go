package format

import (
	"sync"
	"time"

	"github.com/lxlog/lx/when"
)

// A scanner is what layouts share while lines are read: the stamp parser with
// its memory of the last second, and buffers. It belongs to one goroutine.
type scanner struct {
	when    *when.Parser
	head    head
	stamped reading // of the line that readStamped last read
	scratch []byte  // for text that does not stand in the line as it is; written over by the next line
	layouts *set
	inside  bool   // the text being read stands in a wrapper
	line    fields // of the line that Scan reads
	inner   fields // of the text in a wrapper
	named   named
	keys    [64]keyMemo // of the last JSON object, in its order
	trails  trails      // of JSON objects
	pairs   trails      // of logfmt
	way     way
	classes [128]wordClass
	levels  [16]levelMemo // by their first byte
	deep    []byte        // brackets that are open
	wrapped []byte        // the text in a wrapper where it does not stand in the line as it is

	stampLine *byte // the line that stampAt last read, by its first byte
	stampFrom int
	stampTo   int
	stampSeen stamp
}

func newScanner(loc *time.Location, layouts *set) *scanner {
	return &scanner{when: when.NewParser(loc), layouts: layouts, trails: newTrails(), pairs: newTrails()}
}

// stampAt reads the stamp that begins at line[from]. Layouts that try the same
// line one after the other read it once. end is the offset after it; ok is false where there is none.
func (s *scanner) stampAt(line []byte, from int) (st stamp, end int) {
	if from >= len(line) {
		return stamp{}, from
	}
	if s.stampLine == &line[0] && s.stampFrom == from {
		return s.stampSeen, s.stampTo
	}
	t, n := s.when.Stamp(line[from:])
	s.stampLine, s.stampFrom, s.stampTo = &line[0], from, from+n
	s.stampSeen = stamp{t, n > 0}
	return s.stampSeen, s.stampTo
}

// forget makes stampAt read again: the bytes behind the lines' addresses change from chunk to chunk.
func (s *scanner) forget() { s.stampLine, s.stamped.line = nil, nil }

// Decoding is stateless for its callers; the scanners that it needs are pooled.
// Times that depend on the zone are laid over by the row's, so the zone of these does not matter.
var scanners = sync.Pool{New: func() any { return newScanner(time.UTC, everything) }}

func borrowScanner() *scanner {
	s := scanners.Get().(*scanner)
	s.forget()
	return s
}

func (s *scanner) giveBack() { scanners.Put(s) }
