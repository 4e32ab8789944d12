package ui

import (
	"strings"

	"github.com/lxlog/lx/themes"
)

// plainer exchanges the signs that texts are made with where the terminal is given
// others than themes.Unicode: they are of ambiguous width, or beyond ASCII.
func plainer(g *themes.Glyphs) *strings.Replacer {
	if g.Ellipsis == themes.Unicode().Ellipsis {
		return nil
	}
	return strings.NewReplacer("…", g.Ellipsis, "·", "-", "↵", "|")
}
