package main

import (
	"context"
	"time"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/when"
)

// demoChunk is how many bytes of what was before are handed on at a time, about.
const demoChunk = 256 << 10

// A demoSource is the log of one program of the shop: at once what it wrote up to
// now, then each line at its time. It makes the shop for itself and passes over what the others write.
type demoSource struct {
	stream demo.Stream
	shop   demo.Options
	now    when.Clock
}

// Name implements sources.Source.
func (d *demoSource) Name() string { return d.stream.File() }

// Run implements sources.Source.
func (d *demoSource) Run(ctx context.Context, to sources.Sink) error {
	to.Report(sources.Health{Source: d.Name(), State: sources.CatchingUp})
	w := &demoWriter{ctx: ctx, name: d.Name(), now: d.now, to: to,
		out: to.Open(sources.StreamInfo{Resource: &logs.Resource{Source: d.Name()}, ModTime: logs.NoTime, Live: true})}
	defer w.out.Close()
	shop := demo.New(d.shop)
	for at, by, more := shop.Ahead(); more && ctx.Err() == nil; at, by, more = shop.Ahead() {
		if by != d.stream {
			shop.Skip()
			continue
		}
		if !w.wait(at) {
			return nil
		}
		l, _ := shop.Next()
		w.add(l.Text)
	}
	w.flush()
	return nil
}

// A demoWriter hands lines on.
type demoWriter struct {
	ctx    context.Context
	name   string
	now    when.Clock
	to     sources.Sink
	out    sources.Stream
	behind int64 // the time up to which lines are due
	live   bool  // all that was before has been handed on
	text   []byte
	read   int64
}

// wait hands on what is due before a line that is not, and returns when that one is; false: the context has ended.
func (w *demoWriter) wait(at int64) bool {
	if at <= w.behind {
		return true
	}
	w.behind = w.now().UnixNano()
	if at <= w.behind {
		return true
	}
	w.flush()
	w.live = true
	w.report()
	t := time.NewTimer(time.Duration(at - w.behind))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-w.ctx.Done():
		return false
	}
}

func (w *demoWriter) add(line []byte) {
	w.text = append(w.text, line...)
	if len(w.text) >= demoChunk {
		w.flush()
	}
}

// flush hands on what has been added. Lines are whole records, so nothing stays open behind them.
func (w *demoWriter) flush() {
	if len(w.text) == 0 || w.out.Append(w.ctx, sources.Chunk{Data: w.text, Arrived: w.now().UnixNano()}) != nil {
		return
	}
	w.read += int64(len(w.text))
	w.text = w.text[:0]
	if w.live {
		w.out.Settle()
	}
}

func (w *demoWriter) report() {
	w.to.Report(sources.Health{Source: w.name, State: sources.Live, Read: w.read})
}
