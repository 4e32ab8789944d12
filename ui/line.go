package ui

import (
	"strings"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/keys"
)

// line is a line of text that is typed, with what was typed before.
type line struct {
	input
	past  []string // the newest last
	at    int      // how many steps back; 0: what is being typed
	typed string   // what was being typed when going back began
}

// older puts what was typed before in place of the text, which is not lost.
func (l *line) older() {
	if l.at == len(l.past) {
		return
	}
	if l.at == 0 {
		l.typed = l.text()
	}
	l.at++
	l.set(l.past[len(l.past)-l.at])
}

func (l *line) newer() {
	switch l.at {
	case 0:
		return
	case 1:
		l.set(l.typed)
	default:
		l.set(l.past[len(l.past)-l.at+1])
	}
	l.at--
}

// recall acts on the keys that go through what was typed before; false for any other action.
func (l *line) recall(a keys.Action) bool {
	switch a {
	case keys.Older:
		l.older()
	case keys.Newer:
		l.newer()
	default:
		return false
	}
	return true
}

// keep is called after an edit of what was before: one of a line that was typed
// earlier goes on as a line of its own, and what was being typed is the newest of the others.
func (l *line) keep(before string) {
	if l.at == 0 || l.text() == before {
		return
	}
	if l.at = 0; l.typed != "" {
		l.past = append(l.past[:len(l.past):len(l.past)], l.typed)
	}
}

// draw is the line behind its prompt, underlined from the byte fault on where that is
// not negative, and the cell of the cursor. What does not fit is cut so that the
// cursor stays in sight.
func (l *line) draw(t *themes.Theme, prompt string, fault, width int) (string, int) {
	text := l.text()
	before := "  " + prompt + clean(text[:l.offset()])
	shown := clean(text)
	if fault >= 0 && shown == text {
		shown = text[:fault] + t.Fault.Render(nonEmptyOr(text[fault:], " "))
	}
	out, cut := "  "+t.Strong.Render(strings.TrimSpace(prompt))+" "+shown, 0
	if !strings.HasSuffix(prompt, " ") {
		out = "  " + t.Strong.Render(prompt) + shown
	}
	if over := cellWidth(before) - width + 2; over > 0 {
		cut = over
	}
	return fit(dropCells(out, cut), width), min(cellWidth(before)-cut, width-1)
}

// drawBeside is draw with what stands at its right, where there is room for both.
func (l *line) drawBeside(t *themes.Theme, prompt string, fault int, right string, width int) (string, int) {
	room := width - cellWidth(right) - 2
	if right == "" || cellWidth(clean(l.text()))+6 > room {
		return l.draw(t, prompt, fault, width)
	}
	drawn, cursor := l.draw(t, prompt, fault, room)
	return sides(drawn, right+" ", width), cursor
}

// remember keeps a typed query.
func (m *Model) remember(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	for i, old := range m.queries {
		if old == text {
			m.queries = append(m.queries[:i:i], m.queries[i+1:]...)
			break
		}
	}
	m.queries = append(m.queries, text)
	m.asked = append(m.asked, text)
}

func (m *Model) pastQueries() []string { return m.queries }
