package session

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/store"
)

// evaluations remember for which records queries hold. They do not depend on the
// rest of a filter: a view of another level or range, or of the same query made
// later, finds here what was looked at before. They are bounded together: the
// query that was not asked for the longest time goes first.
type evaluations struct {
	mu      sync.Mutex
	queries map[string]*evaluation
	bytes   int64  // of all of them
	clock   uint64 // grows with each use
}

// maxEvaluated is how many bytes evaluations take: 2 KiB a block and query, half a MB a GB of records.
const maxEvaluated = 64 << 20

// of returns the evaluation of the query that key is the text of.
func (es *evaluations) of(key string) *evaluation {
	es.mu.Lock()
	defer es.mu.Unlock()
	e := es.queries[key]
	if e == nil {
		e = &evaluation{all: es, blocks: map[uint64]*judged{}}
		if es.queries == nil {
			es.queries = map[string]*evaluation{}
		}
		es.queries[key] = e
	}
	es.clock++
	e.used = es.clock
	return e
}

// grow counts bytes more for e. Others make room; false: there is none.
func (es *evaluations) grow(e *evaluation, bytes int64) bool {
	es.mu.Lock()
	defer es.mu.Unlock()
	for es.bytes+bytes > maxEvaluated && !e.gone.Load() {
		oldest := ""
		for key, o := range es.queries {
			if o != e && (oldest == "" || o.used < es.queries[oldest].used) {
				oldest = key
			}
		}
		if oldest == "" {
			return false
		}
		o := es.queries[oldest]
		o.gone.Store(true)
		es.bytes -= o.bytes
		delete(es.queries, oldest)
	}
	if !e.gone.Load() { // else it is let go of when whoever uses it has answered
		e.bytes += bytes
		es.bytes += bytes
	}
	return true
}

// An evaluation is what is known of one query.
type evaluation struct {
	all *evaluations

	used  uint64 // guarded by all.mu, as the next
	bytes int64
	gone  atomic.Bool // let go of: a new one takes its place

	mu     sync.Mutex
	blocks map[uint64]*judged // by the block's ID
}

// queryKey is the text of a query and of what else its meaning depends on.
func queryKey(text, now string) string {
	if strings.Contains(strings.ToLower(text), "now") {
		return text + "\x00" + now
	}
	return text
}

// judged is what is known of one block.
type judged struct {
	asking sync.Mutex // held by whoever looks at records: others wait for what is found
	known  atomic.Pointer[verdict]
}

// A verdict is what is known of a block's records. It does not change.
type verdict struct {
	all    int        // so many records from the first on were looked at
	others query.Bits // and these
	found  query.Bits // those that the query holds for; nil: none
	failed query.Bits // those that could not be read; nil: none
	err    error      // why the first of them could not
}

var nothing = &verdict{}

// covers reports whether all records in asked were looked at; nil: the first n.
func (v *verdict) covers(asked query.Bits, n int) bool {
	if v.all >= n {
		return true
	}
	if asked == nil {
		return false
	}
	for i := asked.Next(v.all); i >= 0; i = asked.Next(i + 1) {
		if !v.others.Has(i) {
			return false
		}
	}
	return true
}

const judgedBytes = 200 // of a block in an evaluation, beside bits

func (v *verdict) size() int64 { return 8 * int64(len(v.others)+len(v.found)+len(v.failed)) }

// of returns what is known of the block with that ID; nil where nothing is.
func (e *evaluation) of(id uint64) *verdict {
	e.mu.Lock()
	j := e.blocks[id]
	e.mu.Unlock()
	if j == nil {
		return nil
	}
	return j.known.Load()
}

func (e *evaluation) judged(id uint64) *judged {
	e.mu.Lock()
	defer e.mu.Unlock()
	j := e.blocks[id]
	if j == nil {
		j = &judged{}
		j.known.Store(nothing)
		e.blocks[id] = j
	}
	return j
}

// look returns a verdict on the records of block b in asked, nil: on all, of
// which c is the columns. It may be on more. q is what the query asks of their stream. The error is ctx's.
func (e *evaluation) look(ctx context.Context, q *query.Query, b *store.Block, c *store.Columns, rd *store.Reader, asked query.Bits) (*verdict, error) {
	j := e.judged(b.ID)
	if v := j.known.Load(); v.covers(asked, c.Len()) {
		return v, nil
	}
	j.asking.Lock()
	defer j.asking.Unlock()
	old := j.known.Load()
	if old.covers(asked, c.Len()) {
		return old, nil
	}
	v, err := judge(ctx, q, c, rd, asked, old)
	if err != nil {
		return nil, err
	}
	more := v.size() - old.size()
	if old == nothing {
		more += judgedBytes
	}
	if e.all.grow(e, more) {
		j.known.Store(v)
	}
	return v, nil
}

// judge returns a verdict that goes on from an old one, which is on the same
// block when it was shorter, or longer.
func judge(ctx context.Context, q *query.Query, c *store.Columns, rd *store.Reader, asked query.Bits, old *verdict) (*verdict, error) {
	n := c.Len()
	words := max((n+63)/64, len(old.others), len(old.found), len(old.failed))
	with := func(b query.Bits) query.Bits {
		out := make(query.Bits, words)
		out.Or(b)
		return out
	}
	want := with(asked)
	if asked == nil {
		want.Fill(old.all, n)
	}
	looked := with(old.others)
	looked.Fill(0, old.all)
	want.AndNot(looked)
	v := &verdict{all: old.all, found: with(old.found), failed: old.failed, err: old.err}
	first := true
	err := rd.Match(ctx, c, q, want, v.found, func(i int, err error) {
		if first {
			first, v.failed = false, with(old.failed)
			v.err = cmp.Or(old.err, err)
		}
		v.failed.Set(i)
	})
	if err != nil {
		return nil, err
	}
	if v.found.Next(0) < 0 {
		v.found = nil
	}
	if asked == nil {
		v.all = n
	} else {
		looked.Or(want)
		v.others = looked
	}
	return v, nil
}

// prune forgets blocks that are no more, once they are as many as those that are.
func (e *evaluation) prune(l *look) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.blocks) <= 2*l.blocks+pruneFrom {
		return
	}
	there, less := l.ids(), int64(0)
	for id, j := range e.blocks {
		if !there[id] {
			less += j.known.Load().size() + judgedBytes
			delete(e.blocks, id)
		}
	}
	e.all.grow(e, -less)
}

// pruneFrom is how many blocks that are no more are remembered without harm.
const pruneFrom = 256

// retry forgets verdicts on blocks of which something could not be read: a new view tries again.
func (e *evaluation) retry() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, j := range e.blocks {
		if v := j.known.Load(); v.failed != nil && j.known.CompareAndSwap(v, nothing) {
			e.all.grow(e, -v.size()-judgedBytes)
		}
	}
}
