package elastic

import (
	"context"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic/dsl"
	"github.com/lxlog/lx/summary"
)

// Totals implements sources.Searcher.
func (s *Source) Totals(ctx context.Context, f sources.Filter) (*summary.Totals, error) {
	if len(f.Among) > 0 {
		return s.totalsAmong(ctx, f)
	}
	return s.totals(ctx, f, anyShard, nil)
}

// totals is Totals of every index's shard of that number alone, unless it is
// anyShard, and of the documents for which also holds, a query object, unless it is nil.
func (s *Source) totals(ctx context.Context, f sources.Filter, shard int, also any) (*summary.Totals, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, err
	}
	var levels []func(dsl.Mapping) any
	for l := logs.Level(1); l < logs.Levels; l++ {
		levels = append(levels, func(m dsl.Mapping) any { return m.Level(l).Body })
	}
	parts := c.apart(f, levels...)
	totals := make([]*summary.Totals, len(parts))
	err = each(parts, func(i int, c *catalog) (err error) {
		totals[i], err = s.totalsOf(ctx, c, f, shard, also)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, t := range totals[1:] {
		totals[0].Merge(t)
	}
	return totals[0], nil
}

// totalsOf is totals of the indices of a catalog.
func (s *Source) totalsOf(ctx context.Context, c *catalog, f sources.Filter, shard int, also any) (*summary.Totals, error) {
	n, a := s.census(c, f, shard, also)
	t := &reckoning{census: n, out: summary.NewTotals()}
	t.out.Lines, t.out.Bytes = -1, -1
	for _, note := range n.c.notes {
		t.doubt(note, false)
	}
	if a.wider {
		t.doubt(s.o.Name+" cannot ask all of the query: what it counts may hold other records", false)
	}
	t.doubt(c.missedNote(a.missed), false)
	t.doubt(c.uncounted(logs.CoreLevel, logs.CoreService), false)
	if err := t.span(ctx, f, also); err != nil {
		return nil, err
	}
	if err := t.count(ctx); err != nil {
		return nil, err
	}
	return t.out, nil
}

// uncounted says which fields of core fields the indices cannot look into, "" where there are none.
func (c *catalog) uncounted(cores ...logs.Core) string {
	var names []string
	for _, g := range c.groups {
		for _, core := range cores {
			names = append(names, g.mapping.Unsearched(core)...)
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return plain(strings.Join(slices.Compact(names), ", ")) + " cannot be searched: records that have it are counted as if they had not"
}

// A reckoning is the making of totals.
type reckoning struct {
	*census
	out         *summary.Totals
	levels      object // the query for each level, by name
	first, last int64  // the least and largest times, as the index sorts
}

// doubt notes why the figures are not exact, and of which server, unless text is empty.
func (t *reckoning) doubt(text string, fault bool) {
	if text == "" {
		return
	}
	if name := t.s.o.Name; !strings.HasPrefix(text, name) {
		text = name + ": " + text
	}
	t.out.Records.Certainty = summary.AtLeast
	t.out.Note(summary.Note{Text: text, Fault: fault})
}

// askLevels has the documents counted by level.
func (t *reckoning) askLevels() {
	t.levels = object{}
	wider := false
	for l := logs.Level(1); l < logs.Levels; l++ {
		q := t.c.inGroups(func(g *group) (dsl.Query, list) {
			q := g.mapping.Level(l)
			return q, list{dsl.Lenient(q.Body)}
		})
		t.levels[l.String()] = q.body
		wider = wider || q.wider
	}
	if wider {
		t.doubt(t.s.o.Name+": records are counted by level as well as its index can tell levels", false)
	}
}

// byLevel is the aggregation by level, and of each level by others, nil for none.
func (t *reckoning) byLevel(of object) object {
	out := object{"filters": object{"filters": t.levels, "other_bucket_key": noLevel}}
	if of != nil {
		out["aggs"] = of
	}
	return out
}

// noLevel is the name of those without a level.
const noLevel = "none"

// levelCounts are its answer.
type levelCounts struct {
	Buckets map[string]struct {
		Count   int64           `json:"doc_count"`
		Minutes histogramAnswer `json:"minutes"`
	} `json:"buckets"`
}

// levelOf is the level of a bucket.
func levelOf(name string) logs.Level {
	for l := logs.Level(1); l < logs.Levels; l++ {
		if l.String() == name {
			return l
		}
	}
	return 0
}

// count asks for everything but the span of times: in one question, where that is not too much for the server.
func (t *reckoning) count(ctx context.Context) error {
	t.askLevels()
	services, minutes := t.services(), t.minutes()
	for _, all := range []bool{true, false} {
		aggregations := object{}
		minutes.aggregate(aggregations, all)
		together := all && services.together(aggregations)
		out, err := t.ask(ctx, aggregations)
		if all && isTooMuch(err) {
			continue
		}
		if err != nil {
			return err
		}
		t.doubt(out.flaws(t.s), true)
		t.out.Records.N = out.Hits.Total.Value
		if out.Aggregations == nil {
			return nil // no shard has anything
		}
		var levels levelCounts
		if err := out.read("levels", &levels); err != nil {
			return err
		}
		for name, b := range levels.Buckets {
			t.out.Levels[levelOf(name)] += b.Count
		}
		if err := services.finish(ctx, out, together); err != nil {
			return err
		}
		return minutes.finish(ctx, out, &levels, all)
	}
	return nil
}
