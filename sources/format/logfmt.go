package format

import (
	"encoding/binary"
	"math/bits"

	"github.com/lxlog/lx/logs"
)

// logfmtLines are key=value pairs, values in quotes where they have blanks; a
// time may stand before them. A line counts as such where its first word is a
// pair, and it has another or one that is a core field. Words that are no pairs
// are keys without a value, which only lines with core fields may have: others
// are more likely sentences.
type logfmtLines struct{}

var logfmtLayout = logfmtLines{}

func (logfmtLines) Name() string   { return "logfmt" }
func (logfmtLines) starts() string { return logfmtFirst }
func (logfmtLines) joins() joining { return joinTrace }
func (logfmtLines) why() string    { return "its first line is made of key=value pairs" }

var logfmtFirst = func() string {
	first := []byte("@_[")
	for c := range 256 {
		if isLetter(byte(c)) || isDigit(byte(c)) || c >= 0x80 {
			first = append(first, byte(c))
		}
	}
	return string(first)
}()

func (logfmtLines) scan(line []byte, s *scanner, f *fields) bool {
	st, from := s.logfmtStart(line)
	if from < 0 {
		return false
	}
	c := &s.named
	known := s.pairs.followPairs(c, line, from, s) != nil
	if !known && !c.logfmt(line, from, s) {
		return false
	}
	f.time = st
	c.fill(f)
	if !known {
		s.pairs.learnPairs(c, from)
	}
	return true
}

// knownPairs reads the core columns of line where its pairs are like those of a line before, and surely logfmt.
func (s *scanner) knownPairs(line []byte, f *fields) bool {
	end := s.pairs.followPairs(&s.named, line, 0, s)
	if end == nil || !end.sure {
		return false
	}
	s.named.fill(f)
	return true
}

func (logfmtLines) Decode(raw []byte, r *logs.Record) {
	line, rest := cutLine(raw)
	s := borrowScanner()
	defer s.giveBack()
	c := &s.named
	st, from := s.logfmtStart(line)
	if from < 0 || !c.logfmt(line, from, s) {
		plainLayout.Decode(raw, r)
		return
	}
	r.Raw, r.Format = raw, "logfmt"
	r.Time, r.Guessed = st.time(), st.guessed()
	c.lay(r)
	for i := c.pair.read(c, from); c.pair.from < c.pair.to && roomFor(r, line[c.pair.from:]); i = c.pair.read(c, i) {
		c.pair.addTo(c, r)
	}
	endBody(r, rest)
}

// logfmtStart returns the time before the pairs, where there is one, and where the pairs begin; -1 where no pair begins.
func (s *scanner) logfmtStart(line []byte) (st stamp, from int) {
	if c := line[0]; c == '[' || isDigit(c) {
		at := 0
		if c == '[' {
			at = 1
		}
		if st, from = s.stampAt(line, at); !st.ok || from >= len(line) {
			return stamp{}, -1
		}
		if c == '[' {
			if line[from] != ']' {
				return stamp{}, -1
			}
			from++
		}
		if at = skipBlanks(line, from); at == from || at >= len(line) {
			return stamp{}, -1
		}
		from = at
	}
	if !startsPair(line[from:]) {
		return stamp{}, -1
	}
	return st, from
}

// startsPair reports whether b begins with a key and =. Keys all of capitals are those of environments and of journald.
func startsPair(b []byte) bool {
	capitals := true
	for i, c := range b {
		switch {
		case isLetter(c) || isDigit(c) || c >= 0x80:
			capitals = capitals && c < 'a'
		case c == '=':
			return i == 1 || i > 1 && !capitals
		case c == '_' || c == '.' || c == '-' || c == '@' || c == '/':
		default:
			return false
		}
		if i == 64 {
			return false
		}
	}
	return false
}

