package file

import (
	"runtime"
	"sync"
	"time"
)

// common is what the sources of one command line share.
type common struct {
	turns chan struct{} // holds one token for each file that is being unpacked
	share *share        // of the open files

	// Of those that follow:
	wakes   *wakes
	known   *known
	recent  *recent
	looks   chan struct{} // holds one token for each path that is being looked at
	busy    chan struct{} // and one for each file that is being read
	buffers sync.Pool     // *[]byte
	quiet   time.Duration // after which a file that stands at its path no more is left
}

const oldQuiet = 5 * time.Second

func newCommon(o Options, s *share) *common {
	n := runtime.GOMAXPROCS(0)
	c := &common{turns: make(chan struct{}, n), share: s, wakes: newWakes(o.Poll), known: newKnown(), recent: newRecent(), looks: make(chan struct{}, 16), busy: make(chan struct{}, n+2), quiet: oldQuiet}
	c.buffers.New = func() any { b := make([]byte, markLen+readLen); return &b }
	return c
}
