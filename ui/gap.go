package ui

import (
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// A gap stands in the list where servers have not told all: nobody is to take that for silence.
type gap struct {
	servers []string
	side    side
}

// side is where a gap lies.
type side uint8

const (
	amid  side = iota
	older      // before the first item
	newer      // behind the last one
)

// gapsIn are the gaps of a page: one where each time begins of which a server has not
// told all, as far as the filter wants it.
func gapsIn(p session.Page, servers []string, f session.Filter) (out []item) {
	n := len(p.Rows)
	if n == 0 {
		return nil
	}
	at := map[int]*gap{}
	for _, name := range servers {
		for _, h := range holes(p.Complete[name], f) {
			k := sort.Search(n, func(i int) bool { return p.Rows[i].Key.Time > h.From })
			switch {
			case h.From == math.MinInt64 || f.From != logs.NoTime && h.From <= f.From:
				k = 0
			case k > 0 && k < n && h.To <= p.Rows[k-1].Key.Time+1:
				continue // it lies within the time of one record, which is known
			}
			add := func(k int, s side) {
				if at[k] == nil {
					at[k] = &gap{side: s}
				}
				if g := at[k]; !slices.Contains(g.servers, name) {
					g.servers = append(g.servers, name)
				}
			}
			add(k, sideOf(k, n))
			if k < n && h.To > p.Rows[n-1].Key.Time {
				add(n, amid) // who stands at the end sees nothing of where it begins
			}
		}
	}
	for k, g := range at {
		out = append(out, item{Row: session.Row{Key: gapKey(p.Rows, k)}, gap: g})
	}
	return out
}

func sideOf(k, n int) side {
	switch k {
	case 0:
		return older
	case n:
		return newer
	}
	return amid
}

// gapKey sorts behind the row before the kth, and whatever has its time.
func gapKey(rows []session.Row, k int) session.Key {
	if k > 0 {
		return behind(rows[k-1].Key.Time)
	}
	if t := rows[0].Key.Time; t > math.MinInt64 {
		return behind(t - 1)
	}
	return behind(math.MinInt64)
}

// behind is a key that sorts behind all that has a time.
func behind(t int64) session.Key {
	return session.Key{Time: t, Source: math.MaxInt64, Sequence: math.MaxInt64}
}

// holes are the times of a filter that lie in none of the intervals, which are in order.
func holes(in []session.Interval, f session.Filter) (out []session.Interval) {
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if f.From != logs.NoTime {
		from = f.From
	}
	if f.To != logs.NoTime {
		to = f.To
	}
	for _, i := range in {
		if from+1 < i.From && from < to {
			out = append(out, session.Interval{From: from, To: min(i.From, to)})
		}
		from = max(from, i.To)
	}
	if from < to {
		out = append(out, session.Interval{From: from, To: to})
	}
	return out
}

// gapText says what is missing there, and what is done about it.
func (m *Model) gapText(g *gap) string {
	s := m.scope()
	names := make([]string, len(g.servers))
	for i, n := range g.servers {
		names[i] = cleanCut(shortName(n), 40)
	}
	who := strings.Join(names, ", ")
	what := map[side]string{older: "older records", newer: "newer records", amid: "records of this time"}[g.side]
	again := " · " + m.showKey(keys.Again) + " asks again"
	for _, h := range m.health {
		if slices.Contains(g.servers, h.Source) && inTrouble(&h) && !s.loads.asked {
			return who + ": no answer " + map[side]string{older: "for what is older", newer: "from here on", amid: "for this time"}[g.side]
		}
	}
	switch {
	case s.waits.stopped:
		return who + " was not asked for " + what + again
	case s.loads.asked:
		return "asking " + who + " for " + what + " ..." + m.waited(s.loads.began) + "  Ctrl-c cancels"
	}
	return who + ": " + what + " are not fetched yet"
}

// reason is what is wrong with a source, without its name.
func reason(h *session.Health) string {
	text, name := clean(nonEmptyOr(h.Text, h.State.String())), clean(h.Source)
	if rest, ok := strings.CutPrefix(text, name+": "); ok {
		text = rest
	}
	if h.Kind == server {
		text = strings.TrimPrefix(text, name+" ")
	}
	return text
}
