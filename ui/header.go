package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// header says what is shown: the sources, those in trouble first, then the range, how
// many records there are, and time and zone of the newest record.
func (m *Model) header() string {
	right := m.headerRight()
	for len(right) > 1 && cellWidth(strings.Join(right, " · ")) > m.rightRoom() {
		right = right[1:]
	}
	end := strings.Join(right, m.Theme.Dim.Render(" · "))
	return sides(" "+m.sources(m.width-cellWidth(end)-3), end+" ", m.width)
}

// rightRoom is the cells that the right of the header has: sources in trouble need the other half, those that are well give way.
func (m *Model) rightRoom() int {
	if trouble, _ := m.troubled(); len(trouble) > 1 || len(trouble) == 1 && !m.toldBelow(&trouble[0]) {
		return m.width / 2
	}
	return m.width * 2 / 3
}

// headerRight is what stands at the right of the header, what gives way first at its start.
func (m *Model) headerRight() (out []string) {
	s, t := m.scope(), m.Theme
	if s.tally.known && !s.tally.nothing(len(m.health)) {
		number, what, _ := strings.Cut(plural64(s.tally.ofTime.Records, "record"), " ")
		out = append(out, t.Strong.Render(number)+t.Dim.Render(" "+what))
	}
	if s.ranged() {
		out = append([]string{t.Dim.Render(m.rangeText(s.selection))}, out...)
	}
	zone := m.zoneName()
	if s.tally.known && s.tally.all.Last != logs.NoTime && m.width >= 60 {
		last := s.tally.all.Last
		for i := len(s.items) - 1; s.following && i >= 0; i-- {
			if r := s.items[i].Record; r != nil {
				last = max(last, r.Time)
				break
			}
		}
		newest := time.Unix(0, last).In(m.zone())
		layout := "15:04:05 "
		if dated := "01-02 " + layout; newest.Format(time.DateOnly) != m.Now().In(m.zone()).Format(time.DateOnly) &&
			cellWidth(strings.Join(out, " · "))+len(" · "+dated+zone) <= m.rightRoom() {
			layout = dated
		}
		zone = newest.Format(layout) + zone
	}
	return append(out, t.Dim.Render(zone))
}

// rangeText is a selection's range of time in words.
func (m *Model) rangeText(s selection) string {
	at := func(t int64) string {
		when := time.Unix(0, t).In(m.zone())
		if now := m.Now().In(m.zone()); when.YearDay() == now.YearDay() && when.Year() == now.Year() {
			return when.Format("15:04:05")
		}
		return when.Format("2006-01-02 15:04")
	}
	switch {
	case s.last > 0:
		return "last " + length(s.last)
	case s.from != logs.NoTime && s.to != logs.NoTime:
		return at(s.from) + " to " + at(s.to)
	case s.from != logs.NoTime:
		return "since " + at(s.from)
	}
	return "until " + at(s.to)
}

