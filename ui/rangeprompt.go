package ui

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/ui/keys"
	"github.com/lxlog/lx/when"
)

// lasts are the ranges that end now, by letter.
var lasts = []struct {
	key string
	of  time.Duration
}{
	{"a", time.Minute}, {"b", 5 * time.Minute}, {"c", 15 * time.Minute}, {"d", 30 * time.Minute},
	{"e", time.Hour}, {"f", 3 * time.Hour}, {"g", 12 * time.Hour}, {"h", 24 * time.Hour},
}

// rangePrompt asks for the range of time: by letter, or typed.
func rangePrompt(m *Model) *prompt {
	p := &prompt{title: "last"}
	for _, l := range lasts {
		p.choices = append(p.choices, choice{l.key, strings.NewReplacer(" min", "m", " ", "").Replace(length(l.of)), func() tea.Cmd {
			sel := m.scope().selection
			sel.last, sel.from, sel.to = l.of, logs.NoTime, logs.NoTime
			return m.choose(sel)
		}})
	}
	p.choices = append(p.choices, choice{"x", "all", func() tea.Cmd {
		sel := m.scope().selection
		sel.last, sel.from, sel.to = 0, logs.NoTime, logs.NoTime
		return m.choose(sel)
	}}, choice{"t", "typed", func() tea.Cmd {
		m.box = &rangeBox{}
		return nil
	}})
	p.other = func(m *Model, k tea.KeyPressMsg) (tea.Cmd, bool) {
		if k.Text == "" || !strings.ContainsAny(k.Text, "0123456789-y") {
			return nil, false
		}
		b := &rangeBox{}
		m.box = b
		return b.key(m, k), true
	}
	return p
}

// rangeBox is where a range is typed: FROM, or FROM to TO. What it means is shown before it is applied.
type rangeBox struct{ line }

func (b *rangeBox) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch m.Keys.Action(keys.Text, k.String()) {
	case keys.Apply:
		from, to, err := b.times(m)
		if err != nil {
			return nil
		}
		m.box = nil
		sel := m.scope().selection
		sel.last, sel.from, sel.to = 0, from, to
		return m.choose(sel)
	case keys.Cancel:
		m.box = nil
		return nil
	}
	b.edit(k.String(), k.Text)
	return nil
}

// times are what the text means; an end that is not typed is open.
func (b *rangeBox) times(m *Model) (from, to int64, err error) {
	first, second, two := strings.Cut(b.text(), " to ")
	if !two {
		first, second, two = strings.Cut(b.text(), "/")
	}
	at, err := when.Typed(strings.TrimSpace(first), m.Now(), m.zone())
	if err != nil {
		return 0, 0, err
	}
	from, to = at.From, logs.NoTime
	if two && strings.TrimSpace(second) != "" {
		end, err := when.Typed(strings.TrimSpace(second), m.Now(), m.zone())
		if err != nil {
			return 0, 0, err
		}
		if to = end.To; to < from {
			return 0, 0, errors.New("it ends before it begins")
		}
	}
	return from, to, nil
}

func (b *rangeBox) status(m *Model, width int) (string, int) {
	return b.draw(m.Theme, "since ", -1, width)
}

func (b *rangeBox) footer(m *Model) []hint {
	from, to, err := b.times(m)
	switch {
	case b.text() == "":
		return []hint{{"", "14:05   14:05 to 14:20   -30m   yesterday 09:00"}, {"Esc", "close"}}
	case err != nil:
		return []hint{{"", m.Theme.Trouble.Render(clean(err.Error()))}, {"Esc", "close"}}
	}
	text := time.Unix(0, from).In(m.zone()).Format("2006-01-02 15:04:05 -07:00")
	if to != logs.NoTime {
		text += " to " + time.Unix(0, to).In(m.zone()).Format("2006-01-02 15:04:05 -07:00")
	}
	return []hint{{"Enter", "since " + text}, {"Esc", "close"}}
}