// logfmt reads the core fields of the pairs from b[from] on; false where they are too few, or no pairs.
func (c *named) logfmt(b []byte, from int, s *scanner) bool {
	c.begin(b, s)
	pairs, bare := 0, 0
	p := &c.pair
	for i := p.read(c, from); ; i = p.read(c, i) {
		if i < 0 {
			return false
		}
		if p.from == p.to {
			break
		}
		if p.bare {
			bare++
			continue
		}
		pairs++
		if p.name != nil {
			c.add(p.name, p.value, p.end, kindText, p.escaped)
		}
	}
	c.end()
	switch c.told() {
	case 0:
		return pairs > 1 && bare == 0
	case 1:
		return bare <= pairs
	}
	return true
}

// A logfmtPair is one word of logfmt.
type logfmtPair struct {
	from, to   int // the key; equal at the end
	value, end int // the value, without its quotes
	name       *name
	quoted     bool
	escaped    bool
	bare       bool // a key without =
}

// read reads the pair at c.b[i], blanks before it allowed, and returns the offset behind it; -1 where there is none.
func (p *logfmtPair) read(c *named, i int) int {
	b := c.b
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	*p = logfmtPair{from: i, to: i}
	if i >= len(b) {
		return i
	}
	if i = p.readKey(c, i); i < 0 || p.bare {
		return i
	}
	p.value = i
	if i >= len(b) || b[i] != '"' {
		p.end = wordEnd(b, i)
		return p.end
	}
	p.value++
	p.quoted = true
	if p.end, p.escaped = quoteEnd(b, p.value); p.end < 0 {
		return -1
	}
	return p.end + 1
}

// readKey reads a key and its =, and returns the offset behind them.
func (p *logfmtPair) readKey(c *named, i int) int {
	b := c.b
	// Fast path: the key that the record before had at this place.
	if c.at++; c.at < len(c.s.keys) && len(b)-i >= 16 {
		if k := &c.s.keys[c.at]; k.is(b[i:], nodePairs) {
			p.name, p.to = k.name, i+k.n
			return p.to + 1
		}
	}
	for i < len(b) && b[i] > ' ' && b[i] != '=' {
		if b[i] == '"' {
			return -1
		}
		i++
	}
	p.to = i
	if i == p.from {
		return -1
	}
	if i >= len(b) || b[i] != '=' {
		p.bare = true
		return i
	}
	key := b[p.from:i]
	p.name = names.find(nodeRoot, key)
	if c.at < len(c.s.keys) && len(key) < 16 {
		c.s.keys[c.at].set(key, '=', nodePairs, p.name)
	}
	return i + 1
}

// addTo adds the pair to r's attributes, unless it is a core field.
func (p *logfmtPair) addTo(c *named, r *logs.Record) {
	v := logs.Value{Kind: logs.Bool, Str: "true"}
	switch text := c.b[p.value:p.end]; {
	case p.bare:
	case p.end > p.value && c.picked(p.value):
		return
	case p.escaped:
		b := r.Scratch()
		from := len(b)
		b = appendUnescaped(b, text)
		r.SetScratch(b)
		v = logs.TextValue(logs.Borrow(b[from:]))
	case p.quoted:
		v = logs.TextValue(logs.Borrow(text))
	default:
		v = logs.Value{Kind: pairKind(text), Str: logs.Borrow(text)}
	}
	r.Add(logs.Borrow(c.b[p.from:p.to]), v)
}

// pairKind is the kind of a value without quotes.
func pairKind(text []byte) logs.Kind {
	switch {
	case isNumber(text):
		return logs.Number
	case string(text) == "true" || string(text) == "false":
		return logs.Bool
	}
	return logs.Text
}

// wordEnd returns the offset of the first byte from b[i] on that is a blank or a control character.
func wordEnd(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		if m := (w - ones*'!') &^ w & tops; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(b) && b[i] > ' ' {
		i++
	}
	return i
}

// quoteEnd returns the offset of the quote that ends the text at b[i], which a
// backslash does not stand before; -1 where there is none.
func quoteEnd(b []byte, i int) (end int, escaped bool) {
	for i < len(b) {
		if i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			quote, back := w^ones*'"', w^ones*'\\'
			m := ((quote-ones)&^quote | (back-ones)&^back) & tops
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		}
		switch b[i] {
		case '"':
			return i, escaped
		case '\\':
			escaped = true
			i++
		}
		i++
	}
	return -1, false
}
