package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// paletteBox is where a command is typed: an action by its name, a time or a line to go to.
type paletteBox struct {
	line
	tabbing
	mode   keys.Mode // where it was opened: whose actions there are
	all    []command
	found  []command // that fit what is typed, the best first
	choice int       // of them; -1: none was chosen
	fault  string    // what is wrong with what was entered
}

// paletteLines is how many commands are shown at most.
const paletteLines = 10

func (m *Model) openPalette() tea.Cmd {
	b := &paletteBox{mode: m.mode()}
	b.past, b.all = m.commands, m.palette(b.mode)
	m.box = b
	b.look()
	return nil
}

func (b *paletteBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch action := m.Keys.Action(keys.Text, k.String()); action {
	case keys.Apply:
		return b.enter(m)
	case keys.Cancel:
		m.box = nil
		return nil
	case keys.Complete:
		return b.complete(1)
	case keys.Uncomplete:
		return b.complete(-1)
	case keys.Older:
		b.upwards()
		return nil
	case keys.Newer:
		b.downwards()
		return nil
	}
	if b.edit(k.String(), k.Text) {
		b.line.at = 0
		b.reset()
		b.look()
	}
	return nil
}

// insert takes what was pasted.
func (b *paletteBox) insert(text string) {
	b.line.insert(text)
	b.reset()
}

// edited is called when something was pasted, or completed.
func (b *paletteBox) edited(*Model) tea.Cmd { //nolint:unparam // as typed has it
	b.look()
	return nil
}

func (*paletteBox) settled(*Model) tea.Cmd { return nil }

// upwards and downwards choose among the commands that are shown, the best of which
// stands lowest; where nothing is typed they go through what was typed before.
func (b *paletteBox) upwards() {
	if b.text() == "" || b.line.at > 0 {
		b.older()
		b.look()
		return
	}
	b.choice = min(b.choice+1, len(b.found)-1)
}

func (b *paletteBox) downwards() {
	if b.line.at > 0 {
		b.newer()
		b.look()
		return
	}
	b.choice = max(b.choice-1, -1)
}

// look finds the commands that fit the text.
func (b *paletteBox) look() {
	b.found, b.choice, b.fault = ranked(b.all, b.text()), -1, ""
}

// enter runs what is chosen, else what the text means.
func (b *paletteBox) enter(m *Model) tea.Cmd {
	text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(b.text()), ":"))
	if text == "" && b.choice < 0 {
		m.box = nil
		return nil
	}
	r := b.meant(m, text)
	switch {
	case r.fault != "":
		b.fault = r.fault
		return nil
	case r.run == nil: // it wants something more
		b.set(r.complete)
		b.look()
		return nil
	}
	m.box = nil
	m.commands = appendOnce(m.commands, nonEmptyOr(text, r.complete))
	return r.run()
}

// appendOnce appends a text to what was typed before, the newest last.
func appendOnce(list []string, text string) []string {
	out := make([]string, 0, len(list)+1)
	for _, old := range list {
		if old != text {
			out = append(out, old)
		}
	}
	return append(out, text)
}

// complete completes a name, or what a command takes; a second time: the next that fits.
func (b *paletteBox) complete(by int) tea.Cmd {
	text := strings.TrimLeft(b.text(), ": ")
	if name, arg, has := strings.Cut(text, " "); has {
		for _, c := range b.all {
			if c.is(name) && c.words != nil {
				return b.tab(&b.line, by, name+" ", func() []string { return c.words(strings.TrimLeft(arg, " ")) })
			}
		}
		b.none = true
		return nil
	}
	var words []string
	if b.choice >= 0 {
		words = []string{b.found[b.choice].typed()}
	} else {
		for _, c := range b.found {
			words = append(words, c.typed())
		}
	}
	return b.tab(&b.line, by, "", func() []string { return words })
}

// over implements popup: the commands that fit, the best at the bottom, next to what is typed.
func (b *paletteBox) over(m *Model, width, height int) []string {
	n := min(paletteLines, height-1, len(b.found))
	if n <= 0 {
		return nil
	}
	first := max(0, b.choice-n+1)
	names, shown := 0, 0
	for _, c := range b.found[first:min(first+n, len(b.found))] {
		names, shown = max(names, cellWidth(c.title())), max(shown, cellWidth(c.key))
	}
	t := m.Theme
	var lines []string
	for i := first + n - 1; i >= first; i-- {
		c := b.found[i]
		room := width - names - shown - 8
		line := pad(cut(c.title(), width-4), names)
		does := "  " + pad(cut(c.does, room), max(room, 0)) + "  "
		if room < 8 {
			does = "  "
		}
		if i == b.choice {
			lines = append(lines, t.Cursor.Render(pad(fit(" "+m.Glyphs.Cursor+line+does+pad(c.key, shown), width-1), width-1)))
			continue
		}
		lines = append(lines, fit("  "+t.Text.Render(line)+t.Dim.Render(does)+t.Strong.Render(pad(c.key, shown)), width))
	}
	rule := t.Dim.Render(strings.Repeat(m.Glyphs.Rule, width))
	return append([]string{rule}, lines...)
}

func (b *paletteBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, ":", -1, width)
}

func (b *paletteBox) footer(m *Model) []hint {
	most := max(m.width-len("  Esc close")-2, 1)
	wrong := func(text string) []hint {
		return []hint{{"", m.Theme.Trouble.Render(cleanCut(text, most))}, {"Esc", "close"}}
	}
	text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(b.text()), ":"))
	switch {
	case b.none:
		return wrong("nothing completes this")
	case b.fault != "":
		return wrong(b.fault)
	case text == "" && b.choice < 0:
		return []hint{{"", "14:05   1234   w FILE"}, {"Tab", "complete"}, {"Up", "typed before"}, {"Esc", "close"}}
	}
	r := b.meant(m, text)
	hints := []hint{{"Tab", "complete"}, {"Up", "choose"}, {"Esc", "close"}}
	if r.fault != "" {
		return append([]hint{{"", m.Theme.Notice.Render(cleanCut(r.fault, most))}}, hints...)
	}
	return append([]hint{{"Enter", cleanCut(r.says, most-len("Enter "))}}, hints...)
}
