package session

import (
	"slices"
	"sort"
	"time"

	"github.com/lxlog/lx/store"
)

// A pulse tells how fast a source brings records: what had come at moments at
// which more came, a second apart at least.
type pulse struct {
	began  int64 // when the source was live first, nanoseconds since 1970; 0: it was not
	beats  []beat
	open   []*store.Stream // that more may come through
	closed intake          // what came through others
}

// intake is what came in all.
type intake struct{ records, bytes int64 }

// A beat is what had come before a moment.
type beat struct {
	at int64
	intake
}

const (
	beatEach    = time.Second
	rateWindow  = 10 * time.Second
	growsWindow = time.Minute
	maxBeats    = int(growsWindow/beatEach) + 2
)

// begin forgets what was there before the source was live.
func (p *pulse) begin(now int64) {
	p.began = now
	p.beats = []beat{{now, p.total()}}
}

// total is what came through all streams so far.
func (p *pulse) total() intake {
	t := p.closed
	for _, st := range p.open {
		t.add(st.State())
	}
	return t
}

func (t *intake) add(st *store.StreamState) {
	t.records += st.Lost.Records
	for _, b := range st.Blocks {
		t.records += int64(b.Summary.Rows)
	}
	if st.Open != nil {
		t.records += int64(st.Open.Summary.Rows)
	}
	t.bytes += st.Bytes
}

// beat notes what has come, where that was not noted just before. More is about to come.
func (r *running) beat() {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &r.pulse
	if p.began == 0 {
		return
	}
	now := r.s.o.Now().UnixNano()
	if n := len(p.beats); n > 0 && now-p.beats[n-1].at < int64(beatEach) {
		return
	}
	if len(p.beats) == maxBeats {
		p.beats = append(p.beats[:0], p.beats[1:]...)
	}
	p.beats = append(p.beats, beat{now, p.total()})
}

// closed notes that no more comes through a stream.
func (r *running) closed(st *store.Stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &r.pulse
	if i := slices.Index(p.open, st); i >= 0 {
		p.open = slices.Delete(p.open, i, i+1)
		p.closed.add(st.State())
	}
}

// within returns what came in a window of time up to now, of all that came, and how
// long it was looked at in truth: since the source was live, a second at least.
func (p *pulse) within(window time.Duration, now int64, all intake) (intake, time.Duration) {
	from := now - int64(window)
	i := sort.Search(len(p.beats), func(i int) bool { return p.beats[i].at >= from })
	if p.began == 0 || i == len(p.beats) {
		return intake{}, window
	}
	return intake{all.records - p.beats[i].records, all.bytes - p.beats[i].bytes}, min(window, max(time.Duration(now-p.began), beatEach))
}
