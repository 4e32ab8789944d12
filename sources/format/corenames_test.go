package format

import (
	"encoding/json"
	"testing"

	"github.com/lxlog/lx/logs"
)

// A record that has all names of a core field takes the first, and the next one where that is gone.
func TestCoreNamesAreInOrder(t *testing.T) {
	for c := logs.CoreMessage; c <= logs.CoreSpan; c++ {
		if c == logs.CoreTrace {
			continue // its values differ by name
		}
		all := CoreNames(c)
		for i := range all {
			doc := map[string]string{}
			for _, n := range all[i:] {
				if !n.Number {
					doc[n.Path] = "qq" + string(rune('a'+len(doc)))
				}
			}
			if all[i].Number || all[i].how == howMongo || c == logs.CoreLevel && !all[i].Words() {
				continue
			}
			text, _ := json.Marshal(doc)
			r := &logs.Record{}
			r.Reset()
			jsonLines{}.Decode(text, r)
			if got, _ := r.Core(c); got.Str != doc[all[i].Path] {
				t.Errorf("%s: %q of %s", all[i].Path, got.Str, text)
			}
		}
	}
}

func TestCoreNameSeverity(t *testing.T) {
	f := func(path, text string, want logs.Severity) {
		t.Helper()
		for _, n := range CoreNames(logs.CoreLevel) {
			if n.Path == path {
				if got, _ := n.Severity(text); got != want {
					t.Errorf("%s %s: %d", path, text, got)
				}
				return
			}
		}
		t.Errorf("no %s", path)
	}
	f("level", "[Warn]", logs.Warn)
	f("level", "50", logs.Error)
	f("PRIORITY", "3", logs.Error)
	f("levelno", "40", logs.Error)
	f("level_value", "40000", logs.Error)
	f("severity_number", "18", logs.Error+1)
	f("s", "E", 0)
}
