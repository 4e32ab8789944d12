package keys

import (
	"fmt"
	"slices"
	"strings"
)

// A Map is what keys do. It does not change.
type Map struct {
	bindings []Binding
	actions  map[Mode]map[string]Action
	modes    map[Mode][]Binding
	footers  map[Mode][]Binding
	changed  map[Mode]map[Action]bool
}

// Presets are the names that Preset knows.
var Presets = []string{"default", "less"}

// Default is the map without any change.
func Default() *Map {
	m, _ := build(table(), nil)
	return m
}

// Preset returns a map by name.
func Preset(name string) (*Map, bool) {
	switch name {
	case "", "default":
		return Default(), true
	case "less":
		m, _ := Default().With(lessKeys)
		m.changed = nil
		return m, true
	}
	return nil, false
}

// A Problem is a change that cannot be: of a mode, an action or a key that is not known, or a key with two actions.
type Problem struct {
	Mode   Mode
	Action Action
	Key    string // "" where not a key is wrong
	Text   string
}

// With returns the map with other keys for some actions; each list replaces all
// keys of its action in that mode, and an empty one takes them away. What has a
// problem is left as it was.
func (m *Map) With(change map[Mode]map[Action][]string) (*Map, []Problem) {
	var problems []Problem
	list := slices.Clone(m.bindings)
	changed := map[Mode]map[Action]bool{}
	for _, mode := range sortedKeys(change) {
		if !slices.Contains(append(slices.Clone(Views), Text), mode) {
			problems = append(problems, Problem{Mode: mode, Text: fmt.Sprintf("no such mode: %s", mode)})
			continue
		}
		for _, action := range sortedKeys(change[mode]) {
			keys := change[mode][action]
			if p := m.wrong(mode, action, keys); p != nil {
				problems = append(problems, *p)
				continue
			}
			list = rebind(list, mode, action, keys)
			if changed[mode] == nil {
				changed[mode] = map[Action]bool{}
			}
			changed[mode][action] = true
		}
	}
	out, conflicts := build(list, changed)
	if len(conflicts) == 0 {
		return out, problems
	}
	// An action whose keys are taken twice keeps those it had; nothing that was named for it is done.
	rest := map[Mode]map[Action][]string{}
	for mode, actions := range changed {
		rest[mode] = map[Action][]string{}
		for action := range actions {
			keys := change[mode][action]
			bad := slices.ContainsFunc(conflicts, func(p Problem) bool { return p.Mode == mode && slices.Contains(keys, p.Key) })
			if !bad {
				rest[mode][action] = keys
			}
		}
	}
	out, more := m.With(rest)
	return out, append(append(problems, conflicts...), more...)
}

// wrong says what of a change cannot be.
func (m *Map) wrong(mode Mode, action Action, keys []string) *Problem {
	if !slices.ContainsFunc(m.bindings, func(b Binding) bool { return b.Action == action && slices.Contains(b.Modes, mode) }) {
		return &Problem{Mode: mode, Action: action, Text: fmt.Sprintf("no such action in %s: %s", mode, action)}
	}
	for _, k := range keys {
		if !Known(k) {
			return &Problem{Mode: mode, Action: action, Key: k, Text: fmt.Sprintf("no such key: %s", k)}
		}
	}
	return nil
}

// rebind gives an action other keys in one mode.
func rebind(list []Binding, mode Mode, action Action, keys []string) []Binding {
	var out []Binding
	done := false
	for _, b := range list {
		if b.Action != action || !slices.Contains(b.Modes, mode) {
			out = append(out, b)
			continue
		}
		if others := slices.DeleteFunc(slices.Clone(b.Modes), func(o Mode) bool { return o == mode }); len(others) > 0 {
			rest := b
			rest.Modes = others
			out = append(out, rest)
		}
		if !done {
			b.Modes, b.Keys, done = []Mode{mode}, keys, true
			out = append(out, b)
		}
	}
	return out
}

