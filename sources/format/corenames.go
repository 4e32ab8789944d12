package format

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// A CoreName is a name under which a record that names its fields may hold a core field.
type CoreName struct {
	Path   string // dotted
	Core   logs.Core
	Kept   bool // it remains a field of its own where it is the core field, too
	Number bool // of levels: OpenTelemetry's severity number, which decides where there is one

	how how
}

// CoreNames are the names of a core field as JSON is decoded, in order of
// preference: the first of them that a record has, and whose value can be read,
// is the field. Those that are Number come first.
func CoreNames(c logs.Core) []CoreName { return namesOfCore[c] }

var namesOfCore = func() (out [logs.CoreSpan + 1][]CoreName) {
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		for _, a := range alsoNamed {
			for _, path := range strings.Fields(a.paths) {
				if a.core == coreNumber && c == logs.CoreLevel {
					out[c] = append(out[c], CoreName{Path: path, Core: c, Number: true})
				}
			}
		}
		for _, path := range logs.Aliases[c] {
			n := names.find(nodeRoot, []byte(path))
			out[c] = append(out[c], CoreName{Path: path, Core: c, Kept: n.stays, how: n.how})
		}
		for _, a := range alsoNamed {
			for _, path := range strings.Fields(a.paths) {
				if a.core == c {
					out[c] = append(out[c], CoreName{Path: path, Core: c, Kept: a.stays, how: a.how})
				}
			}
		}
	}
	return out
}()

// Severity reads a value of a name of the level.
func (n CoreName) Severity(text string) (logs.Severity, bool) {
	switch {
	case n.Number:
		k, ok := small([]byte(text))
		return logs.Severity(min(k, 25)), ok && k >= 1 && k <= 24
	case n.how == howMongo:
		return 0, false // as long as the time is not MongoDB's
	}
	return readLevel(n.how, []byte(text))
}

// Words reports whether the name's value may be a level in words, or a letter, and be written in other ways: "[INFO]", "Level.Warn".
func (n CoreName) Words() bool { return n.how == howText && !n.Number }

// Logger reports whether the value is the name of a logger, which is a service only where it is like a word.
func (n CoreName) Logger() bool { return n.how == howLogger }

// Within reports whether the value of a trace's name is more than the id: its last part, behind "/traces/".
func (n CoreName) Within() bool { return n.how == howPath }
