package elastic

import (
	"slices"
	"sync"
	"time"

	"github.com/lxlog/lx/sources"
)

// A tally is what is told of a source's health. It is safe for many goroutines.
type tally struct {
	mu                     sync.Mutex
	records, late, retries int64
	newest                 int64     // greatest time of a document that was found, nanoseconds; 0: not known
	recent                 []arrival // of the last rateOver
	untold                 bool      // something has changed since it was told of
}

type arrival struct {
	at      time.Time
	records int64
}

const rateOver = 10 * time.Second

func (t *tally) add(records, late, newest int64, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.records += records
	t.late += late
	t.newest = max(t.newest, newest)
	t.recent = append(t.recent, arrival{now, records})
	t.untold = true
}

func (t *tally) retry() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.retries++
	t.untold = true
}

// changes reports whether there is anything to tell: the rate sinks while nothing comes.
func (t *tally) changes() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	told := !t.untold && len(t.recent) == 0
	t.untold = false
	return !told
}

// health is what of it a source tells.
func (t *tally) health(now time.Time) sources.Health {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.recent = slices.DeleteFunc(t.recent, func(a arrival) bool { return now.Sub(a.at) > rateOver })
	var n int64
	for _, a := range t.recent {
		n += a.records
	}
	return sources.Health{Records: t.records, Late: t.late, Retries: t.retries, Newest: t.newest, Rate: float64(n) / rateOver.Seconds()}
}
