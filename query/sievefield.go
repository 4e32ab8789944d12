package query

import (
	"bytes"
	"slices"
	"strings"

	"github.com/lxlog/lx/logs"
)

// field returns the sifter of a test that any value of a field may pass; nil where it can tell nothing.
func (t sifters) field(name string, of test) sifter {
	var by sifter
	core := logs.CoreOf(name)
	if core != logs.CoreTime && core != logs.CoreLevel {
		if s := t.holding(of); s != nil && (s.numbers == nil || t.JSON == nil && t.Pairs == nil) {
			by = s
		}
	}
	var s sifter
	if f := t.members(name); f != nil {
		f.coreTold = t.coreOf(name, of)
		s = f
	} else if t.Core && (core == logs.CoreTime || core == logs.CoreLevel || core == logs.CoreService || core == logs.CoreTrace) {
		s = &coreSifter{t.coreOf(name, of)}
	}
	switch {
	case by == nil:
		return s
	case s == nil:
		return by // which has no judge
	}
	return &narrowed{by, s}
}

// exists returns the sifter of an existsMatcher: it is never sure.
func (t sifters) exists(m *existsMatcher) sifter {
	s := t.members(m.name)
	if s == nil || m.core != logs.CoreNone {
		return nil
	}
	n := needle{m.name, true}
	if t.JSON != nil {
		n.text = lastOf(m.name)
	}
	return &textSifter{format: t.Transparency, needles: []needle{n}}
}

