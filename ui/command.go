package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/ui/keys"
)

// A command is something that the palette can do.
type command struct {
	name  string // by which it is typed
	takes string // what it takes, for people: FILE; "" for nothing
	short string // another name; "": none
	does  string
	key   string // that does the same, as help writes it

	// run does it. says tells, before Enter, what an argument comes to; fault what is wrong with it.
	run   func(arg string) tea.Cmd
	means func(arg string) (says, fault string)
	words func(arg string) []string // that complete its argument
	loose bool                      // what it takes may be left out
}

func (c *command) is(name string) bool { return name == c.name || c.short != "" && name == c.short }

// title is its name with what it takes.
func (c *command) title() string {
	name := c.name
	if c.short != "" {
		name = c.short + ", " + name
	}
	if c.takes != "" {
		name += " " + c.takes
	}
	return name
}

// typed is what one types of it.
func (c *command) typed() string {
	if c.takes != "" {
		return c.name + " "
	}
	return c.name
}

// A reading is what a typed command comes to.
type reading struct {
	run      func() tea.Cmd // nil: something is missing
	says     string         // what Enter does
	fault    string         // what is wrong
	complete string         // what is to stand in the box where something is missing
}

// palette lists the commands of a mode: those that are typed, then its actions.
func (m *Model) palette(mode keys.Mode) []command {
	out := m.typedCommands()
	if mode == keys.Open { // there are no records yet
		out = slices.DeleteFunc(out, func(c command) bool { return c.name != "quit" && c.name != "theme" && c.name != "mouse" })
	}
	known := map[keys.Action]bool{keys.Palette: true, keys.Apply: true}
	for i := range out {
		known[keys.Action(out[i].name)] = true
	}
	for _, b := range m.Keys.Bindings(mode) {
		if known[b.Action] {
			continue
		}
		known[b.Action] = true
		key := keys.Show(b.Keys[0])
		out = append(out, command{name: string(b.Action), does: b.Does, key: key, run: func(string) tea.Cmd { return m.do(b.Action, "") }})
	}
	return out
}

// meant is what the text of the box comes to, or what is chosen in the list.
func (b *paletteBox) meant(m *Model, text string) reading {
	name, arg, _ := strings.Cut(text, " ")
	arg = strings.TrimSpace(arg)
	if b.choice >= 0 {
		return b.found[b.choice].with("")
	}
	for i := range b.all {
		if b.all[i].is(name) && (arg == "" || b.all[i].takes != "") {
			return b.all[i].with(arg)
		}
	}
	if r, ok := m.destination(text); ok {
		return r
	}
	if arg == "" && len(b.found) > 0 {
		return b.found[0].with("")
	}
	for _, c := range b.found {
		if c.takes != "" && strings.HasPrefix(c.name, name) {
			return c.with(arg)
		}
	}
	return reading{fault: "no such command: " + cleanCut(text, 30) + " · Tab shows what there is"}
}

// with is the command with what is typed behind it.
func (c command) with(arg string) reading {
	if c.takes != "" && arg == "" && !c.loose {
		return reading{complete: c.name + " ", says: c.name + " " + c.takes}
	}
	r := reading{run: func() tea.Cmd { return c.run(arg) }, says: c.does, complete: c.name}
	if c.means != nil && arg != "" {
		if r.says, r.fault = c.means(arg); r.says == "" {
			r.says = c.does
		}
	}
	return r
}

// ranked are the commands that fit what is typed, the best first: by name whole, by
// its beginning, by the beginnings of its words, by words of what it does, by letters in order.
func ranked(all []command, text string) []command {
	text = strings.ToLower(strings.TrimLeft(text, ": "))
	name, _, more := strings.Cut(text, " ")
	type scored struct {
		command
		score int
	}
	var found []scored
	for _, c := range all {
		of := fits(&c, text)
		if more {
			of = max(of, fits(&c, name)/2)
			if c.is(name) {
				of = 100
			}
		}
		if of > 0 {
			found = append(found, scored{c, of})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return b.score - a.score })
	out := make([]command, len(found))
	for i := range found {
		out[i] = found[i].command
	}
	return out
}

// fits is how well a command fits, 0 for not at all.
func fits(c *command, text string) int {
	switch {
	case text == "":
		return 1
	case c.is(text):
		return 100
	case strings.HasPrefix(c.name, text):
		return 80
	case wordsBegin(strings.FieldsFunc(c.name, func(r rune) bool { return r == '-' }), text):
		return 60
	case wordsBegin(strings.Fields(strings.ToLower(c.does)), text):
		return 40
	case inOrder(c.name, text):
		return 20
	}
	return 0
}

// wordsBegin reports whether each typed word begins one of the words.
func wordsBegin(words []string, text string) bool {
	for typed := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '-' }) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
			return false
		}
	}
	return true
}

// inOrder reports whether the letters of text stand in name in their order.
func inOrder(name, text string) bool {
	rest := []rune(text)
	for _, r := range name {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}
