package format

import (
	"github.com/lxlog/lx/logs"
)

// Bounds of what one record is taken apart into. What is beyond them is kept as the text that it is.
const (
	maxFields = 1000  // attributes; the rest of the text is moreFields
	maxItems  = 10000 // values in arrays
	maxKey    = 256   // bytes of a dotted key below which objects are taken apart; a longer key is not cut
)

// moreFields is the attribute that holds the members beyond maxFields.
const moreFields = "more_fields"

// flattener makes attributes of a JSON object that named.json accepted.
type flattener struct {
	c     *named
	r     *logs.Record
	items int
	full  bool
}

// roomFor reports whether r takes a further attribute; if not, what is left of the text becomes its last.
func roomFor(r *logs.Record, rest []byte) bool {
	if len(r.Attrs) < maxFields {
		return true
	}
	r.AddText(moreFields, logs.Borrow(rest))
	return false
}

// object appends the members of the object whose first byte behind { is b[i], but for core fields, and
// returns the offset behind its end; -1 once there are too many.
func (d *flattener) object(out *[]logs.Attr, i int, prefix string, node uint8, depth int) int {
	for first := true; ; first = false {
		m, next := d.c.member(i, first)
		if m.value == 0 {
			return next
		}
		if out == &d.r.Attrs && !roomFor(d.r, d.c.b[m.from-1:]) {
			d.full = true
			return -1
		}
		key := d.string(m.from, m.to, m.escaped)
		n := names.find(node, logs.Bytes(key))
		if key == "_PID" && prefix == "" && d.pid(next) {
			i = d.skip(next)
			continue
		}
		if i = d.member(out, d.join(prefix, key), prefix, n, next, depth); i < 0 {
			return -1
		}
	}
}

// member appends the value at b[i] under key; prefix is that of the keys beside it.
func (d *flattener) member(out *[]logs.Attr, key, prefix string, n *name, i, depth int) int {
	inside := nodeNone
	if n != nil {
		inside = n.inside
	}
	switch b := d.c.b; b[i] {
	case '{':
		next, empty := d.skip(i), skipSpace(b, i+1)
		switch {
		case b[empty] == '}':
			*out = append(*out, logs.Attr{Key: key, Value: logs.Value{Kind: logs.Object}})
		case depth >= maxDepth || len(key) > maxKey:
			*out = append(*out, logs.Attr{Key: key, Value: logs.TextValue(logs.Borrow(b[i:next]))})
		default:
			return d.object(out, i+1, d.below(key), inside, depth+1)
		}
		return next
	case '[':
		if n != nil && n.list != listPlain && out == &d.r.Attrs {
			if next, ok := d.list(prefix, n, i, depth); ok {
				return next
			}
		}
	}
	if out == &d.r.Attrs && d.picked(i) {
		return d.skip(i)
	}
	v, next := d.value(i, depth)
	*out = append(*out, logs.Attr{Key: key, Value: v})
	return next
}

// pid makes process.pid of journald's _PID at b[i], a number in quotes; false where it is none.
func (d *flattener) pid(i int) bool {
	v, _ := d.value(i, maxDepth)
	if !isNumber(logs.Bytes(v.Str)) {
		return false
	}
	d.r.Add("process.pid", logs.NumberValue(v.Str))
	return true
}

// picked reports whether the value at b[i] is a core field, which is no attribute.
func (d *flattener) picked(i int) bool {
	if d.c.b[i] == '"' {
		i++
	}
	return d.c.picked(i)
}

// picked reports whether the text at b[i] is a core field, which is no attribute.
func (c *named) picked(i int) bool {
	for k := range c.picks {
		if p := &c.picks[k]; p.rank != 0 && int(p.from) == i {
			return !p.stays
		}
	}
	return false
}

// value returns the value at b[i], and the offset behind it.
func (d *flattener) value(i, depth int) (v logs.Value, next int) {
	b := d.c.b
	switch b[i] {
	case '"':
		end, escaped := stringEnd(b, i+1)
		return logs.TextValue(d.string(i+1, end, escaped)), end + 1
	case '{', '[':
		return d.nested(i, depth)
	}
	next = d.skip(i)
	text := logs.Borrow(b[i:next])
	switch b[i] {
	case 't', 'f':
		return logs.Value{Kind: logs.Bool, Str: text}, next
	case 'n':
		return logs.Value{}, next
	}
	return logs.NumberValue(text), next
}

// nested returns an array, or an object within one.
func (d *flattener) nested(i, depth int) (v logs.Value, next int) {
	next = d.skip(i)
	raw := logs.TextValue(logs.Borrow(d.c.b[i:next]))
	if depth >= maxDepth || d.items > maxItems {
		return raw, next
	}
	if d.c.b[i] == '{' {
		v.Kind = logs.Object
		d.object(&v.Items, i+1, "", nodeNone, depth+1)
		d.items += len(v.Items)
	} else {
		v.Kind = logs.Array
		for i = skipSpace(d.c.b, i+1); d.c.b[i] != ']' && d.items <= maxItems; {
			d.items++
			var item logs.Value
			item, i = d.value(i, depth+1)
			v.Items = append(v.Items, logs.Attr{Value: item})
			if i = skipSpace(d.c.b, i); d.c.b[i] == ',' {
				i = skipSpace(d.c.b, i+1)
			}
		}
	}
	if d.items > maxItems {
		return raw, next
	}
	return v, next
}

// skip returns the offset behind the value at b[i].
func (d *flattener) skip(i int) int { return d.c.value(i, nil, 0) }

// string returns the text of b[from:to].
func (d *flattener) string(from, to int, escaped bool) string {
	text := d.c.b[from:to]
	if !escaped {
		return logs.Borrow(text)
	}
	b := d.r.Scratch()
	start := len(b)
	b = appendUnescaped(b, text)
	d.r.SetScratch(b)
	return logs.Borrow(b[start:])
}

// below is the prefix of the keys in an object.
func (d *flattener) below(key string) string {
	if key == "" {
		return "."
	}
	return d.join(key, ".")
}

// join returns a + b; a is empty or ends with a dot.
func (d *flattener) join(a, b string) string {
	if a == "" {
		return b
	}
	buf := d.r.Scratch()
	start := len(buf)
	buf = append(append(buf, a...), b...)
	d.r.SetScratch(buf)
	return logs.Borrow(buf[start:])
}
