package elastic

import (
	"context"
	"strconv"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

const (
	// mostMinutes are counted by one question. Each is as many buckets as there are
	// levels, and one more, of which a server allows 65,536.
	mostMinutes  = 5_000
	minuteMillis = 60_000
)

// A minuteCount counts the documents of a reckoning by minute and level.
type minuteCount struct {
	*reckoning
	from, to int64 // milliseconds of the first minute, and of the end of the last
	wide     int64 // minutes of a bucket of the first histogram; above one it only tells where documents are
	most     int64 // minutes of one question
}

func (t *reckoning) minutes() *minuteCount {
	n := &minuteCount{reckoning: t, most: mostMinutes}
	if t.first == logs.NoTime {
		return n
	}
	n.from = floor(t.first, summary.Minute) / milli
	n.to = floor(t.last, summary.Minute)/milli + minuteMillis
	n.wide = ceil((n.to-n.from)/minuteMillis, mostMinutes) / mostMinutes
	return n
}

// aggregate adds the aggregation by levels, and the first histogram if it is
// wanted: of the minutes of each, or of wider times where these are too many.
func (n *minuteCount) aggregate(to object, wanted bool) {
	var minutes object
	switch {
	case !wanted || n.wide == 0:
	case n.wide == 1:
		minutes = histogram(n.c, 1)
	default:
		to["minutes"] = histogram(n.c, n.wide)["minutes"]
	}
	to["levels"] = n.byLevel(minutes)
}

// histogram counts by times of so many minutes; those without documents are left out.
func histogram(c *catalog, minutes int64) object {
	return object{"minutes": object{"date_histogram": object{"field": c.timeField, "fixed_interval": strconv.FormatInt(minutes, 10) + "m", "min_doc_count": 1}}}
}

// A histogramAnswer is the answer to a histogram.
type histogramAnswer struct {
	Buckets []struct {
		Key   int64 `json:"key"` // milliseconds
		Count int64 `json:"doc_count"`
	} `json:"buckets"`
}

// finish takes the first histogram into account, if it was asked for, and asks for what it does not say.
func (n *minuteCount) finish(ctx context.Context, out *figures, levels *levelCounts, asked bool) error {
	switch {
	case n.wide == 0:
		return nil
	case n.wide == 1 && asked:
		n.add(levels)
		return nil
	}
	for !asked {
		n.wide = max(n.wide, 2)
		var err error
		out, err = n.ask(ctx, histogram(n.c, n.wide))
		if isTooMuch(err) && n.wide < (n.to-n.from)/minuteMillis {
			n.wide *= 2
			n.most = max(n.most/2, 1)
			continue
		}
		if err != nil {
			return err
		}
		n.doubt(out.flaws(n.s), true)
		if asked = true; out.Aggregations == nil {
			return nil
		}
	}
	var first histogramAnswer
	if err := out.read("minutes", &first); err != nil {
		return err
	}
	return n.slices(ctx, &first)
}

// slices asks for the minutes in which the first histogram found documents, no
// more at once than the server takes.
func (n *minuteCount) slices(ctx context.Context, first *histogramAnswer) error {
	for i := 0; i < len(first.Buckets); {
		from, to, held := first.Buckets[i].Key, int64(0), int64(0)
		for ; i < len(first.Buckets); i++ {
			b := &first.Buckets[i]
			more := min(b.Count, n.wide)
			if held > 0 && held+more > n.most {
				break
			}
			held += more
			to = b.Key + n.wide*minuteMillis
		}
		if err := n.slice(ctx, from, to); err != nil {
			return err
		}
	}
	return nil
}

// slice asks for the minutes of a time, in halves where they are too many for the server.
func (n *minuteCount) slice(ctx context.Context, from, to int64) error {
	out, err := n.ask(ctx, object{"levels": n.byLevel(histogram(n.c, 1))}, n.c.spanOf(from, to))
	if isTooMuch(err) && to-from > minuteMillis {
		n.most = max(n.most/2, 1)
		half := from + floor((to-from)/2, minuteMillis)
		if err := n.slice(ctx, from, half); err != nil {
			return err
		}
		return n.slice(ctx, half, to)
	}
	if err != nil {
		return err
	}
	n.doubt(out.flaws(n.s), true)
	if out.Aggregations == nil {
		return nil
	}
	var levels levelCounts
	if err := out.read("levels", &levels); err != nil {
		return err
	}
	n.add(&levels)
	return nil
}

func (n *minuteCount) add(levels *levelCounts) {
	for name, level := range levels.Buckets {
		for _, b := range level.Minutes.Buckets {
			if at := fromMilli(b.Key); at != logs.NoTime && (b.Key >= 0 || !n.c.nanos) {
				var counts summary.ByLevel
				counts[levelOf(name)] = b.Count
				n.out.AddMinute(at, &counts)
			}
		}
	}
}

// spanOf asks for the times from a millisecond to before another.
func (c *catalog) spanOf(from, to int64) any {
	write := func(ms int64) any { return writeMilli(min(max(ms, firstMilli), lastMilli) * milli) }
	return c.times(object{"gte": write(from), "lt": write(to)}, false)
}
