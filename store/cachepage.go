package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync"
)

// A cachedFile is a cached index that is opened for each page that is asked for:
// there may be as many as there are log files.
type cachedFile struct {
	path string
	lead []byte // how the file began
}

// ReadAt reads bytes of the file, if it is still the same.
func (f *cachedFile) ReadAt(b []byte, at int64) (int, error) {
	o, err := f.open()
	if err != nil {
		return 0, err
	}
	defer o.Close()
	return o.ReadAt(b, at)
}

func (f *cachedFile) open() (*os.File, error) {
	o, err := openPrivate(f.path)
	if err != nil {
		return nil, err
	}
	lead := make([]byte, len(f.lead))
	if _, err := o.ReadAt(lead, 0); err != nil || !bytes.Equal(lead, f.lead) { // another program has written another
		_ = o.Close()
		return nil, errCache
	}
	return o, nil
}

// remove removes the file, which is damaged, and not one that another program has put in its place.
func (f *cachedFile) remove() {
	if o, err := f.open(); err == nil {
		_ = o.Close()
		_ = os.Remove(f.path)
	}
}

// A cachedPage is what is to be done about a page of a cached index that turns out to be damaged.
type cachedPage struct {
	mender *mender
	block  *Block
	row    int // the block's first row in the index
}

// fits reports whether columns are those of the block, as far as its summary tells.
func (p *cachedPage) fits(c *Columns) bool {
	return c.n == p.block.Summary.Rows && c.base == p.block.Summary.Offset
}

// A mender makes columns anew that a cached index ought to have, and removes its file.
type mender struct {
	st   *Stream
	x    *index
	file *cachedFile

	once sync.Once
	made *Stream // indexed again, up to where x ends
	err  error
}

// mend returns the block's columns, as the bytes that they are of say.
func (p *cachedPage) mend() (*Columns, error) {
	m := p.mender
	m.once.Do(m.indexAgain)
	if m.err != nil {
		return nil, m.err
	}
	c := &Columns{stream: m.st, services: m.x.services, formats: m.x.formats}
	skip, n := p.row, p.block.Summary.Rows
	for _, b := range m.made.held.list() {
		if skip >= b.Summary.Rows {
			skip -= b.Summary.Rows
			continue
		}
		from, err := b.Columns()
		if err != nil {
			return nil, err
		}
		for i := skip; i < from.n && c.n < n; i++ {
			row := from.Row(i)
			if c.n == 0 {
				c.line = new(Reader).Line(from, i)
			}
			c.add(&row, from.Order(i), from.undatedRow(i).Time, n)
		}
		c.uneven = c.uneven || from.uneven
		if skip = 0; c.n == n {
			break
		}
	}
	if !p.fits(c) {
		return nil, fmt.Errorf("%s: its bytes are no longer those that were indexed", m.st.Name())
	}
	return c, nil
}

// indexAgain reads what the index is of as if there were no cache.
func (m *mender) indexAgain() {
	m.file.remove()
	s := m.st.store
	m.made = newStream(s, m.st.info, m.st.formats.indexer())
	m.err = m.made.readOn(context.Background(), m.x.identity.Size)
}
