package store_test

import (
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// counting is data that knows how much of it was read.
type counting struct {
	data
	read int64
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.data.ReadAt(b, at)
	c.read += int64(n)
	return n, err
}

// A record that is looked at out of the order of the file costs some reading
// around it for its line's number, not the whole way from the chunk's begin.
func TestReadingInAnotherOrderReadsLittle(t *testing.T) {
	text := bigText(4 << 20)
	d := &counting{data: data{[]byte(text)}}
	s := newStore(t, store.Options{})
	st := open(t, s, d)
	if err := st.Grow(t.Context(), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	all := places(t, state(t, s))
	d.read = 0
	var r store.Reader
	var rec logs.Record
	const looks = 1000
	for i := range looks {
		p := all[i*7919%len(all)]
		if err := r.Record(p.c, p.i, &rec); err != nil {
			t.Fatal(err)
		}
	}
	if each := d.read / looks; each > 24<<10 {
		t.Errorf("%d bytes were read for each record", each)
	}
}
