package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/ui/keys"
)

// saveBox is where the file is named that gets all records that match.
type saveBox struct {
	line
	tabbing
	of *scope // nil: the one on the screen
}

func (m *Model) openSave() tea.Cmd {
	if m.saving != nil {
		m.notice = "one file is being saved already · Ctrl-c stops"
		return nil
	}
	b := &saveBox{}
	b.set(m.proposedName(m.scope().node()))
	m.box = b
	return nil
}

// proposedName is a file's name for what is selected: payment-20261121-1412.jsonl.
func (m *Model) proposedName(of query.Node) string {
	name := ""
	for _, c := range query.Conditions(of) {
		if is, ok := c.(*query.Is); ok && (is.Field.Name == "service" || is.Field.Name == logs.CoreService.Key()) {
			name = is.Value.Text
		}
	}
	if name == "" && len(m.health) == 1 && m.health[0].Source != "-" {
		name, _, _ = strings.Cut(shortName(m.health[0].Source), ".")
	}
	name = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, name)
	return nonEmptyOr(name[:min(len(name), 40)], "records") + m.Now().In(m.zone()).Format("-20060102-1504") + ".jsonl"
}

func (b *saveBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	action := m.Keys.Action(keys.Text, k.String())
	switch action {
	case keys.Apply:
		m.box = nil
		return m.save(strings.TrimSpace(b.text()), b.scope(m))
	case keys.Cancel:
		m.box = nil
	case keys.Complete, keys.Uncomplete:
		by, text := 1, b.text()
		if action == keys.Uncomplete {
			by = -1
		}
		return b.tab(&b.line, by, "", func() []string { return fileNames(text) })
	default:
		if b.edit(k.String(), k.Text) {
			b.reset()
		}
	}
	return nil
}

// insert takes what was pasted.
func (b *saveBox) insert(text string) {
	b.line.insert(text)
	b.reset()
}

// scope is what is saved.
func (b *saveBox) scope(m *Model) *scope {
	if b.of != nil {
		return b.of
	}
	return m.scope()
}

func (b *saveBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "save to ", -1, width)
}

func (b *saveBox) footer(m *Model) []hint {
	what := ""
	if s := b.scope(m); b.of != nil {
		what = "all records "
	} else if matched, _, ok := s.tally.matched(s.level); ok {
		what = matched.String() + " records "
	}
	kind, err := output.KindOfFile(b.text())
	form := map[output.Kind]string{output.JSONL: "as JSON, one a line", output.CSV: "as CSV", output.Text: "as lines", output.Raw: "as the bytes that came"}[kind]
	switch {
	case b.none:
		form = "no file begins like this"
	case err != nil:
		form = m.Theme.Trouble.Render(clean(err.Error()))
	}
	return []hint{{"Enter", what + form}, {"Tab", "complete"}, {"Esc", "close"}, {"", ".jsonl .csv .txt .log"}}
}
