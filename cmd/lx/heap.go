package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The garbage collector lets the heap grow by a share of what is in use. That is
// too little where it is small, as the work of a second is collected many times,
// and too much where it is large, as columns are: here it grows by roomToGrow, or by half where that is more.
const (
	roomToGrow  = 24 << 20 // bytes
	leastGrowth = 50       // percent of what is in use
	mostGrowth  = 400
)

// paceCollector has the collector keep to that from now on.
func paceCollector() {
	debug.SetGCPercent(mostGrowth)
	var paced func(*pacing)
	paced = func(p *pacing) {
		metrics.Read(p.live[:])
		if live := p.live[0].Value.Uint64(); live > 0 {
			debug.SetGCPercent(int(min(max(100*roomToGrow/live, leastGrowth), mostGrowth)))
		}
		runtime.SetFinalizer(p, paced)
	}
	p := &pacing{live: [1]metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	runtime.SetFinalizer(p, paced)
}

// pacing is garbage at every collection, which so calls its finalizer.
type pacing struct{ live [1]metrics.Sample }
