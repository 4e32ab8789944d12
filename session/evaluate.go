package session

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// A view implements View. What its query holds for is remembered by the session,
// what Searchers answered by itself.
type view struct {
	s       *Session
	filter  sources.Filter
	query   *query.Query // nil: everything
	key     string       // what the session remembers the query by; "" where there is none
	bare    bool         // records are not decoded
	remotes []*remote
	unread  *unread

	evaluated atomic.Pointer[evaluation] // of query
	bySource  sync.Map                   // *query.Query by the source's name, of a query that asks for it

	mu     sync.Mutex
	counts map[uint64]int // how many records of full blocks are selected, by the block's ID

	totals  totals
	arrived arrived
}

// View returns the records that the filter selects. The error says what is wrong with the filter.
func (s *Session) View(f sources.Filter) (View, error) {
	if f.From != logs.NoTime && f.To != logs.NoTime && f.From > f.To {
		return nil, errors.New("the time range ends before it begins")
	}
	simple := f.Query
	if simple != nil {
		simple = query.Simplify(simple)
	}
	if _, all := simple.(*query.Everything); all {
		f.Query, simple = nil, nil
	}
	f.Now = s.o.Now()
	v := &view{s: s, filter: f, counts: map[uint64]int{}, unread: &unread{}, totals: newTotals(), arrived: newArrived()}
	if f.Query != nil {
		env := s.o.Env
		env.Now = f.Now
		v.query = query.Compile(simple, env)
		v.key = queryKey(simple.String(), strconv.FormatInt(f.Now.UnixNano(), 10))
		v.evaluation().retry()
	}
	for _, r := range s.sources {
		if r.searcher != nil {
			v.remotes = append(v.remotes, &remote{v: v, r: r, place: streamPlace(r.place, 0), turn: make(chan struct{}, 1), counting: make(chan struct{}, 1)})
		}
	}
	return v, nil
}

// Filter implements View.
func (v *view) Filter() sources.Filter { return v.filter }

// asks returns what the view's query asks of the records of a stream: nil where
// it holds for all of them, or, none, for none.
func (v *view) asks(st *store.Stream) (q *query.Query, none bool) {
	if v.query == nil || !v.query.AsksSource() {
		return v.query, false
	}
	known, ok := v.bySource.Load(st.Name())
	if !ok {
		known, _ = v.bySource.LoadOrStore(st.Name(), v.query.Of(st.Name()))
	}
	q = known.(*query.Query)
	if always, never := q.Holds(); always || never {
		return nil, never
	}
	return q, false
}

// evaluation is what is known of the view's query.
func (v *view) evaluation() *evaluation {
	e := v.evaluated.Load()
	if e == nil || e.gone.Load() {
		e = v.s.evaluations.of(v.key)
		v.evaluated.Store(e)
	}
	return e
}

// look returns what the store holds now, and forgets blocks that are no more.
func (v *view) look() *look {
	l := v.s.look()
	if v.key != "" {
		v.evaluated.Store(v.s.evaluations.of(v.key)) // it is in use
		v.evaluation().prune(l)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.counts) > 2*l.blocks+pruneFrom {
		there := l.ids()
		for id := range v.counts {
			if !there[id] {
				delete(v.counts, id)
			}
		}
	}
	return l
}

// notes says what is missing from what the view finds.
func (v *view) notes(l *look) (out []string) {
	for _, err := range append(l.Lost(), v.unread.errors()...) {
		out = append(out, err.Error())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// remarks are what searchers said of what they looked for last.
func (v *view) remarks() (out []string) {
	for _, m := range v.remotes {
		for _, n := range m.remarks() {
			out = append(out, m.r.source.Name()+": "+n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
