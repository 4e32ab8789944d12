package chart

import (
	"strconv"
	"strings"
	"time"

	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/themes"
)

// ticks is a scale of counts: rows of unit each, and a number at every gap-th of them.
type ticks struct {
	step int64 // between numbers
	gap  int   // rows between numbers
	rows int
}

// ticksFor is the smallest scale with round numbers on which most fits into the rows.
func ticksFor(most int64, rows int) ticks {
	k := ticks{rows: max(rows, 1)}
	k.gap = min(1+k.rows/6, 5)
	for scale := int64(1); ; scale *= 10 {
		for _, tenths := range [...]int64{10, 15, 20, 25, 30, 40, 50, 60, 80} {
			if k.step = scale / 10 * tenths; scale == 1 {
				k.step = tenths / 10
			}
			if scale == 1 && tenths%10 != 0 {
				continue
			}
			if k.top() >= float64(most) || k.step >= 8e18 {
				return k
			}
		}
	}
}

// top is the count at the upper edge of the highest row.
func (k ticks) top() float64 { return float64(k.step) * float64(k.rows) / float64(k.gap) }

// eighths is how far up n reaches, in eighths of a row; at least one if it is anything.
func (k ticks) eighths(n int64) int {
	full := k.rows * 8
	if n <= 0 {
		return 0
	}
	return min(max(int(float64(n)/k.top()*float64(full)+0.5), 1), full)
}

// label is the number at the upper edge of row i, counted from 1 at the bottom, 0 being
// the axis; "" if there is none. Up to five letters: 7,500 or 12.5k.
func (k ticks) label(i int) string {
	if i%k.gap != 0 {
		return ""
	}
	n := float64(k.step) * float64(i/k.gap)
	if k.top() < 10_000 {
		return summary.Thousands(int64(n))
	}
	unit := ""
	for _, u := range [...]string{"", "k", "M", "G", "T", "P", "E"} {
		if unit = u; n < 1000 || u == "E" {
			break
		}
		n /= 1000
	}
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0") + unit
}

// axisSigns are what axes are drawn with: the line, a tick at it, the corner, a number's tick, the line without a number.
type axisSigns struct{ line, tick, corner, number, plain string }

func signsOf(g *themes.Glyphs) axisSigns {
	if g.Round {
		return axisSigns{g.Rule, "┬", "┼", "┤", "│"}
	}
	return axisSigns{g.Rule, "+", "+", "+", "|"}
}

// stamp is a time written below the axis at a column.
type stamp struct {
	column int
	text   string
}

// timeSteps are the minutes between stamps.
var timeSteps = [...]int64{1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2 * 1440, 7 * 1440, 14 * 1440, 28 * 1440, 84 * 1440, 364 * 1440}

// stamps are the round times at which columns begin, cells cells wide each, so far
// apart that they can be read. Midnight is written as the date.
func (s *Series) stamps(cells int, zone *time.Location) (out []stamp) {
	if len(s.Columns) == 0 {
		return nil
	}
	long := time.Unix(0, s.Start(0)).In(zone).Year() != time.Unix(0, s.Start(len(s.Columns)-1)).In(zone).Year()
	step := timeSteps[len(timeSteps)-1]
	for _, m := range timeSteps {
		apart := 9
		if long && m >= 1440 {
			apart = 13
		}
		if m/max(s.Step, 1)*int64(cells) >= int64(apart) {
			step = m
			break
		}
	}
	before := s.local(0, zone) / (step * 60)
	if s.local(0, zone)%(step*60) == 0 {
		before--
	}
	for i := range s.Columns {
		at := s.local(i, zone)
		if at/(step*60) == before {
			continue
		}
		before = at / (step * 60)
		layout := "15:04"
		switch {
		case step >= 1440 && long:
			layout = time.DateOnly
		case at%86400 < s.Step*60:
			layout = "01-02"
		}
		out = append(out, stamp{i, time.Unix(0, s.Start(i)).In(zone).Format(layout)})
	}
	return out
}

// local is the clock's time at which column i begins, in seconds since a midnight long before all records.
func (s *Series) local(i int, zone *time.Location) int64 {
	at := time.Unix(0, s.Start(i)).In(zone)
	_, offset := at.Zone()
	const eras = 364 * 86400 * 1000 // whole weeks and days, so that nothing is negative
	return at.Unix() + int64(offset) + eras
}

// stampLine writes the stamps into width cells, each below its tick; one that would touch another is left out.
func stampLine(stamps []stamp, gutter, cells, width int) string {
	var b strings.Builder
	for _, s := range stamps {
		at := gutter + s.column*cells + (cells-1)/2 - len(s.text)/2
		at = min(at, width-len(s.text)) // the last one keeps within the line
		if at < 0 || b.Len() > 0 && at < b.Len()+2 {
			continue
		}
		b.WriteString(blanks(at - b.Len()))
		b.WriteString(s.text)
	}
	return b.String() + blanks(width-b.Len())
}
