package store

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// A Block is a run of records of one stream, in the order of their bytes. It does not change.
type Block struct {
	// ID is the block's in its store. A later snapshot may hold a longer block of
	// the same ID: it begins with the records that this one has. Records whose
	// columns have changed stand in a block of another ID.
	ID      uint64
	Stream  *Stream
	Summary Summary

	columns *Columns // nil: they are in page
	page    *page
	detail  *detail // nil: the columns must be counted
}

// Summary is what of a block stays in memory whatever happens to its columns.
type Summary struct {
	Rows        int
	Offset      int64 // of the first record
	First, Last int64 // least and largest order time
	Sorted      bool  // the records are in the order of their order times
	Full        bool  // no record will join the block

	// Of a full block; not counted yet in one that grows.
	Lines, Bytes, Unparsed int64
	Levels                 summary.ByLevel
}

// Columns returns the block's columns, which may have to be read back: keep
// them while working on the block, and no longer. The error says what could not be read.
func (b *Block) Columns() (*Columns, error) {
	if b.columns != nil {
		return b.columns, nil
	}
	return b.page.get()
}

// appendPage appends the block's columns, packed, to b.
func (b *Block) appendPage(p []byte) ([]byte, error) {
	if b.columns != nil {
		return appendPage(p, b.columns), nil
	}
	return b.page.append(p)
}

// AddTo adds all of the block's records to t without looking at its columns.
// false: that cannot be done, and nothing was added; Columns.AddTo does it.
func (b *Block) AddTo(t *summary.Totals) bool {
	if b.detail == nil {
		return false
	}
	b.detail.addTo(t, &b.Summary)
	return true
}

// newBlock makes a full block of columns.
func newBlock(id uint64, st *Stream, s Summary, c *Columns) *Block {
	b := &Block{ID: id, Stream: st, Summary: s, page: st.store.pages.add(c)}
	b.Summary.Full = true
	b.detail = c.detail(&b.Summary)
	return b
}

// detail is what a summary says by minute and service.
type detail struct {
	services []string // names that places stand for
	first    int64    // least and largest event time; logs.NoTime where there is none
	last     int64
	service  []serviceCount
	minutes  []minuteCount // of records that have a time
	arrived  []minuteCount // of the others of a live stream; not known of an index that was read back
}

type serviceCount struct {
	place uint16
	rows  uint32
}

type minuteCount struct {
	start  int64
	levels [logs.Levels]uint32
}

// maxDetail is how many minutes and services a block's detail has room for: a
// block of more is counted from its columns each time.
const maxDetail = 256

func (d *detail) addTo(t *summary.Totals, s *Summary) {
	t.Records.N += int64(s.Rows)
	t.Levels.Add(&s.Levels)
	t.AddSize(s.Lines, s.Bytes, s.Unparsed)
	t.Span(d.first, d.last)
	for _, c := range d.service {
		t.AddService(d.services[c.place], int64(c.rows))
	}
	for i := range d.minutes {
		t.AddMinute(d.minutes[i].start, d.minutes[i].byLevel())
	}
	for i := range d.arrived {
		t.AddArrived(d.arrived[i].start, d.arrived[i].byLevel())
	}
}

func (m *minuteCount) byLevel() *summary.ByLevel {
	var l summary.ByLevel
	for k, n := range m.levels {
		l[k] = int64(n)
	}
	return &l
}
