package chart

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/output"
)

// ink is a style as what stands before and behind a text.
type ink struct{ before, behind string }

func inkOf(s lipgloss.Style) ink {
	before, behind, _ := strings.Cut(s.Render("x"), "x")
	return ink{before, behind}
}

// pen writes cells; those of one ink that follow one another become one run.
type pen struct {
	strings.Builder
	with *ink
}

func (p *pen) put(cell string, with *ink) {
	if cell == "" {
		return
	}
	if with != p.with {
		p.lift()
		p.WriteString(with.before)
		p.with = with
	}
	p.WriteString(cell)
}

func (p *pen) lift() {
	if p.with != nil {
		p.WriteString(p.with.behind)
		p.with = nil
	}
}

// line is what was written; the pen begins anew.
func (p *pen) line() string {
	p.lift()
	s := p.String()
	p.Reset()
	return s
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// fit is text in exactly width cells, cut off or filled up at its end.
func fit(text string, width int) string {
	text = ansi.Truncate(output.Clean(text, false), max(width, 0), "")
	return text + blanks(width-ansi.StringWidth(text))
}

// fitRight is fit with the blanks before the text.
func fitRight(text string, width int) string {
	text = ansi.Truncate(output.Clean(text, false), max(width, 0), "")
	return blanks(width-ansi.StringWidth(text)) + text
}
