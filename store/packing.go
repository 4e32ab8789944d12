package store

// A packing is the pages of some blocks, one after the other.
type packing struct {
	blocks []*Block
	pages  []byte
	sizes  []int64 // of each page
	err    error
	done   chan struct{} // gets a value when they are there
}

const packedAtOnce = 4 // blocks

func (p *packing) pack() {
	p.pages, p.sizes, p.err = p.pages[:0], p.sizes[:0], nil
	for _, b := range p.blocks {
		before := len(p.pages)
		if p.pages, p.err = b.appendPage(p.pages); p.err != nil {
			break
		}
		p.sizes = append(p.sizes, int64(len(p.pages)-before))
	}
	p.done <- struct{}{}
}

// eachPacked packs blocks on all cores and calls f for some at a time, in their order.
func eachPacked(blocks []*Block, f func(p *packing) error) (err error) {
	running := make([]*packing, 0, cores) // oldest first
	begin := func(p *packing) {
		n := min(len(blocks), packedAtOnce)
		p.blocks, blocks = blocks[:n], blocks[n:]
		running = append(running, p)
		go p.pack()
	}
	for len(running) < cap(running) && len(blocks) > 0 {
		begin(&packing{done: make(chan struct{}, 1)})
	}
	for len(running) > 0 {
		p := running[0]
		running = append(running[:0], running[1:]...)
		if <-p.done; err == nil {
			err = p.err
		}
		if err == nil {
			err = f(p)
		}
		if err == nil && len(blocks) > 0 {
			begin(p)
		}
	}
	return err
}
