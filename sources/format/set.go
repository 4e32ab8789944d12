package format

import (
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// A set is the layouts that are tried, in their order.
type set struct {
	list     []layout       // list[0] is plain
	joins    []joining      // of each in list
	wraps    []wrapper      // of each in list; nil where it is none
	level    uint8          // number of levelLayout
	byFirst  [256][]uint8   // numbers in list, in order, by the first byte of a line
	timeless [256][]uint8   // byFirst without layouts that take no line without a time
	programs [256][]uint8   // byFirst without built-in layouts before the general reader
	numbers  map[string]int // by name

	general uint8            // the first layout of the general reader of headers, where all are tried
	kinds   [kindCount]uint8 // the layout of each kind of header
	detects bool             // all built-in layouts are tried, in their order, and none before them

	tried      bool // try was called
	forced     int  // number of the layout that --format names; 0 none
	plainAsked bool // --format plain: nothing counts as not understood
	within     *set // what is tried inside wrappers; nil: the same
}

// newSet puts the layouts in order. The number of a layout is its place in
// order; those of the built-in ones are the same in every set.
func newSet(layouts []layout) *set {
	t := &set{list: append([]layout{plainLayout}, layouts...), numbers: map[string]int{}}
	for n, l := range t.list {
		t.numbers[l.Name()] = n
		t.joins = append(t.joins, l.joins())
		w, _ := l.(wrapper)
		t.wraps = append(t.wraps, w)
	}
	t.level = uint8(t.numbers[levelLayout.id])
	return t
}

// try has the layouts of these numbers tried on lines, in this order.
func (t *set) try(numbers ...int) *set {
	for _, n := range numbers {
		if l, ok := t.list[n].(*stamped); ok && len(numbers) > 1 {
			t.kinds[l.kind] = uint8(n)
			if t.general != 0 {
				continue
			}
			t.general = uint8(n)
		}
		first := t.list[n].starts()
		for c := range 256 {
			if first == "" || contains(first, byte(c)) {
				t.byFirst[c] = append(t.byFirst[c], uint8(n))
			}
		}
	}
	for c := range t.byFirst {
		t.timeless[c] = slices.DeleteFunc(slices.Clone(t.byFirst[c]), func(n uint8) bool { return isTimed(t.list[n]) })
		t.programs[c] = slices.DeleteFunc(slices.Clone(t.byFirst[c]), func(n uint8) bool { return n < t.general })
	}
	if len(numbers) > 0 {
		t.detects = !t.tried && len(numbers) == len(builtin)
		t.tried = true
	}
	return t
}

// startsWithDigit reports whether one of the first bytes is a digit. It is there
// for speed alone: such a line is likely to have a time.
func startsWithDigit(line []byte) bool {
	for _, c := range line[:min(len(line), 8)] {
		if isDigit(c) {
			return true
		}
	}
	return false
}

// isTimed reports whether a layout takes no line without what when.MayHold looks for.
func isTimed(l layout) bool {
	switch l := l.(type) {
	case *header:
		return l.clock
	case *stamped:
		return l.clock
	}
	return false
}

func contains(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}

// scan finds the layout of the record that line begins and its core columns.
// 0: none takes it, f.shape says what the line looks like.
func (t *set) scan(line []byte, s *scanner, f *fields) (layout uint8) {
	*f = fields{}
	if len(line) == 0 {
		f.shape = shapeBlank
		return 0
	}
	// Fast path: records like those read before, which no layout takes that would be tried first.
	if t.detects && line[0] == '{' && s.known(line, f) {
		return innerJSON
	}
	if t.detects && isLetter(line[0]) && s.knownPairs(line, f) {
		return logfmtNumber
	}
	tried := t.byFirst[line[0]]
	switch c := line[0]; {
	case isLetter(c) || isBlank(c):
		if !startsWithDigit(line) && !when.MayHold(line) {
			tried = t.timeless[c]
		}
	case isProgram(line, s):
		if t.detects {
			if k := s.quick(line, f); k != kindNone {
				return t.kinds[k]
			}
		}
		tried = t.programs[c]
	}
	for _, n := range tried {
		// Fast path: one reading says which of the general reader's layouts takes the line.
		if n == t.general && n != 0 {
			if n = t.kinds[s.readStamped(line)]; n == 0 {
				continue
			}
		}
		if t.list[n].scan(line, s, f) {
			return n
		}
	}
	f.shape = shapeOf(line)
	if (f.shape == shapeText || f.shape == shapeIndented) && s.named.fieldLine(line, s) {
		s.named.columns(f)
	}
	scanTraces(line, f)
	return 0
}

// isProgram reports whether line begins with yyyy-mm-dd, a time, and a level or a
// bracket, as programs write: of the built-in layouts those before the general
// reader do not take such a line. It is there for speed alone.
func isProgram(line []byte, s *scanner) bool {
	if len(line) < 30 || line[4] != '-' || line[7] != '-' || !isDigit(line[0]) || line[10] != ' ' && line[10] != 'T' {
		return false
	}
	st, end := s.stampAt(line, 0)
	if !st.ok || end >= len(line) || !isBlank(line[end]) {
		return false
	}
	i := skipBlanks(line, end)
	if i == len(line) || i > end+1 && line[i] == '[' {
		return false
	}
	if line[i] == '[' && line[end] == ' ' {
		last := line[len(line)-1]
		return last != '}' && !isBlank(last)
	}
	balancer := line[10] == 'T' && line[end-1] == 'Z' // AWS's load balancers write a name and an address behind such a time
	if _, n := commonLevel(line[i:]); n > 0 && !balancer {
		return true
	}
	j := token(line, i)
	switch string(line[i:j]) {
	case "INFO", "DEBUG", "WARN", "ERROR", "WARNING", "TRACE", "FATAL", "CRITICAL":
		next := skipBlanks(line, j)
		return !balancer || !isClient(line[next:token(line, next)])
	case "info", "debug", "warn", "error":
		return line[end] == '\t' && j < len(line) && line[j] == '\t'
	}
	return false
}

// Rows hold a format as one number: the layout's own, and that of the layout inside it.
func formatID(layout, inner uint8) logs.FormatID {
	return logs.FormatID(layout)<<8 | logs.FormatID(inner)
}

// name is the format's name: "json", "cri+logfmt", "syslog+json".
func (t *set) name(id logs.FormatID) string {
	name := t.list[id>>8].Name()
	if inner := id & 0xff; inner != 0 {
		name += "+" + t.list[inner].Name()
	}
	return name
}