// build makes the map of bindings; a conflict is two actions on one key in one mode: the first stays.
func build(list []Binding, changed map[Mode]map[Action]bool) (*Map, []Problem) {
	m := &Map{bindings: list, actions: map[Mode]map[string]Action{}, modes: map[Mode][]Binding{}, footers: map[Mode][]Binding{}, changed: changed}
	var conflicts []Problem
	for _, b := range list {
		for _, mode := range b.Modes {
			if len(b.Keys) > 0 {
				m.modes[mode] = append(m.modes[mode], b)
			}
			if m.actions[mode] == nil {
				m.actions[mode] = map[string]Action{}
			}
			for _, k := range b.Keys {
				if other, taken := m.actions[mode][k]; taken && other != b.Action {
					conflicts = append(conflicts, Problem{mode, b.Action, k, fmt.Sprintf("%s does two things in %s: %s and %s", k, mode, other, b.Action)})
					continue
				}
				m.actions[mode][k] = b.Action
			}
		}
	}
	for mode, bindings := range m.modes {
		m.footers[mode] = footer(bindings)
	}
	return m, conflicts
}

// Action is what a key does in a mode; "" for nothing.
func (m *Map) Action(mode Mode, key string) Action { return m.actions[mode][key] }

// Bindings are those of a mode, in the order of the table. They are not to be changed.
func (m *Map) Bindings(mode Mode) []Binding { return m.modes[mode] }

// Keys are those of an action in a mode, the one to show first.
func (m *Map) Keys(mode Mode, action Action) (out []string) {
	for _, b := range m.Bindings(mode) {
		if b.Action == action {
			out = append(out, b.Keys...)
		}
	}
	return out
}

// Changed reports whether the user has given the action other keys in the mode.
func (m *Map) Changed(mode Mode, action Action) bool { return m.changed[mode][action] }

// Footer are the bindings of a mode that the footer names, the most telling first. They are not to be changed.
func (m *Map) Footer(mode Mode) []Binding { return m.footers[mode] }

func footer(of []Binding) []Binding {
	out := slices.DeleteFunc(slices.Clone(of), func(b Binding) bool { return b.Short == "" || b.Weight == 0 })
	slices.SortStableFunc(out, func(a, b Binding) int { return b.Weight - a.Weight })
	return out
}

// Group is the heading under which help shows an action.
func Group(a Action) string {
	name, at := "", map[string]bool{}
	for _, b := range table() {
		for _, g := range groups {
			if g.first == b.Action && !at[g.name] {
				at[g.name], name = true, g.name
			}
		}
		if b.Action == a {
			return name
		}
	}
	return name
}

var named = []string{"up", "down", "left", "right", "home", "end", "pgup", "pgdown", "space", "enter", "esc", "tab", "shift+tab", "backspace", "delete", "insert"}

// taken are control keys that are other keys on the wire, that stop the terminal or that are the prefix of screen and tmux.
var taken = []string{"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "ctrl+q"}

// Known reports whether a key can be pressed on every terminal and goes by that name.
func Known(key string) bool {
	if slices.Contains(named, key) {
		return true
	}
	if rest, ctrl := strings.CutPrefix(key, "ctrl+"); ctrl {
		return len(rest) == 1 && rest[0] >= 'a' && rest[0] <= 'z' && !slices.Contains(taken, key)
	}
	r := []rune(key)
	return len(r) == 1 && r[0] > ' ' && r[0] != 0x7f
}

// Show is a key as help writes it: Ctrl-d, PgDn, Space.
func Show(key string) string {
	special := map[string]string{"pgdown": "PgDn", "pgup": "PgUp", "shift+tab": "Shift-Tab"}
	if s, ok := special[key]; ok {
		return s
	}
	if rest, ctrl := strings.CutPrefix(key, "ctrl+"); ctrl {
		return "Ctrl-" + rest
	}
	if slices.Contains(named, key) {
		return strings.ToUpper(key[:1]) + key[1:]
	}
	return key
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
