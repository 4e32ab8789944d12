package ui

import (
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/ink"
)

// inks are the styles of a theme that rows of the list are drawn with.
type inks struct {
	text, dim, service, context, cursor, selected, found, trace, mark, notice ink.Ink
	levels                                                                    [len(themes.Theme{}.Levels)]ink.Ink
	sources                                                                   []ink.Ink
}

func inksOf(t *themes.Theme) inks {
	i := inks{text: ink.Of(t.Text), dim: ink.Of(t.Dim), service: ink.Of(t.Service), context: ink.Of(t.Context), cursor: ink.Of(t.Cursor),
		selected: ink.Of(t.Selected), found: ink.Of(t.Found), trace: ink.Of(t.Trace), mark: ink.Of(t.Mark), notice: ink.Of(t.Notice)}
	for l := range i.levels {
		i.levels[l] = ink.Of(t.Levels[l])
	}
	for _, s := range t.Sources {
		i.sources = append(i.sources, ink.Of(s))
	}
	return i
}

// source is that of the source at a place.
func (i *inks) source(place int) ink.Ink {
	if place < 0 || len(i.sources) == 0 {
		return i.dim
	}
	return i.sources[place%len(i.sources)]
}
