package themes

import "charm.land/lipgloss/v2"

// palette is what a theme of fixed colours differs in: numbers 16 to 255 of xterm's
// palette, which no terminal's settings change, so that 256 colours show all of it.
type palette struct {
	name, about              string
	text                     string // "": the terminal's own
	dim, context             string
	service, trace, mark     string
	trouble, notice, healthy string
	levels                   [7]string // by logs.Level; "": the terminal's own
	cursor, selected, found  overlay
	sources                  []string
}

// overlay is one of the few looks with a background of its own.
type overlay struct{ text, ground string }

func (o overlay) style() lipgloss.Style {
	return lipgloss.NewStyle().Foreground(lipgloss.Color(o.text)).Background(lipgloss.Color(o.ground))
}

// theme gives every meaning its style. Bold, underline and reverse are the same in all
// palettes, so that trouble, faults and FATAL never hang on a colour alone.
func (p *palette) theme() *Theme {
	colour := func(c string) lipgloss.Style {
		if c == "" {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(lipgloss.Color(c))
	}
	t := &Theme{
		Name:     p.name,
		About:    p.about,
		Text:     colour(p.text),
		Dim:      colour(p.dim),
		Strong:   colour(p.text).Bold(true),
		Service:  colour(p.service),
		Context:  colour(p.context),
		Cursor:   p.cursor.style(),
		Selected: p.selected.style(),
		Found:    p.found.style(),
		Trace:    colour(p.trace),
		Mark:     colour(p.mark).Bold(true),
		Fault:    colour(p.trouble).Underline(true),
		Trouble:  colour(p.trouble).Bold(true),
		Notice:   colour(p.notice),
		Healthy:  colour(p.healthy),
	}
	for l, c := range p.levels {
		t.Levels[l] = colour(c)
	}
	t.Levels[5] = t.Levels[5].Bold(true)
	t.Levels[6] = t.Levels[6].Bold(true).Reverse(true)
	for _, c := range p.sources {
		t.Sources = append(t.Sources, colour(c))
	}
	return t
}
