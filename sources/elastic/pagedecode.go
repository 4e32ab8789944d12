package elastic

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"github.com/lxlog/lx/sources"
)

// decoding holds a value for each goroutine that decodes documents: as many as could run when the program started.
var decoding = make(chan struct{}, runtime.GOMAXPROCS(0))

// leastShare is how many documents are worth a goroutine.
const leastShare = 128

// decode adds documents to the page, in their order. Of many a share is decoded on each core.
func (w *pageWalk) decode(docs []*found) error {
	before := len(w.page.Hits)
	w.page.Hits = slices.Grow(w.page.Hits, len(docs))[:before+len(docs)]
	into := w.page.Hits[before:]
	shares := max(1, min(cap(decoding), len(docs)/leastShare))
	errs := make([]error, shares)
	var running sync.WaitGroup
	for k := range shares {
		from, to := k*len(docs)/shares, (k+1)*len(docs)/shares
		running.Go(func() {
			decoding <- struct{}{}
			defer func() { <-decoding }()
			errs[k] = w.decodeShare(docs[from:to], into[from:to])
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

func (w *pageWalk) decodeShare(docs []*found, into []sources.Hit) (err error) {
	d := decoder{s: w.s, c: w.c, room: room{shared: !w.page.Wider}}
	for i, f := range docs {
		if into[i], err = d.hit(f); err != nil {
			return err
		}
	}
	return nil
}
