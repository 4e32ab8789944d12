package query

import (
	"strings"
	"unicode/utf8"
)

// Place is what may be written at a place of a query.
type Place uint8

const (
	Nowhere Place = iota // nothing to propose: in a regular expression, behind a bracket
	AtField              // a condition begins: a field's name, free text, "not"
	AtValue              // a value of Completion.Field
	Behind               // a condition ends, or a field's name: an operator, "and", "or"
)

// A Completion is where a cursor stands in a text that need not be a query yet.
type Completion struct {
	Place    Place
	Field    string // AtValue: whose value, with the names of nested ones before it; Behind: the word before, which may be a field
	Path     string // AtField: the nested fields around, with a dot behind each
	Prefix   string // what is typed of it before the cursor, escapes resolved
	From, To int    // the bytes of the text that a choice replaces: the word at the cursor
	Quoted   bool   // the cursor stands in quotes
	Compared bool   // AtValue: behind > >= < <=
	Operator bool   // an operator stands behind To
}

// Complete says what may be written at the cursor, a byte offset, which is moved
// to the start of a character and into the text. Of text behind the cursor, the
// word that it touches alone counts. Work grows with the length of the text.
func Complete(text string, cursor int) Completion {
	cursor = boundary(text, cursor)
	c := Completion{From: cursor, To: cursor}
	if len(text) > MaxBytes {
		return c
	}
	r := reader{text: text, head: text[:cursor], out: c, state: AtField}
	for r.step() {
	}
	return r.out
}

// boundary is the start of the character that at lies in.
func boundary(text string, at int) int {
	at = max(0, min(at, len(text)))
	for back := 0; back < utf8.UTFMax && at > 0 && at < len(text) && !utf8.RuneStart(text[at]); back++ {
		at--
	}
	return at
}

// A reader goes over the text before the cursor as a parser does, but takes a
// fault as if what is missing stood there.
type reader struct {
	text, head string // head ends at the cursor
	pos        int
	state      Place  // what is expected at pos
	field      string // whose values come
	compared   bool   // behind a comparison
	groups     []group
	out        Completion
}

// maxNested is how long the names of nested fields may be together, in bytes.
const maxNested = 1000

// A group is what stands in brackets that are open.
type group struct {
	state Place  // what it is made of
	field string // AtValue: whose values
	path  string // of the nested fields around
}

func (r *reader) group() group {
	if n := len(r.groups); n > 0 {
		return r.groups[n-1]
	}
	return group{state: AtField}
}

// step goes over one token; false once the cursor is reached, and out is known.
func (r *reader) step() bool {
	from := r.pos
	r.pos = skipSpace(r.head, r.pos)
	if r.pos == len(r.head) {
		if r.state != Behind || r.pos > from {
			r.at(r.state, "", r.pos)
		}
		return false
	}
	switch c := r.head[r.pos]; {
	case c == '(' || c == '{':
		return r.open(c)
	case c == ')' || c == '}':
		if n := len(r.groups); n > 0 {
			r.groups = r.groups[:n-1]
		}
		r.state, r.field = Behind, ""
		r.pos++
	case c == ':' || c == '<' || c == '>':
		r.operator(c)
	case c == '"':
		return r.quoted()
	case r.state == Behind && conjunction(r.head, r.pos):
		if keyword(r.head, r.pos, "or") {
			r.pos += len("or")
		} else {
			r.pos += len("and")
		}
		r.begin()
	case r.state != Behind && negation(r.head, r.pos):
		r.pos += len("not")
	case c == '/' && r.state != Behind && !r.compared:
		if end, ok := r.regexpEnd(); ok {
			r.pos, r.state, r.field = min(end, len(r.head)), Behind, ""
			return end < len(r.head)
		}
		return r.literal()
	default:
		return r.literal()
	}
	return true
}

// regexpEnd is where the regular expression at pos ends, behind the cursor or before it.
func (r *reader) regexpEnd() (int, bool) {
	near := min(len(r.text), r.pos+maxRegexp+len("//"))
	_, end, ok := scanRegexp(r.text[:near], r.pos)
	return end, ok && (end < near || near == len(r.text) || regexpEnds(r.text, end))
}

// begin goes on to the next item of the group.
func (r *reader) begin() {
	g := r.group()
	r.state, r.field, r.compared = g.state, g.field, false
}

