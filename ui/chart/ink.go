package chart

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/ui/ink"
)

// pen writes cells; those of one ink that follow one another become one run.
type pen struct {
	strings.Builder
	with *ink.Ink
}

func (p *pen) put(cell string, with *ink.Ink) {
	if cell == "" {
		return
	}
	if with != p.with {
		p.lift()
		p.WriteString(with.Before)
		p.with = with
	}
	p.WriteString(cell)
}

func (p *pen) lift() {
	if p.with != nil {
		p.WriteString(p.with.Behind)
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
	text = ansi.TruncateWc(output.Cells(text), max(width, 0), "")
	return text + blanks(width-ansi.StringWidthWc(text))
}

// fitRight is fit with the blanks before the text.
func fitRight(text string, width int) string {
	text = ansi.TruncateWc(output.Cells(text), max(width, 0), "")
	return blanks(width-ansi.StringWidthWc(text)) + text
}
