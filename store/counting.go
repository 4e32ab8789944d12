package store

import (
	"math"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/summary"
)

// AddTo adds the records of c that are in rows to t; nil: all of them. service
// names that of a record whose column does not tell it, and is called for those alone.
func (c *Columns) AddTo(t *summary.Totals, rows query.Bits, service func(i int) string) {
	n := newCounter(c)
	if rows == nil {
		n.all()
	} else {
		for i := range rows.Rows() {
			n.row(i)
		}
	}
	t.Records.N += n.rows
	t.AddSize(n.lines, n.bytes, n.unparsed)
	if n.last != logs.NoTime {
		t.Span(n.first, n.last)
	}
	for _, m := range n.dated.list {
		t.AddMinute(m.start, &m.levels)
	}
	for _, m := range n.arrived.list {
		t.AddArrived(m.start, &m.levels)
	}
	for place, k := range n.perService {
		if k > 0 {
			t.AddService(c.services[place], int64(k))
		}
	}
	for _, i := range n.unknown {
		t.AddService(service(i), 1)
	}
	t.Levels.Add(&n.levels)
}

// A counter counts rows of one block.
type counter struct {
	c           *Columns
	rows        int64
	lines       int64
	bytes       int64
	unparsed    int64
	first, last int64
	levels      summary.ByLevel
	perService  []uint32
	unknown     []int   // rows whose service the column does not tell
	dated       minutes // of the records that have a time
	arrived     minutes // of the others of a live stream, which stand where they arrived
}

// minutes are counts by minute, in order.
type minutes struct {
	list []minute
	at   int // of the one that the last row was in
}

type minute struct {
	start  int64
	levels summary.ByLevel
}

func newCounter(c *Columns) *counter {
	return &counter{c: c, first: math.MaxInt64, last: logs.NoTime, perService: make([]uint32, min(len(c.services), logs.ServiceOverflow))}
}

func (n *counter) all() {
	for i := range n.c.n {
		n.row(i)
	}
}

func (n *counter) row(i int) {
	c := n.c
	level := c.severity.at(i).Level()
	n.rows++
	n.levels[level]++
	lines, length := int64(c.lines.at(i)), c.lengthOf(i)
	if lines == math.MaxUint8 {
		r := c.Row(i)
		lines, length = int64(r.Lines), r.Length
	}
	n.lines, n.bytes = n.lines+lines, n.bytes+length
	if c.marks.at(i)&logs.Unparsed != 0 {
		n.unparsed++
	}
	if s := int(c.service.at(i)); s < len(n.perService) {
		n.perService[s]++
	} else {
		n.unknown = append(n.unknown, i)
	}
	if t := c.time[i]; t != logs.NoTime {
		n.first, n.last = min(n.first, t), max(n.last, t)
		n.dated.of(t).levels[level]++
	} else if c.stream != nil && c.stream.info.Live {
		n.arrived.of(c.Order(i)).levels[level]++
	}
}

// of is the minute that t is in. Records lie mostly in the minute of the one before.
func (n *minutes) of(t int64) *minute {
	if n.at < len(n.list) {
		if m := &n.list[n.at]; t >= m.start && t < m.start+summary.Minute {
			return m
		}
	}
	start := summary.MinuteOf(t)
	i, found := slices.BinarySearchFunc(n.list, start, func(m minute, start int64) int {
		switch {
		case m.start < start:
			return -1
		case m.start > start:
			return 1
		}
		return 0
	})
	if !found {
		n.list = slices.Insert(n.list, i, minute{start: start})
	}
	n.at = i
	return &n.list[i]
}

// detail counts all rows, for s and for what it returns; nil where that would be too much to keep, or the services are not known.
func (c *Columns) detail(s *Summary) *detail {
	n := newCounter(c)
	n.all()
	s.Lines, s.Bytes, s.Unparsed, s.Levels = n.lines, n.bytes, n.unparsed, n.levels
	d := &detail{services: c.services, first: n.first, last: n.last}
	if n.last == logs.NoTime {
		d.first = logs.NoTime
	}
	for place, k := range n.perService {
		if k > 0 {
			d.service = append(d.service, serviceCount{uint16(place), k})
		}
	}
	if len(n.unknown) > 0 || len(d.service) > maxDetail || len(n.dated.list)+len(n.arrived.list) > maxDetail {
		return nil
	}
	d.minutes, d.arrived = n.dated.counts(), n.arrived.counts()
	return d
}

func (n *minutes) counts() []minuteCount {
	out := make([]minuteCount, len(n.list))
	for i, m := range n.list {
		out[i].start = m.start
		for k, v := range m.levels {
			out[i].levels[k] = uint32(v)
		}
	}
	return out
}
