package main

import (
	"context"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// A pacedPrinter prints records as they come: what is printed waits for more, but
// no longer than printDelay, so that many records go out together and one alone at once.
type pacedPrinter struct {
	ctx    context.Context // ends when nothing can be printed any more
	cancel context.CancelFunc
	write  func(session.Key, *logs.Record) error
	timer  *time.Timer

	mu  sync.Mutex
	w   *printer
	due bool // the timer runs
	err error
}

const printDelay = 10 * time.Millisecond

func newPacedPrinter(ctx context.Context, o *options, x *exploration) (*pacedPrinter, error) {
	p := &pacedPrinter{w: o.printer()}
	var err error
	if p.write, err = o.writer(p.w, x); err != nil {
		return nil, err
	}
	p.ctx, p.cancel = context.WithCancel(ctx)
	p.timer = time.AfterFunc(printDelay, p.flush)
	return p, nil
}

// record prints one record. It blocks while nobody takes what is printed; false where that fails.
func (p *pacedPrinter) record(k session.Key, r *logs.Record) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = p.write(k, r)
	}
	if p.err == nil && !p.due {
		p.due = true
		p.timer.Reset(printDelay)
	}
	return p.err == nil
}

func (p *pacedPrinter) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.due = false
	if p.err == nil {
		p.err = p.w.Flush()
	}
	if p.err != nil {
		p.cancel()
	}
}

// end prints what is left. It returns what printing failed with.
func (p *pacedPrinter) end() error {
	p.timer.Stop()
	p.flush()
	p.cancel()
	return p.err
}
