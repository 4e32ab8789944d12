package elastic

import (
	"time"

	"github.com/lxlog/lx/logs"
)

// milli is how many nanoseconds a millisecond has.
const milli = int64(time.Millisecond)

// Milliseconds that are nanoseconds, too. Documents with another time count as without any.
const (
	firstMilli = -9_223_372_036_854
	lastMilli  = 9_223_372_036_854
	lastShared = lastMilli - 1 // of which every nanosecond is one of date_nanos, which begin at 0
)

// between asks for the times of a filter. Bounds are rounded up to whole
// milliseconds where the index has no finer times: that is exact, as a position is
// such a millisecond, and both bounds are the first that is, or is no more, in it.
// Documents without a time stand before all others: only a lower bound leaves them out.
func (c *catalog) between(from, to int64, nanos bool) any {
	write := writeMilli
	if nanos {
		write = writeNano
	}
	// An index of nanoseconds takes none before 1970, nor bounds, be they meant for
	// another index; what is before cannot be sorted with nanoseconds either.
	if c.nanos && from != logs.NoTime {
		from = min(max(from, 0), c.last())
	}
	if to != logs.NoTime {
		to = min(to, c.last())
	}
	switch {
	case from == logs.NoTime && to == logs.NoTime:
		return nil
	case to == logs.NoTime:
		return c.times(object{"gte": write(from), "lte": write(c.last())}, nanos)
	case c.nanos && to <= 0 && from == logs.NoTime:
		return c.untimedClause()
	case c.nanos && to <= 0:
		return object{"match_none": object{}}
	case from == logs.NoTime:
		return none(c.times(object{"gte": write(to), "lte": write(c.last())}, nanos))
	}
	return c.times(object{"gte": write(from), "lt": write(to)}, nanos)
}

// last is the last time that a position may have.
func (c *catalog) last() int64 {
	if c.nanos {
		return lastShared * milli
	}
	return lastMilli * milli
}

// times is a range of the time field.
func (c *catalog) times(bounds object, nanos bool) any {
	bounds["format"] = "strict_date_optional_time"
	if nanos {
		bounds["format"] = "strict_date_optional_time_nanos"
	}
	return object{"range": object{c.timeField: bounds}}
}

// writeMilli writes a text: a number below 0 is refused by Elasticsearch 7.
func writeMilli(nanos int64) any {
	at := ceil(min(max(nanos, firstMilli*milli), lastMilli*milli), milli)
	return time.UnixMilli(at / milli).UTC().Format("2006-01-02T15:04:05.000Z")
}

func writeNano(nanos int64) any {
	return time.Unix(0, nanos).UTC().Format("2006-01-02T15:04:05.000000000Z")
}

// floor and ceil are the multiples of unit next to n.
func floor(n, unit int64) int64 {
	rest := n % unit
	if rest < 0 {
		rest += unit
	}
	return n - rest
}

func ceil(n, unit int64) int64 {
	if f := floor(n, unit); f != n {
		return f + unit
	}
	return n
}

// timedClause and untimedClause ask for the documents that the time field sorts,
// and for the others. The former is nil where the sort itself tells them apart.
func (c *catalog) timedClause() any {
	switch {
	case !c.nanos:
		return nil
	case c.millis:
		return c.times(object{"gte": writeMilli(0), "lte": writeMilli(lastShared * milli)}, false)
	}
	return object{"exists": object{"field": c.timeField}}
}

func (c *catalog) untimedClause() any {
	if !c.nanos {
		return none(c.times(object{"gte": writeMilli(firstMilli * milli), "lte": writeMilli(lastMilli * milli)}, false))
	}
	return none(c.timedClause())
}
