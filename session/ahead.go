package session

import (
	"context"
	"slices"
	"sync"

	"github.com/lxlog/lx/store"
)

// An ahead looks for the hits of blocks before a merge comes to them, on all
// cores and as many blocks ahead as there is room for. It begins with the first
// block of which it is not known what the query holds for.
type ahead struct {
	v *view
	m *merge

	ctx     context.Context
	cancel  context.CancelFunc
	workers sync.WaitGroup
	reader  store.Reader // of the merge's goroutine

	both  map[*store.Block]hits  // those that this merge and the one the other way share; nil: there is none
	tasks map[*store.Block]*task // those whose hits the merge has not taken; nil before it begins
	room  chan struct{}          // one value for each task that a worker has begun and the merge not taken

	mu    sync.Mutex
	queue []*task // that nobody has begun, in the order of the merge
}

// A task is to find the hits of one block.
type task struct {
	b     *store.Block
	bound Key
	begun bool // guarded by ahead.mu
	done  chan struct{}
	hits  hits
	err   error
}

// aheadEach is how many blocks ahead there are for each core.
const aheadEach = 2

func newAhead(ctx context.Context, v *view, m *merge) *ahead {
	a := &ahead{v: v, m: m}
	a.ctx, a.cancel = context.WithCancel(ctx)
	return a
}

// stop ends the workers and waits for them.
func (a *ahead) stop() {
	a.cancel()
	a.workers.Wait()
}

// hits returns those of a block that the merge has come to. shared: a merge the other way comes to it too.
func (a *ahead) hits(ctx context.Context, b *store.Block, shared bool) (hits, error) {
	if !shared || a.both == nil {
		return a.find(ctx, b)
	}
	h, known := a.both[b]
	if known {
		return h, nil
	}
	h, err := a.find(ctx, b)
	if err == nil {
		a.both[b] = h
	}
	return h, err
}

func (a *ahead) find(ctx context.Context, b *store.Block) (hits, error) {
	if a.tasks == nil && !a.v.isJudged(b) {
		a.begin()
	}
	t := a.tasks[b]
	if t == nil {
		return a.v.hits(ctx, b, &a.reader)
	}
	delete(a.tasks, b)
	if a.claim(t) {
		return a.v.hits(ctx, b, &a.reader)
	}
	<-t.done // it ends early with a.ctx, and that with ctx
	<-a.room
	return t.hits, t.err
}

// begin starts the workers on all blocks that the merge may come to.
func (a *ahead) begin() {
	a.tasks = map[*store.Block]*task{}
	for _, f := range a.m.feeds {
		switch f := f.(type) {
		case *blockFeed:
			if !f.open {
				a.plan(f)
			}
		case *strandFeed:
			for next := *f; next.inside(); {
				next.each(a.plan)
			}
		}
	}
	if len(a.queue) < 2 {
		a.queue, a.tasks = nil, map[*store.Block]*task{}
		return
	}
	slices.SortFunc(a.queue, func(s, t *task) int {
		if a.m.backward {
			s, t = t, s
		}
		return s.bound.Compare(t.bound)
	})
	n := min(store.Cores(), len(a.queue))
	a.room = make(chan struct{}, aheadEach*n)
	for range n {
		a.workers.Go(a.work)
	}
}

func (a *ahead) plan(f *blockFeed) {
	t := &task{b: f.b, bound: f.current, done: make(chan struct{})}
	a.tasks[f.b], a.queue = t, append(a.queue, t)
}

// claim reports whether the caller is the one to find the hits.
func (a *ahead) claim(t *task) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	first := !t.begun
	t.begun = true
	return first
}

// work finds the hits of one block after the other.
func (a *ahead) work() {
	var rd store.Reader
	for {
		select {
		case a.room <- struct{}{}:
		case <-a.ctx.Done():
			return
		}
		t := a.next()
		if t == nil {
			return
		}
		t.hits, t.err = a.v.hits(a.ctx, t.b, &rd)
		close(t.done)
	}
}

// next takes the first task that nobody has begun; nil where there is none.
func (a *ahead) next() *task {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.queue) > 0 {
		t := a.queue[0]
		a.queue[0] = nil // its hits are held by whoever uses them alone
		a.queue = a.queue[1:]
		if !t.begun {
			t.begun = true
			return t
		}
	}
	return nil
}
