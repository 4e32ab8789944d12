package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/keys"
)

// typedCommands are those that take something, or have no key.
func (m *Model) typedCommands() []command {
	plain := func(f func() tea.Cmd) func(string) tea.Cmd { return func(string) tea.Cmd { return f() } }
	return []command{
		{name: "quit", short: "q", does: "leave lx", run: plain(m.quit)},
		{name: "write", short: "w", takes: "FILE", does: "save all records that match: .jsonl .csv .txt .log", words: fileNames,
			run: func(file string) tea.Cmd { return m.save(file, m.scope()) }},
		{name: "save", does: "save what matches into a file", key: m.showKey(keys.Save), run: plain(m.openSave)},
		{name: "filter", takes: "QUERY", does: "filter; without one: the filter bar", key: m.showKey(keys.Filter), loose: true,
			run: m.filterTo, means: func(text string) (string, string) {
				if _, fault := parsed(text); fault != nil {
					return "", fault.Message
				}
				return "filter " + text, ""
			}},
		{name: "trace", takes: "ID", does: "the records of a trace", run: func(id string) tea.Cmd {
			sel := everything()
			sel.extra = same(logs.CoreTrace.Key(), id)
			return m.enter("t", sel)
		}},
		{name: "level", takes: "LEVEL", does: "the least level: trace debug info warn error fatal, or all", key: m.showKey(keys.Level),
			run: m.levelTo, means: func(text string) (string, string) {
				if _, ok := leastLevel(text); !ok {
					return "", text + " is no level: trace debug info warn error fatal, or all"
				}
				return "least level " + text, ""
			}, words: func(text string) []string {
				return beginning([]string{"trace", "debug", "info", "warn", "error", "fatal", "all"}, strings.ToLower(text))
			}},
		{name: "columns", takes: "FIELDS", does: "fields with a column of their own: user.id,host; none: without", loose: true,
			run: m.columnsTo},
		{name: "mouse", takes: "on|off", does: "clicks on rows and bars, or the terminal's own selecting of text", run: m.mouseTo,
			means: func(text string) (string, string) {
				if text != "on" && text != "off" {
					return "", "on or off"
				}
				return "mouse " + text, ""
			}, words: func(text string) []string { return beginning([]string{"on", "off"}, text) }},
		{name: "share", does: "copy the shell command that opens this view again", run: plain(m.share)},
		{name: "theme", takes: "NAME", does: "other colours: " + strings.Join(themes.Names(), " "),
			run: m.themeTo, means: func(text string) (string, string) {
				if t, ok := themes.Named(text); ok {
					return t.Name + ": " + t.About, ""
				}
				return "", "no theme " + text + "; there are " + strings.Join(themes.Names(), " ")
			}, words: func(text string) []string { return beginning(themes.Names(), text) }},
	}
}

// filterTo makes a text the filter; without one it opens the bar.
func (m *Model) filterTo(text string) tea.Cmd {
	if text == "" {
		return m.do(keys.Filter, "")
	}
	n, fault := parsed(text)
	if fault != nil {
		m.notice = m.Theme.Trouble.Render(clean(fault.Message))
		return nil
	}
	m.remember(text)
	sel := m.scope().selection
	sel.query, sel.extra = meaning(n), nil
	return m.choose(sel)
}

// leastLevel is the level of a typed word, 0 for all.
func leastLevel(text string) (logs.Severity, bool) {
	if strings.EqualFold(text, "all") {
		return 0, true
	}
	s, ok := logs.ParseSeverity(text)
	return s.Level().Base(), ok
}

func (m *Model) levelTo(text string) tea.Cmd {
	sel := m.scope().selection
	sel.level, _ = leastLevel(text)
	return m.choose(sel)
}

// columnsTo gives fields a column of their own.
func (m *Model) columnsTo(text string) tea.Cmd {
	m.Columns = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	m.Columns = slices.Compact(m.Columns)
	m.notice = "columns: " + nonEmptyOr(clean(strings.Join(m.Columns, ", ")), "none of their own")
	return nil
}

// themeTo changes the colours.
func (m *Model) themeTo(name string) tea.Cmd {
	t, ok := themes.Named(name)
	if !ok {
		m.notice = m.Theme.Trouble.Render("no theme " + cleanCut(name, 30))
		return nil
	}
	m.Theme, m.inks = t, inksOf(t)
	m.notice = "theme: " + t.Name + m.Theme.Dim.Render(` · theme = "`+t.Name+`" in the configuration keeps it`)
	return nil
}

// mouseTo asks the terminal for clicks, or leaves the mouse to it.
func (m *Model) mouseTo(text string) tea.Cmd {
	m.Mouse = text == "on"
	m.notice = "the mouse is the terminal's: it selects text, the wheel scrolls"
	if m.Mouse {
		m.notice = "clicks go to lx · Shift selects text in most terminals"
	}
	return nil
}