// lastOf is what stands behind a name's last dot.
func lastOf(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// members returns the sifter of a field's members, whose test is not set yet; nil where they cannot be told.
func (t sifters) members(name string) *fieldSifter {
	s := &fieldSifter{name: name}
	var made []string
	switch {
	case len(name) > maxPath/2:
		return nil
	case t.JSON != nil:
		s.key = needle{lastOf(name), true}
		s.taken, made = t.JSON.Taken(name), t.JSON.Made
	case t.Pairs != nil && name != "" && classes[min(name[0], 0x7f)]&(letter|underscore) != 0 && !strings.ContainsAny(name, " ="):
		s.key = needle{name, true}
		s.taken, made = t.Pairs.Taken(name), t.Pairs.Made
	default:
		return nil
	}
	if n, ok := needleOf(s.key.text, true); !ok || n != s.key || slices.Contains(made, name) {
		return nil
	}
	if t.JSON != nil {
		if s.key.text == name {
			s.key.text = `"` + name
		}
		s.key.text += `"`
	}
	return s
}

// fieldSifter looks for the members of JSON objects, or for the pairs, that are one field, and tests their values as they stand.
type fieldSifter struct {
	coreTold
	name  string
	taken bool   // a member may be a core field that the name is no alias of, and then has no value under it
	key   needle // of JSON the end of the key, with its quotes
}

func (s *fieldSifter) sift(b *Batch, asked, sure, maybe Bits) {
	b.runs(asked, func(first, last int) { s.run(b, first, last, sure, maybe) })
	for i, w := range b.doubtful(s.format) {
		maybe[i] |= w & asked[i]
		sure[i] &^= w
	}
}

// run looks at the rows from first up to before last.
func (s *fieldSifter) run(b *Batch, first, last int, sure, maybe Bits) {
	set := func(row int, v verdict) {
		switch v {
		case holds:
			sure.Set(row)
			maybe.Set(row)
		case mayHold:
			maybe.Set(row)
		}
	}
	c := cursor{b, first}
	look := b.search(s.key, int(b.From[first]), int(b.To[last-1]))
	row, found := first, seen{}
	for pos := look.from; ; {
		from, to, anchor := look.next(pos)
		at := last
		if anchor < len(look.b) {
			pos = anchor + 1
			if at = c.row(from); at < 0 || to > int(b.To[at]) {
				continue
			}
		}
		if at != row {
			set(row, s.decide(b, row, &found))
			if s.core != logs.CoreNone {
				for row++; row < at; row++ {
					set(row, s.decide(b, row, &seen{}))
				}
			}
			row, found = at, seen{}
		}
		if anchor == len(look.b) {
			return
		}
		start := int(b.From[row])
		if found.places++; found.places > maxTries {
			found.unclear = true
		} else if s.format.JSON != nil {
			s.look(b.row(row), from-start, to-start, &found)
		} else {
			s.lookPairs(b.row(row), from-start, &found)
		}
		if found.decided(s) {
			pos = max(pos, int(b.To[row]))
		}
	}
}

// seen is what was found of a field in one record.
type seen struct {
	places  int        // at which the name stood
	members int        // whose values are known
	value   logs.Value // of the last one
	passed  bool       // one of them passes the test
	unclear bool       // there is another, or there may be
}

// decided reports whether what else the record holds changes nothing.
func (f *seen) decided(s *fieldSifter) bool {
	return f.unclear || f.passed && s.core == logs.CoreNone
}

// decide is what follows from what was found of the field in a row.
func (s *fieldSifter) decide(b *Batch, row int, f *seen) verdict {
	switch {
	case f.passed && s.core == logs.CoreNone && !s.taken:
		return holds
	case f.unclear, f.members > 0 && s.taken && s.core == logs.CoreNone:
		return mayHold
	case s.core == logs.CoreNone:
		return fails
	case f.members == 0:
		return s.told(b, row) // the core field has its value, whatever it is called there
	case f.members > 1 || f.value.Kind != logs.Text,
		s.core == logs.CoreTime && s.own == nil,
		s.core == logs.CoreMessage && !oneLine(b.row(row)): // whose other lines are of the message, too
		return mayHold
	case s.own == nil:
		return verdictOf(s.test.holds(f.value))
	}
	// The member is the core field, or hides it.
	i := int(b.Rows[row])
	b.record = logs.Record{Time: b.Columns.Time(i), Severity: b.Columns.Severity(i)}
	if s.core == logs.CoreLevel {
		b.record.SeverityText = f.value.Str
	}
	own := s.own.core(&b.record)
	if own != s.test.holds(f.value) {
		return mayHold
	}
	return verdictOf(own)
}

// look adds to f what row[from:to] tells, where the end of the key and its quote stand.
func (s *fieldSifter) look(row []byte, from, to int, f *seen) {
	if len(row) > maxJudged {
		f.unclear = true
		return
	}
	quote := from
	if s.key.text[0] != '"' {
		quote = bytes.LastIndexByte(row[:from], '"')
	}
	if quote < 1 || row[quote-1] == '\\' {
		return // a text, or a key, with an escape in it
	}
	key := row[quote+1 : to-1]
	nested := len(key) < len(s.name)
	if !strings.HasSuffix(s.name, logs.Borrow(key)) || nested && s.name[len(s.name)-len(key)-1] != '.' {
		return
	}
	if line := bytes.IndexByte(row[:quote], '\n'); line >= 0 {
		return // behind the object
	}
	colon := skipBlank(row, to)
	if colon == len(row) || row[colon] != ':' {
		f.unclear = f.unclear || underKey(row, quote)
		return
	}
	if row[0] != '{' || quote > maxKept && bytes.Count(row[:quote], []byte{','}) > 900 {
		f.unclear = true
		return
	}
	if nested || bytes.IndexByte(row[1:quote], '{') >= 0 {
		switch s.stands(row, quote) {
		case no:
			return
		case unknown:
			f.unclear = true
			return
		}
	}
	s.value(row, skipBlank(row, colon+1), f)
}

// underKey reports whether the text whose quote is at row[i] stands under the key "key".
func underKey(row []byte, i int) bool {
	for i--; i > 0 && isBlank(row[i]); i-- {
	}
	return row[i] == ':' && string(keyBefore(row, i)) == "key"
}

// value adds the value at row[i].
func (s *fieldSifter) value(row []byte, i int, f *seen) {
	v, ok := valueAt(row, i)
	switch {
	case !ok:
		f.unclear = true
		return
	case v.Kind == logs.Null || v.Kind == logs.Object:
		f.unclear = f.unclear || s.core != logs.CoreNone
		return
	}
	f.members++
	f.value = v
	f.passed = f.passed || s.core == logs.CoreNone && s.test.holds(v)
}

// valueAt is the value at row[i]: of an object that it is one; false for an array and a text with escapes.
func valueAt(row []byte, i int) (v logs.Value, ok bool) {
	if i >= len(row) {
		return v, false
	}
	switch c := row[i]; {
	case c == '"':
		end := bytes.IndexByte(row[i+1:], '"')
		if end < 0 {
			return v, false
		}
		text := row[i+1 : i+1+end]
		if bytes.IndexByte(text, '\\') >= 0 {
			return v, false
		}
		return logs.TextValue(logs.Borrow(text)), true
	case c == '-' || isDigit(c):
		end := i
		for end < len(row) && inNumber(row[end]) {
			end++
		}
		return logs.NumberValue(logs.Borrow(row[i:end])), true
	case c == 't':
		return logs.Value{Kind: logs.Bool, Str: "true"}, true
	case c == 'f':
		return logs.Value{Kind: logs.Bool, Str: "false"}, true
	case c == 'n':
		return v, true
	case c == '{':
		return logs.Value{Kind: logs.Object}, true
	}
	return v, false
}

// stands reports whether the key whose quote is at row[at] is the field, by the keys of the objects around it.
func (s *fieldSifter) stands(row []byte, at int) answer {
	var path [maxBraces][2]int // the keys of the objects around, a 0 for an array
	depth := 0
	var key [2]int
	for i := 1; i < at; i++ {
		switch row[i] {
		case '"':
			from := i + 1
			end := from
			for {
				n := bytes.IndexByte(row[end:], '"')
				if n < 0 {
					return unknown
				}
				end += n
				if !escaped(row[from:end]) {
					break
				}
				end++
			}
			key, i = [2]int{from, end}, end
		case '{', '[':
			if depth == len(path) {
				return unknown
			}
			if row[i] == '[' {
				key = [2]int{}
			}
			path[depth] = key
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return unknown
			}
		}
	}
	name := s.name
	for _, key := range path[:depth] {
		part := row[key[0]:key[1]]
		if key[0] == 0 || bytes.IndexByte(part, '\\') >= 0 {
			return unknown
		}
		if len(name) <= len(part) || name[:len(part)] != string(part) || name[len(part)] != '.' {
			return no
		}
		name = name[len(part)+1:]
	}
	if end := bytes.IndexByte(row[at+1:], '"'); string(row[at+1:at+1+end]) != name {
		return no
	}
	return yes
}

// escaped reports whether what follows text is escaped by a backslash at its end.
func escaped(text []byte) bool {
	n := 0
	for n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