func (r *reader) open(c byte) bool {
	if len(r.groups) == MaxDepth || len(r.field) > maxNested {
		return false
	}
	g := group{state: r.state, field: r.field, path: r.group().path}
	if c == '{' {
		g = group{state: AtField, path: r.field + "."}
	} else if r.state != AtValue {
		g.state = AtField
	}
	r.groups = append(r.groups, g)
	r.pos++
	r.begin()
	return true
}

// operator goes over the one that follows a field's name.
func (r *reader) operator(c byte) {
	r.compared = c != ':'
	if r.pos++; r.compared && r.pos < len(r.head) && r.head[r.pos] == '=' {
		r.pos++
	}
	r.state = AtValue
}

// operand notes one that has been read: a value, or a field's name or free text.
func (r *reader) operand(text string) {
	if r.state == AtValue {
		r.field = ""
	} else {
		r.field = r.group().path + text
	}
	r.state = Behind
}

func (r *reader) quoted() bool {
	text, end, ok := scanQuoted(r.head, r.pos)
	if ok && end < len(r.head) {
		r.operand(text)
		r.pos = end
		return true
	}
	from := r.pos
	if !ok {
		text, _, _ = scanQuoted(r.head+`"`, r.pos)
		if text == "" && len(r.head) > from+1 { // a backslash hides the quote
			text, _, _ = scanQuoted(r.head[:len(r.head)-1]+`"`, r.pos)
		}
	}
	if r.state == Behind {
		return false
	}
	r.at(r.state, text, from)
	r.out.Quoted = true
	if !ok {
		_, end, closed := scanQuoted(r.text, from)
		if closed && endsOperand(r.text, end) {
			r.to(end)
		}
	}
	return false
}

// endsOperand reports whether what stands at s[i:] may follow a quoted text.
func endsOperand(s string, i int) bool {
	return i == len(s) || spaceAt(s, i) > 0 || strings.IndexByte("):}<>", s[i]) >= 0
}

func (r *reader) literal() bool {
	parts, end, ok := scanLiteral(r.head, r.pos)
	if !ok { // a star or a backslash that means nothing
		r.pos++
		r.state, r.field = Behind, ""
		return r.pos < len(r.head)
	}
	from := r.pos
	text := strings.Join(parts, "*")
	if r.pos = end; end < len(r.head) {
		r.operand(text)
		return true
	}
	last := lastWord(r.head, from)
	word := r.head[last:]
	switch {
	case r.state == Behind:
		r.at(Behind, word, last)
	case last == from:
		r.at(r.state, text, from)
	case r.state == AtField || begins(word, "and") || begins(word, "or"):
		before, _, _ := scanLiteral(r.head[:last], from)
		r.operand(strings.Join(before, "*"))
		r.at(Behind, word, last)
	default:
		r.at(AtValue, text, from)
	}
	return false
}

// begins reports whether a keyword begins with what is typed of it, in any case.
func begins(typed, word string) bool {
	return len(typed) <= len(word) && strings.EqualFold(typed, word[:len(typed)])
}

// lastWord is where the last word of s[from:] begins, len(s) behind a blank.
func lastWord(s string, from int) int {
	start := from
	for i := from; i < len(s); {
		if n := spaceAt(s, i); n > 0 {
			i += n
			start = i
			continue
		}
		i++
	}
	return start
}

// at settles what stands at the cursor.
func (r *reader) at(p Place, prefix string, from int) {
	o := &r.out
	o.Place, o.Prefix, o.From = p, prefix, from
	switch p {
	case AtField:
		o.Path = r.group().path
	case AtValue:
		o.Field, o.Compared = r.field, r.compared
	default:
		o.Field = r.field
	}
	end := len(r.head)
	for end < len(r.text) && spaceAt(r.text, end) == 0 && strings.IndexByte(special, r.text[end]) < 0 {
		end++
	}
	if p == Behind && prefix == "" { // an operator that is there gives way to another
		for end < len(r.text) && strings.IndexByte(":<>=", r.text[end]) >= 0 {
			end++
		}
	}
	r.to(end)
}

// to settles where the word at the cursor ends.
func (r *reader) to(end int) {
	o := &r.out
	o.To = end
	next := skipSpace(r.text, end)
	o.Operator = next < len(r.text) && strings.IndexByte(":<>", r.text[next]) >= 0
}
