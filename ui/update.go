package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// A box has the keys while something is typed or asked: the filter bar, the
// search, a question. It stands in place of the status line and the footer.
type box interface {
	// key acts on a key, and takes itself away when it is done.
	key(m *Model, k tea.KeyPressMsg) tea.Cmd
	// status is the line above the footer, and the cell of the cursor in it; -1 for none.
	status(m *Model, width int) (line string, cursor int)
	// footer names the keys that matter now, the first the most.
	footer(m *Model) []hint
}

// A popup draws lines over the end of the body, above the status line.
type popup interface {
	over(m *Model, width, height int) []string
}

// A placed popup covers no more of the lines than it needs.
type placed interface {
	popup
	// indent is the cell at which its lines begin.
	indent(width int) int
}

// hint is one key of the footer.
type hint struct{ key, does string }

// Update implements tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
		return m, m.refresh()
	case loadedMsg:
		return m, m.took(msg)
	case tallyMsg:
		return m, m.counted(msg)
	case tallyDueMsg:
		return m, m.due(msg.scope)
	case changedMsg:
		return m, m.changed()
	case tea.PasteMsg:
		return m, m.paste(msg.Content)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.MouseMsg:
		return m, m.mouse(msg)
	case hitCountMsg:
		m.search.counted(msg)
	case asked:
		return m, msg.answer(m)
	}
	return m, nil
}

// asked is what a command of a view, or of a box, came to.
type asked interface{ answer(m *Model) tea.Cmd }

func (m *Model) resize(width, height int) {
	m.width, m.height = max(width, 1), max(height, 1)
	for _, l := range m.layers {
		l.scope.list.Resize(m.listHeight())
	}
}

// key gives a key to whoever has the keys.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	if k.Mod.Contains(tea.ModAlt) || k.Mod.Contains(tea.ModMeta) {
		return nil // no meaning in the timing of Esc
	}
	m.notice = ""
	name := k.String()
	if m.box != nil {
		if name == "ctrl+c" {
			m.interrupted = m.Now() // it closes the box; another one quits
		}
		return m.box.key(m, k)
	}
	switch {
	case name == "ctrl+c":
		return m.interrupt()
	case name == "ctrl+t" && m.search.running() && m.asks():
		return m.filterBySearch()
	}
	if v, ok := m.top().view.(interface {
		key(*Model, tea.KeyPressMsg) (tea.Cmd, bool)
	}); ok {
		if cmd, done := v.key(m, k); done {
			return cmd
		}
	}
	return m.do(m.Keys.Action(m.mode(), name), name)
}

// mode is where keys have their meaning now.
func (m *Model) mode() keys.Mode {
	switch {
	case m.paneFocused():
		return keys.Details
	case m.strip.focused && m.top().view.mode() == keys.Logs:
		return keys.Strip
	}
	return m.top().view.mode()
}

// do acts on an action: what holds in every view here, all else in the view.
func (m *Model) do(a keys.Action, key string) tea.Cmd {
	switch a {
	case "":
		return nil
	case keys.Repaint:
		return tea.ClearScreen
	case keys.Suspend:
		return tea.Suspend
	case keys.Close:
		return m.leave(key)
	case keys.Again:
		return m.again()
	case keys.Filter:
		return m.openFilter()
	case keys.Level:
		m.box = levelPrompt(m)
		return nil
	case keys.Range:
		m.box = rangePrompt(m)
		return nil
	case keys.Back:
		return m.travel(&m.past, &m.future)
	case keys.Forward:
		return m.travel(&m.future, &m.past)
	case keys.Time:
		m.times = (m.times + 1) % timeDisplays
		m.notice = "times: " + m.times.String()
		return nil
	case keys.Palette:
		return m.openPalette()
	case keys.Save:
		return m.openSave()
	case keys.HelpFor:
		return m.openHelp()
	case keys.ShowLogs:
		return m.show(&logsView{})
	case keys.ShowHistogram:
		return m.show(&histogram{})
	case keys.ShowLevels:
		return m.show(newLevels())
	case keys.ShowFields:
		return m.show(newFields())
	case keys.ShowSources:
		return m.show(newSources())
	case keys.ShowBookmarks:
		return m.show(newBookmarks())
	}
	if m.mode() != keys.Bookmarks {
		switch a {
		case keys.Mark:
			return m.toggleMark()
		case keys.Note:
			return m.openNote()
		case keys.NextMark, keys.PreviousMark:
			return m.nextMark(a == keys.NextMark)
		}
	}
	switch {
	case m.paneFocused():
		return m.pane.do(m, a)
	case m.mode() == keys.Strip:
		return m.strip.do(m, a)
	}
	return m.top().view.do(m, a)
}

// leave closes the top layer, or what stands beside it; q at the root quits.
func (m *Model) leave(key string) tea.Cmd {
	switch {
	case m.paneFocused():
		m.pane.focused = false
		return nil
	case m.mode() == keys.Strip:
		m.strip.focused = false
		return nil
	case m.closing():
		return nil
	case m.close():
		return m.refresh()
	case key == "q":
		return m.quit()
	case len(m.Banners) > 0:
		m.Banners = m.Banners[1:]
		return nil
	}
	m.notice = m.showKey(keys.Everything) + " all records · " + m.showKey(keys.Filter) + " filter · " + m.showKey(keys.Close, "q") + " quit"
	return nil
}

// closing lets the top view close something of its own first.
func (m *Model) closing() bool {
	v, ok := m.top().view.(interface{ closing(m *Model) bool })
	return ok && v.closing(m)
}

// interrupt is Ctrl-c outside of boxes: it gives up what somebody waits for; twice it quits.
func (m *Model) interrupt() tea.Cmd {
	now := m.Now()
	again := now.Sub(m.interrupted) < twice
	m.interrupted = now
	switch {
	case m.saving != nil && !m.saving.stopped:
		m.saving.stopped = true
		m.saving.cancel()
	case again:
		return tea.Quit
	case m.search.running():
		m.search.stop()
		m.notice = "search stopped · Ctrl-c again quits"
	case m.waiting():
		return m.giveUp()
	default:
		m.notice = "Ctrl-c again quits"
	}
	return nil
}

// twice is how far apart two presses of Ctrl-c may be.
const twice = 2 * time.Second

// showKey is the key of an action here, as help writes it; one of its keys may be asked for.
func (m *Model) showKey(a keys.Action, wanted ...string) string {
	for i, k := range m.Keys.Keys(m.mode(), a) {
		if len(wanted) == 0 && i == 0 || len(wanted) > 0 && k == wanted[0] {
			return keys.Show(k)
		}
	}
	return ""
}

// paste puts text into the box that is open, or opens the filter bar with it: what is pasted never runs as keys.
func (m *Model) paste(text string) tea.Cmd {
	if b, ok := m.box.(interface{ insert(string) }); ok {
		b.insert(oneLine(text))
		if b, ok := m.box.(typed); ok {
			return b.edited(m)
		}
		return nil
	}
	if m.box != nil || m.mode() == keys.Open {
		return nil // a question is answered by a key, and there is nothing to filter yet
	}
	return m.pasteFilter(oneLine(text))
}
