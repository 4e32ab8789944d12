package when

import (
	"math"
	"time"
)

// A zone turns civil times of one location into instants. It keeps the last
// offset with the civil times it holds for, so that most questions are two compares.
//
// A civil time that a location skips, or has twice, is read with the offset in
// force before the change: 02:30 of a night that jumps from 02:00 to 03:00 is
// 03:30, and of the two 02:30 of an autumn night it is the first.
type zone struct {
	loc      *time.Location
	from, to int64 // civil seconds [from, to) that offset holds for
	offset   int64 // seconds east of UTC
	name     string
}

// at returns the seconds east of UTC at a civil time, given as seconds since 1970 as if it were UTC.
func (z *zone) at(civil int64) int64 {
	if civil < z.from || civil >= z.to {
		z.find(civil)
	}
	return z.offset
}

func (z *zone) find(civil int64) {
	t := time.Unix(civil, 0).In(z.loc)
	for range 4 { // the zone sought is that of t or a neighbour; offsets differ by at most a day
		name, offset := t.Zone()
		start, end := t.ZoneBounds()
		z.name, z.offset, z.from, z.to = name, int64(offset), math.MinInt64, math.MaxInt64
		if !start.IsZero() {
			_, before := start.Add(-1).Zone()
			z.from = start.Unix() + int64(max(before, offset))
		}
		if !end.IsZero() {
			_, after := end.Zone()
			z.to = end.Unix() + int64(max(offset, after))
		}
		switch {
		case civil < z.from:
			t = start.Add(-1)
		case civil >= z.to:
			t = end
		default:
			return
		}
	}
}
