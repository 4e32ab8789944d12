package main

import (
	"context"
	"fmt"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/summary"
)

// progressAfter is how long work goes on before its progress is shown.
const (
	progressAfter = time.Second
	progressEach  = 250 * time.Millisecond
)

// showProgress writes one line on standard error while sources are read, and
// takes it away in the end. Only for a terminal; stop waits until it is gone.
func (o *options) showProgress(ctx context.Context, health func() []sources.Health) (stop func()) {
	if !o.errTerminal() {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		wait := time.NewTimer(progressAfter)
		defer wait.Stop()
		shown := false
		for {
			select {
			case <-ctx.Done():
				if shown {
					fmt.Fprint(o.err, "\r\x1b[K")
				}
				return
			case <-wait.C:
				shown = true
				fmt.Fprintf(o.err, "\r%s\x1b[K", progressLine(health()))
				wait.Reset(progressEach)
			}
		}
	}()
	return func() { cancel(); <-done }
}

func progressLine(all []sources.Health) string {
	var read, size int64
	open := 0
	for _, h := range all {
		read, size = read+h.Read, size+h.Size
		if h.State != sources.Ended {
			open++
		}
	}
	text := fmt.Sprintf("reading %s MB", summary.Thousands(read/1e6))
	if size > 0 {
		text = fmt.Sprintf("reading %s of %s MB, %d %%", summary.Thousands(read/1e6), summary.Thousands(size/1e6), 100*min(read, size)/size)
	}
	if len(all) > 1 {
		text += fmt.Sprintf(", %d of %d sources open", open, len(all))
	}
	return text + "  Ctrl-c stops and prints what there is"
}
