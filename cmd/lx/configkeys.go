package main

import (
	"errors"
	"maps"
	"slices"

	"github.com/lxlog/lx/ui/keys"
)

var keysSettings = []setting[keysConfig]{
	{"preset", "Keys: default, or less for those who have its keys in their fingers. `lx keys` shows them all.", "", func(k *keysConfig) any { return &k.Preset }, func(_ *config, text string) error {
		if slices.Contains(keys.Presets, text) {
			return nil
		}
		return noSuch("preset", text, keys.Presets)
	}},
}

// readKeys reads [keys] and its tables, and makes the map of what is right in them.
func (r *configReader) readKeys() {
	before := len(r.faults) + r.more
	defer func() { r.wrongKeys = len(r.faults)+r.more > before }()
	if table, ok := r.file.tree["keys"].(map[string]any); ok {
		top, modes := map[string]any{}, map[string]any{}
		for name, value := range table {
			if _, isTable := value.(map[string]any); isTable {
				modes[name] = value
			} else {
				top[name] = value
			}
		}
		fill(r, top, []string{"keys"}, keysSettings, &r.Keys)
		r.tables("keys", modes, r.keysOfMode)
	} else if value := r.file.tree["keys"]; value != nil {
		r.wrong([]string{"keys"}, errors.New("a table is wanted, [keys], not "+kind(value)))
	}
	preset, _ := keys.Preset(r.Keys.Preset)
	m, problems := preset.With(r.Keys.Change)
	r.keymap = m
	for _, p := range problems {
		r.wrongKey(p)
	}
}

func (r *configReader) keysOfMode(name string, table map[string]any, path []string) {
	actions := map[keys.Action][]string{}
	for _, action := range slices.Sorted(maps.Keys(table)) {
		at := append(slices.Clone(path), action)
		list, err := texts(table[action])
		if err != nil {
			r.wrong(at, err)
			continue
		}
		actions[keys.Action(action)] = list
		r.given = append(r.given, given{at, &list}) // unless wrongKey takes it back
	}
	r.Keys.Change[keys.Mode(name)] = actions
}

// wrongKey notes a problem of the map where the file makes it.
func (r *configReader) wrongKey(p keys.Problem) {
	path := []string{"keys", string(p.Mode)}
	actions := r.Keys.Change[p.Mode]
	action := p.Action
	if _, given := actions[action]; !given && p.Key != "" { // the other action of a conflict
		for _, a := range slices.Sorted(maps.Keys(actions)) {
			if slices.Contains(actions[a], p.Key) {
				action = a
			}
		}
	}
	var words []string
	name := string(p.Mode)
	if p.Action == "" {
		words = modeNames()
	} else {
		path = append(path, string(action))
		name = string(p.Action)
		for _, b := range keys.Default().Bindings(p.Mode) {
			words = append(words, string(b.Action))
		}
	}
	if near := nearest(name, words); p.Key == "" && near != "" {
		p.Text += "; did you mean " + near + "?"
	}
	r.refuse(path, errors.New(p.Text))
}
