package format

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
)

// isPattern reports whether a --format is a pattern and not a name.
func isPattern(format string) bool { return strings.ContainsAny(format, "%(<{ ") }

// maxPattern is how long a pattern may be, in bytes.
const maxPattern = 16 << 10

// pattern is a user's own format: an expression that the first line of a record
// begins with, whose named groups are fields. Lines that it does not match
// belong to the record before them.
type pattern struct {
	re      *regexp.Regexp
	groups  []group
	cores   [logs.CoreSpan + 1][]int // the groups that may be a core field, in order of preference
	date    int                      // groups that together are the time; -1 none
	clock   int
	message int // the group that the body begins with; -1: the whole line is the body
}

// group is a named group of a pattern.
type group struct {
	place  int // in the expression
	field  string
	number bool
}

// newPattern makes a layout of a regular expression (RE2) with named groups, of a
// grok pattern, or of both mixed. The error says which part of text is wrong.
func newPattern(name, text string) (layout, error) {
	if len(text) > maxPattern {
		return nil, fmt.Errorf("the pattern has %d bytes: at most %d", len(text), maxPattern)
	}
	g := grok{}
	if err := g.expand(text, true); err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`\A(?:` + g.out.String() + `)`)
	if err != nil {
		return nil, misplaced(err, text)
	}
	p := &pattern{re: re, date: -1, clock: -1, message: -1}
	for place, group := range g.groups {
		group.place = re.SubexpIndex(groupName(place))
		p.groups = append(p.groups, group)
	}
	if len(p.groups) == 0 {
		return nil, errors.New("the pattern names no field: write (?P<message>.*) or %{GREEDYDATA:message}")
	}
	p.order()
	return &header{id: name, join: joinAll, reason: "its first line matches " + text, parse: p.parse, more: p.more}, nil
}

// misplaced says where in the user's text an error of the expression made of it stands.
func misplaced(err error, text string) error {
	var e *syntax.Error
	if !errors.As(err, &e) {
		return err
	}
	if i := strings.Index(text, e.Expr); i >= 0 && e.Expr != "" {
		return fmt.Errorf("column %d: %s: %s", i+1, e.Code, e.Expr)
	}
	return fmt.Errorf("%s in %s", e.Code, text)
}

// order notes which groups may be core fields.
func (p *pattern) order() {
	for c := logs.CoreTime; c <= logs.CoreSpan; c++ {
		for _, alias := range coreNames(c) {
			for i, g := range p.groups {
				if g.field == alias {
					p.cores[c] = append(p.cores[c], i)
				}
			}
		}
	}
	field := func(name string) int {
		return slices.IndexFunc(p.groups, func(g group) bool { return g.field == name })
	}
	if date, clock := field("date"), field("time"); date >= 0 && clock >= 0 {
		p.date, p.clock = date, clock
	}
	if m := p.cores[logs.CoreMessage]; len(m) > 0 {
		p.message = m[0]
	}
}

// coreNames are the names of a core field in order of preference.
func coreNames(c logs.Core) []string {
	out := slices.Clone(logs.Aliases[c])
	for _, also := range alsoNamed {
		if also.core == c && also.how == howText {
			out = append(out, strings.Fields(also.paths)...)
		}
	}
	return out
}

// text is what a group matched, nil where it took no part.
func (p *pattern) text(line []byte, match []int, group int) []byte {
	at := 2 * p.groups[group].place
	if match[at] < 0 {
		return nil
	}
	return line[match[at]:match[at+1]]
}

func (p *pattern) parse(line []byte, s *scanner, h *head) bool {
	match := p.re.FindSubmatchIndex(line)
	if len(match) == 0 || match[1] == 0 {
		return false
	}
	h.match = match
	h.time = p.stamp(line, match, s)
	for _, i := range p.cores[logs.CoreLevel] {
		text := p.text(line, match, i)
		if severity, ok := readLevel(howText, text); ok {
			h.severity, h.level = severity, text
			break
		}
	}
	first := func(c logs.Core) []byte {
		for _, i := range p.cores[c] {
			if text := p.text(line, match, i); len(text) > 0 {
				return text
			}
		}
		return nil
	}
	h.service, h.host = first(logs.CoreService), first(logs.CoreHost)
	h.trace, h.span = first(logs.CoreTrace), first(logs.CoreSpan)
	if p.message >= 0 {
		at := 2 * p.groups[p.message].place
		if h.body = match[at]; h.body < 0 {
			h.body = match[1]
		} else if match[1] == len(line) {
			h.end = match[at+1] // else what lies behind the match joins the body
		}
	}
	return true
}

// stamp is the time of the first group that can be read as one.
func (p *pattern) stamp(line []byte, match []int, s *scanner) stamp {
	if p.date >= 0 {
		s.scratch = append(append(append(s.scratch[:0], p.text(line, match, p.date)...), ' '), p.text(line, match, p.clock)...)
		if t, ok := s.when.Whole(s.scratch); ok {
			return stamp{t, true}
		}
	}
	for _, i := range p.cores[logs.CoreTime] {
		if t, ok := s.when.Whole(p.text(line, match, i)); ok {
			return stamp{t, true}
		}
	}
	return stamp{}
}

// more adds the groups that are no core fields.
func (p *pattern) more(line []byte, h *head, r *logs.Record) {
	s := borrowScanner()
	defer s.giveBack()
	used := p.used(line, h, s)
	for i, g := range p.groups {
		text := p.text(line, h.match, i)
		if len(text) == 0 || used(i, text) {
			continue
		}
		kind := logs.Text
		if g.number && isNumber(text) {
			kind = logs.Number
		}
		r.Add(g.field, logs.Value{Kind: kind, Str: logs.Borrow(text)})
	}
}

// used tells which groups became core fields.
func (p *pattern) used(line []byte, h *head, s *scanner) func(group int, text []byte) bool {
	timed := -1
	if h.time.ok && p.date < 0 {
		for _, i := range p.cores[logs.CoreTime] {
			if _, ok := s.when.Whole(p.text(line, h.match, i)); ok {
				timed = i
				break
			}
		}
	}
	return func(i int, text []byte) bool {
		switch {
		case i == timed || i == p.message:
			return true
		case h.time.ok && (i == p.date || i == p.clock):
			return true
		}
		for _, core := range [...][]byte{h.level, h.service, h.host, h.trace, h.span} {
			if len(core) == len(text) && len(core) > 0 && &core[0] == &text[0] {
				return true
			}
		}
		return false
	}
}
