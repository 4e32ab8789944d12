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

// aggregate adds the first histogram: of the minutes, or of wider times where these are too many.
func (n *minuteCount) aggregate(to object) {
	if n.wide > 0 {
		to["minutes"] = n.histogram(n.wide)
	}
}

// histogram counts by times of so many minutes; those without documents are left out.
func (n *minuteCount) histogram(minutes int64) object {
	out := object{"date_histogram": object{"field": n.c.timeField, "fixed_interval": strconv.FormatInt(minutes, 10) + "m", "min_doc_count": 1}}
	if minutes == 1 {
		out["aggs"] = object{"levels": n.byLevel()}
	}
	return out
}

// A histogramAnswer is the answer to a histogram.
type histogramAnswer struct {
	Buckets []struct {
		Key    int64       `json:"key"` // milliseconds
		Count  int64       `json:"doc_count"`
		Levels levelCounts `json:"levels"`
	} `json:"buckets"`
}

// finish takes the first histogram into account, and asks for what it does not say.
func (n *minuteCount) finish(ctx context.Context, out *figures) error {
	if n.wide == 0 {
		return nil
	}
	var first histogramAnswer
	for out.Aggregations["minutes"] == nil {
		var err error
		out, err = n.ask(ctx, object{"minutes": n.histogram(n.wide)})
		if isTooMuch(err) && n.wide < (n.to-n.from)/minuteMillis {
			n.wide = max(2*n.wide, 2)
			n.most = max(n.most/2, 1)
			continue
		}
		if err != nil {
			return err
		}
		n.doubt(out.flaws(n.s), true)
		if out.Aggregations == nil {
			return nil
		}
	}
	if err := out.read("minutes", &first); err != nil {
		return err
	}
	if n.wide == 1 {
		n.add(&first)
		return nil
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
	out, err := n.ask(ctx, object{"minutes": n.histogram(1)}, n.c.spanOf(from, to))
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
	var minutes histogramAnswer
	if err := out.read("minutes", &minutes); err != nil {
		return err
	}
	n.add(&minutes)
	return nil
}

func (n *minuteCount) add(minutes *histogramAnswer) {
	for i := range minutes.Buckets {
		b := &minutes.Buckets[i]
		if at := fromMilli(b.Key); at != logs.NoTime && (b.Key >= 0 || !n.c.nanos) {
			levels := b.Levels.of(b.Count)
			n.out.AddMinute(at, &levels)
		}
	}
}

// spanOf asks for the times from a millisecond to before another.
func (c *catalog) spanOf(from, to int64) any {
	return object{"range": object{c.timeField: object{"gte": from, "lt": to, "format": "epoch_millis"}}}
}
