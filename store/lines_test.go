package store_test

import (
	"sync/atomic"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// counting is data that knows how much of it was read.
type counting struct {
	data
	read atomic.Int64
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.data.ReadAt(b, at)
	c.read.Add(int64(n))
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
	d.read.Store(0)
	var r store.Reader
	var rec logs.Record
	const looks = 1000
	for i := range looks {
		p := all[i*7919%len(all)]
		if err := r.Record(p.c, p.i, &rec); err != nil {
			t.Fatal(err)
		}
	}
	if each := d.read.Load() / looks; each > 24<<10 {
		t.Errorf("%d bytes were read for each record", each)
	}
}

// What goes on in a line that was cut is marked, whatever it looks like, and the
// line is counted once.
func TestSeveredLineGoesOn(t *testing.T) {
	f := func(name string, feed func(*store.Stream)) {
		t.Helper()
		s := newStore(t, store.Options{MaxLine: 30})
		st := open(t, s, nil)
		feed(st)
		check := func() {
			t.Helper()
			lines, got := uint32(0), state(t, s)
			each(t, got, func(c *store.Columns, i int) {
				row := c.Row(i)
				lines += row.Lines
				if goesOn := row.Marks&logs.Continued != 0; goesOn != (row.Offset == 30) {
					t.Errorf("%s: the record at %d goes on: %t", name, row.Offset, goesOn)
				}
			})
			if lines != 2 {
				t.Errorf("%s: %d lines", name, lines)
			}
		}
		check()
		st.Close()
		check()
	}
	first, rest := "012345678901234567890123456789", "2024-05-01T10:00:00Z INFO x\n"
	last := "2024-05-01T10:00:00Z INFO y\n"
	f("too long", func(st *store.Stream) { appendAll(t, st, first+rest+last, 100) })
	f("too slow", func(st *store.Stream) {
		appendAll(t, st, first, 100)
		st.Settle()
		appendAll(t, st, rest+last, 100)
	})
}
