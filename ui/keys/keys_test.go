package keys

import (
	"slices"
	"strings"
	"testing"
)

// Every preset has one action for each key of each mode, and only keys that every terminal sends.
func TestNoConflicts(t *testing.T) {
	check := func(name string, list []Binding) {
		t.Helper()
		if _, conflicts := build(list, nil); len(conflicts) > 0 {
			t.Errorf("%s: %+v", name, conflicts)
		}
		for _, b := range list {
			for _, k := range b.Keys {
				if !Known(k) {
					t.Errorf("%s: %s has the key %q", name, b.Action, k)
				}
			}
			if b.Does == "" || len(b.Modes) == 0 {
				t.Errorf("%s: %+v", name, b)
			}
		}
	}
	for _, name := range Presets {
		m, ok := Preset(name)
		if !ok {
			t.Fatalf("no preset %s", name)
		}
		check(name, m.bindings)
	}
	if _, problems := Default().With(lessKeys); len(problems) > 0 {
		t.Errorf("%+v", problems)
	}
}

// What stands on a control key, or needs AltGr on some keyboards, has a plain key too.
func TestEveryActionHasAPlainKey(t *testing.T) {
	free := []Action{Repaint, Suspend, HalfDown, HalfUp, Turn}
	for _, mode := range Views {
		for _, b := range Default().Bindings(mode) {
			plain := slices.ContainsFunc(Default().Keys(mode, b.Action), func(k string) bool {
				return !strings.HasPrefix(k, "ctrl+") && !slices.Contains([]string{"@", "[", "]", "{", "}"}, k)
			})
			if !plain && !slices.Contains(free, b.Action) {
				t.Errorf("%s in %s has %v alone", b.Action, mode, b.Keys)
			}
		}
	}
}

func TestUserKeys(t *testing.T) {
	m, problems := Default().With(map[Mode]map[Action][]string{
		Logs:   {Wrap: {"W", "ctrl+w"}, Copy: {"m"}, Mark: {"hyper+x"}, "fly": {"b"}},
		"nest": {Down: {"j"}},
		Help:   {Search: {}},
	})
	if len(problems) != 4 {
		t.Errorf("%+v", problems)
	}
	f := func(mode Mode, key string, want Action) {
		t.Helper()
		if got := m.Action(mode, key); got != want {
			t.Errorf("%s in %s: %q, not %q", key, mode, got, want)
		}
	}
	f(Logs, "W", Wrap)
	f(Logs, "w", "")
	f(Details, "w", Wrap) // another mode
	f(Logs, "m", Mark)    // taken: the copy keeps its own
	f(Logs, "y", Copy)
	f(Help, "/", "")
	if !m.Changed(Logs, Wrap) || m.Changed(Logs, Copy) || m.Changed(Details, Wrap) {
		t.Error("what has changed is not known")
	}
}

func TestGroups(t *testing.T) {
	f := func(a Action, want string) {
		t.Helper()
		if got := Group(a); got != want {
			t.Errorf("%s: %s", a, got)
		}
	}
	f(Down, "move")
	f(PreviousHit, "move")
	f(Trace, "narrow down")
	f(Side, "look")
	f(Save, "keep")
	f(Suspend, "screen")
	f(Turn, "while typing")
}