// length is a duration in the largest unit that says it: 15 min, 90 s, 2 h, 3 d.
func length(d time.Duration) string {
	for _, u := range [...]struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}} {
		if d >= u.of && d%u.of == 0 {
			return fmt.Sprintf("%d %s", d/u.of, u.name)
		}
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// sources names the sources, those in trouble first, as many as fit into width cells.
func (m *Model) sources(width int) string {
	trouble, well := m.troubled()
	var parts []string
	used := 0
	add := func(text string, must bool) bool {
		w := cellWidth(text) + 2
		if !must && used+w > width-8 {
			return false
		}
		used += w
		parts = append(parts, text)
		return true
	}
	others := 0 // cells of those that are well
	switch len(well) {
	case 0:
	case 1:
		others = cellWidth(m.stateSign(well[0])+" "+m.sourceName(well[0])+" "+m.stateWord(well[0])) + 2
	default:
		others = len("  +99 *")
	}
	for i, h := range trouble {
		name := m.Glyphs.Trouble + " " + m.sourceName(h) + " "
		why := m.stateWord(h)
		if !m.toldBelow(&h) {
			why = cleanCut(reason(&h), max(width-others-cellWidth(name), 12))
		}
		text := m.Theme.Trouble.Render(name + why)
		if !add(text, i == 0) {
			break
		}
	}
	after := 0 // cells to say how many more there are
	if len(well) > 1 {
		after = 8
	}
	for i, h := range well {
		name := m.stateSign(h) + " " + m.sourceName(h)
		text := name
		if len(m.health) <= 2 || h.State == session.CatchingUp {
			text += " " + m.Theme.Dim.Render(m.stateWord(h))
		}
		if more := m.serverText(&h, width-used-cellWidth(text)-2-after); more != "" {
			text += more
		}
		if hint := "  " + noTimes; h.Kind == pipe && m.timeless() && used+cellWidth(text+hint) <= width {
			text += m.Theme.Notice.Render(hint)
		}
		if len(well) == 1 {
			add(text, true)
			continue
		}
		if add(text, false) || add(name, false) {
			continue
		}
		parts = append(parts, m.Theme.Dim.Render(fmt.Sprintf("+%d ", len(well)-i))+m.stateSign(h))
		break
	}
	return strings.Join(parts, "  ")
}

// quiet is how old the newest record of a server is where there are none, rather than that they come late.
const quiet = 5 * time.Minute

// serverText is how a server is beside its state, as much as fits into width cells: what it
// says itself, how far it is behind, what came late, how often it was asked again.
func (m *Model) serverText(h *session.Health, width int) (out string) {
	if h.Kind != server {
		return ""
	}
	add := func(text string) {
		if text != "" && cellWidth(out)+cellWidth(text)+2 <= width {
			out += ", " + text
		}
	}
	if h.Text != "" && width > 16 {
		add(m.Theme.Notice.Render(cleanCut(reason(h), width-2)))
	}
	if h.Lag >= time.Second && h.Lag < quiet {
		add(m.Theme.Dim.Render(lagText(h) + " behind"))
	}
	if h.Late > 0 {
		add(m.Theme.Dim.Render(thousands(h.Late) + " late"))
	}
	if h.Retries > 0 {
		add(m.Theme.Dim.Render(plural(int(h.Retries), "retry")))
	}
	return out
}

// troubled are the sources that something is wrong with, and the others.
func (m *Model) troubled() (trouble, well []session.Health) {
	for _, h := range m.health {
		if h.State == session.Trouble || h.Text != "" && h.State == session.Ended {
			trouble = append(trouble, h)
		} else {
			well = append(well, h)
		}
	}
	return trouble, well
}

// toldBelow reports whether what a source is in trouble with stands below the header anyway: in a line of its own, or on all of the screen.
func (m *Model) toldBelow(h *session.Health) bool {
	if len(m.layers) == 0 || h.Kind != server || m.height < noteFrom {
		return false
	}
	first, s := m.failedServer(), m.scope()
	if first == nil || first.Source != h.Source || !s.bare() {
		return first != nil && first.Source == h.Source
	}
	return len(m.health) == 1 && (m.barren() || len(s.tally.unmatched) > 0 && len(s.tally.uncounted) == 0)
}

// sourceName is the letter of a source, where there are several, and its name.
func (m *Model) sourceName(h session.Health) string {
	name := cleanCut(shortName(h.Source), 24)
	if h.Kind == pipe && name == "-" {
		name = pipe
	}
	if len(m.health) == 1 {
		return m.Theme.Strong.Render(name)
	}
	i, known := m.letters[h.Source]
	if !known {
		i = -1
	}
	return m.inks.source(i).Render(letter(i)) + " " + name
}

func (m *Model) stateSign(h session.Health) string {
	switch h.State {
	case session.Live:
		return m.Theme.Healthy.Render(m.Glyphs.Live)
	case session.Ended:
		return m.Theme.Dim.Render(m.Glyphs.Ended)
	case session.Trouble:
		return m.Theme.Trouble.Render(m.Glyphs.Trouble)
	}
	return m.Theme.Healthy.Render(m.Glyphs.CatchingUp)
}

// stateWord is a source's state, with how far it has been read while that is under way.
func (m *Model) stateWord(h session.Health) string {
	word := h.State.String()
	if h.State == session.CatchingUp && h.Size > 0 && h.Read < h.Size {
		word += fmt.Sprintf(" %d %%", 100*h.Read/h.Size)
	}
	if h.State == session.Ended && h.Kind == pipe && h.Since > 0 {
		word += " " + time.Unix(0, h.Since).In(m.zone()).Format("15:04:05")
	}
	return word
}

// pipe is the kind of a source that another command writes into.
const pipe = "pipe"

// noTimes is what one can do where nothing that comes through a pipe says when it was.
const noTimes = "no times: kubectl logs --timestamps"

// timeless reports whether there are records and none of them has a time.
func (m *Model) timeless() bool {
	t := m.scope().tally
	return t.known && t.all.Records.N > 0 && t.all.First == logs.NoTime
}

func plural(n int, what string) string {
	if n == 1 || what == "more" {
		return fmt.Sprintf("%d %s", n, what)
	}
	if stem, ok := strings.CutSuffix(what, "try"); ok {
		return fmt.Sprintf("%d %stries", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func nonEmptyOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
