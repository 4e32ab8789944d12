package store

import (
	"sort"

	"github.com/lxlog/lx/logs"
)

// A placing gives the records of one stream their order times, one after the other.
type placing struct {
	live     bool
	base     int64 // where the records of a stream without any time stand; logs.NoTime: at their arrival
	last     int64 // event time of the newest record that has one; logs.NoTime
	arrivals []arrival
	early    bool // some record stands at its arrival, before its time
}

// An arrival says when the bytes from an offset on came, up to the next one's offset.
type arrival struct{ offset, at int64 }

// came notes when the bytes from offset on arrived.
func (p *placing) came(offset, at int64) {
	if p.live || p.base == logs.NoTime {
		p.arrivals = append(p.arrivals, arrival{offset, at})
	}
}

// uncome takes back what came noted last: nobody will ask for it.
func (p *placing) uncome() {
	p.arrivals = p.arrivals[:max(len(p.arrivals)-1, 0)]
}

// forget drops what only records before offset need.
func (p *placing) forget(offset int64) {
	if n := p.find(offset); n > 0 {
		p.arrivals = append(p.arrivals[:0], p.arrivals[n:]...)
	}
}

// find returns the arrival of the byte at offset.
func (p *placing) find(offset int64) int {
	return sort.Search(len(p.arrivals), func(i int) bool { return p.arrivals[i].offset > offset }) - 1
}

// arrived is when the byte at offset came; as late as possible where that was not noted.
func (p *placing) arrived(offset int64) int64 {
	if i := p.find(offset); i >= 0 {
		return p.arrivals[i].at
	}
	return 1<<63 - 1
}

// place returns where the next record of the stream stands.
func (p *placing) place(r *logs.Row) int64 {
	if r.Time != logs.NoTime {
		p.last = r.Time
	}
	t := p.last
	if t == logs.NoTime {
		t = p.base
	}
	if t == logs.NoTime {
		return p.arrived(r.Offset)
	}
	if p.live {
		if at := p.arrived(r.Offset); at < t {
			t, p.early = at, true
		}
	}
	return t
}
