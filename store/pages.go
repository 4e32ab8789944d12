package store

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// pages keep the columns of full blocks in memory up to a bound, and beyond it
// in files of their own, from which they are read back when somebody looks.
type pages struct {
	limit int64 // bytes of columns in memory
	files pageFiles
	clock atomic.Int64

	mu       sync.Mutex
	used     int64
	inMemory map[*page]bool
	err      error // what columns could not be written with; memory grows beyond the bound then
}

// A page is the columns of one full block, wherever they are.
type page struct {
	pages    *pages
	names    names // of the columns' stream
	columns  atomic.Pointer[Columns]
	lastUsed atomic.Int64

	mu   sync.Mutex // one goroutine reads it back, or writes it
	size int64      // bytes in memory
	file io.ReaderAt
	at   int64
	len  int32

	cached *cachedPage // what file is part of, when it is a cached index
}

// names are what columns do not say by themselves.
type names struct {
	stream            *Stream
	services, formats []string
}

func newPages(o Options) *pages {
	return &pages{limit: o.Columns, files: pageFiles{folder: o.Folder}, inMemory: map[*page]bool{}}
}

// add makes a page of columns, which it keeps for now.
func (p *pages) add(c *Columns) *page {
	g := &page{pages: p, names: names{c.stream, c.services, c.formats}, size: c.size()}
	p.keep(g, c)
	return g
}

// keep holds c in memory, and makes room where that is too much.
func (p *pages) keep(g *page, c *Columns) {
	g.lastUsed.Store(p.clock.Add(1))
	g.columns.Store(c)
	p.mu.Lock()
	p.inMemory[g] = true
	p.used += g.size
	var out []*page
	if p.used > p.limit {
		out = p.oldest(p.used - p.limit*3/4)
	}
	p.mu.Unlock()
	for _, old := range out {
		if err := old.write(); err != nil {
			p.fail(err)
			return
		}
	}
}

// oldest are the pages longest not looked at that hold so many bytes. p.mu is held.
func (p *pages) oldest(bytes int64) []*page {
	all := make([]*page, 0, len(p.inMemory))
	for g := range p.inMemory {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *page) int { return cmp.Compare(a.lastUsed.Load(), b.lastUsed.Load()) })
	n := 0
	for ; n < len(all) && bytes > 0; n++ {
		bytes -= all[n].size
	}
	return all[:n]
}

func (p *pages) fail(err error) {
	p.mu.Lock()
	p.err = err
	p.mu.Unlock()
}

// failure says why more memory is used than was allowed; nil where it is not.
func (p *pages) failure() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("the index stays in memory, beyond what it may use: %w", p.err)
}

// get returns the columns.
func (g *page) get() (*Columns, error) {
	g.lastUsed.Store(g.pages.clock.Add(1))
	if c := g.columns.Load(); c != nil {
		return c, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.columns.Load(); c != nil {
		return c, nil
	}
	c, err := g.read()
	if g.cached != nil && (err != nil || !g.cached.fits(c)) {
		if c, err = g.cached.mend(); err == nil {
			g.cached, g.file = nil, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: reading its index back: %w", g.names.stream.Name(), err)
	}
	c.stream, c.services, c.formats = g.names.stream, g.names.services, g.names.formats
	g.size = c.size()
	g.pages.keep(g, c)
	return c, nil
}

// read reads the columns back from the file.
func (g *page) read() (*Columns, error) {
	b := make([]byte, g.len)
	if _, err := g.file.ReadAt(b, g.at); err != nil {
		return nil, err
	}
	return readPage(b)
}

// append appends the columns, packed, to b.
func (g *page) append(b []byte) ([]byte, error) {
	if c := g.columns.Load(); c != nil {
		return appendPage(b, c), nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.columns.Load(); c != nil {
		return appendPage(b, c), nil
	}
	from := len(b)
	b = more(b, int(g.len))
	if _, err := g.file.ReadAt(b[from:], g.at); err != nil {
		return nil, err
	}
	if !whole(b[from:]) {
		return nil, errPage
	}
	return b, nil
}

// write takes the columns out of memory. They are in a file from then on, or have been.
func (g *page) write() error {
	if !g.mu.TryLock() {
		return nil // somebody reads it back at this moment: it is wanted
	}
	defer g.mu.Unlock()
	c := g.columns.Load()
	if c == nil {
		return nil
	}
	if g.file == nil {
		b := appendPage(nil, c)
		f, at, err := g.pages.files.write(b)
		if err != nil {
			return err
		}
		g.file, g.at, g.len = f, at, int32(len(b))
		runtime.AddCleanup(g, g.pages.files.release, f)
	}
	g.drop()
	g.columns.Store(nil)
	return nil
}

// drop stops counting what is in memory: nobody will ask for it but who has it already.
func (g *page) drop() {
	p := g.pages
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inMemory[g] {
		delete(p.inMemory, g)
		p.used -= g.size
	}
}
