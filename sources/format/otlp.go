package format

import "github.com/lxlog/lx/logs"

// pair is one of OpenTelemetry's attributes in JSON: {"key":"http.route","value":{"stringValue":"/cart"}}.
// Source: opentelemetry/proto/common/v1/common.proto in the JSON encoding of Protobuf.
type pair struct {
	from, to int // the key
	escaped  bool
	kind     string // of the value: "stringValue", ...; "" where there is none
	value    int    // offset of what that names
}

// keyValue walks the attribute at b[i] and adds it to the core fields of a node.
func (c *named) keyValue(i int, node uint8, depth int) int {
	p, next := c.readPair(i)
	if next < 0 {
		return c.value(i, nil, depth)
	}
	key := c.b[p.from:p.to]
	if p.escaped {
		key = c.unescaped(key)
	}
	if n := names.find(node, key); n != nil && p.kind != "" && c.b[p.value] != '{' {
		c.value(p.value, n, depth)
	}
	return next
}

// readPair reads the attribute at b[i]; next is -1 where there is none.
func (c *named) readPair(i int) (p pair, next int) {
	i++
	for first := true; ; first = false {
		m, next := c.member(i, first)
		if next < 0 || m.value == 0 {
			if p.from == 0 {
				next = -1
			}
			return p, next
		}
		switch string(c.b[m.from:m.to]) {
		case "key":
			if c.b[m.value] != '"' {
				return p, -1
			}
			end, escaped := stringEnd(c.b, m.value+1)
			if end < 0 {
				return p, -1
			}
			p.from, p.to, p.escaped, i = m.value+1, end, escaped, end+1
		case "value":
			if p.kind, p.value, i = c.anyValue(m.value); i < 0 {
				return p, -1
			}
		default:
			return p, -1
		}
	}
}

// anyValue reads OpenTelemetry's AnyValue at b[i], an object of at most one member; next is -1 where there is none.
func (c *named) anyValue(i int) (kind string, value, next int) {
	if c.b[i] != '{' {
		return "", 0, -1
	}
	m, next := c.member(i+1, true)
	if next < 0 || m.value == 0 {
		return "", 0, next
	}
	switch key := c.b[m.from:m.to]; string(key) {
	case "stringValue", "intValue", "doubleValue", "boolValue", "bytesValue", "arrayValue", "kvlistValue":
		kind = logs.Borrow(key)
	default:
		return "", 0, -1
	}
	if next = c.value(m.value, nil, 2); next < 0 {
		return "", 0, -1
	}
	last, next := c.member(next, false)
	if last.value != 0 {
		return "", 0, -1
	}
	return kind, m.value, next
}

// member is one member of an object; value is 0 where the object ends.
type member struct {
	from, to int // the key
	escaped  bool
	value    int // offset of the value's first byte
}

// member reads the key of a member, behind the brace for the first, else behind
// the value before it. next is the value's offset, or that behind the object's end, -1 where there is neither.
func (c *named) member(i int, first bool) (m member, next int) {
	b := c.b
	i = skipSpace(b, i)
	if i < len(b) && b[i] == '}' {
		return m, i + 1
	}
	if !first {
		if i >= len(b) || b[i] != ',' {
			return m, -1
		}
		i = skipSpace(b, i+1)
	}
	if i >= len(b) || b[i] != '"' {
		return m, -1
	}
	m.from = i + 1
	if m.to, m.escaped = stringEnd(b, m.from); m.to < 0 {
		return member{}, -1
	}
	if i = skipSpace(b, m.to+1); i >= len(b) || b[i] != ':' {
		return member{}, -1
	}
	if i = skipSpace(b, i+1); i >= len(b) {
		return member{}, -1
	}
	m.value = i
	return m, i
}

// list takes apart an array of OpenTelemetry's JSON; false where it is another one.
func (d *flattener) list(prefix string, n *name, i, depth int) (next int, ok bool) {
	b, first := d.c.b, skipSpace(d.c.b, i+1)
	if b[first] != '{' || depth >= maxDepth {
		return 0, false
	}
	next = d.skip(i)
	if n.list == listOne {
		end := skipSpace(b, d.skip(first))
		if b[end] != ']' {
			return 0, false
		}
		if d.object(&d.r.Attrs, first+1, prefix, n.inside, depth+1) < 0 {
			return -1, true
		}
		return next, true
	}
	if !d.c.arePairs(first) {
		return 0, false
	}
	prefix = ""
	if n.key == "values" {
		prefix = "body."
	}
	if d.pairs(prefix, first, depth+1); d.full {
		next = -1
	}
	return next, true
}

// arePairs reports whether all elements of the array whose first stands at b[i] are attributes.
func (c *named) arePairs(i int) bool {
	for {
		_, next := c.readPair(i)
		if next < 0 {
			return false
		}
		if i = skipSpace(c.b, next); c.b[i] == ']' {
			return true
		}
		if i = skipSpace(c.b, i+1); c.b[i] != '{' {
			return false
		}
	}
}

// pairs appends the attributes of the array whose first stands at b[i].
func (d *flattener) pairs(prefix string, i, depth int) {
	for {
		p, next := d.c.readPair(i)
		if !roomFor(d.r, d.c.b[i:]) {
			d.full = true
			return
		}
		d.any(d.join(prefix, d.string(p.from, p.to, p.escaped)), p, depth)
		if i = skipSpace(d.c.b, next); d.c.b[i] == ']' || d.full {
			return
		}
		i = skipSpace(d.c.b, i+1)
	}
}

// any appends an attribute, and those of a kvlistValue with dotted keys.
func (d *flattener) any(key string, p pair, depth int) {
	if p.kind == "" {
		d.r.Add(key, logs.Value{})
		return
	}
	if d.picked(p.value) {
		return
	}
	if p.kind == "kvlistValue" && depth < maxDepth && len(key) <= maxKey {
		if m, _ := d.values(p.value); m > 0 && d.c.b[m] == '{' && d.c.arePairs(m) {
			d.pairs(d.below(key), m, depth+1)
			return
		}
	}
	d.r.Add(key, d.anyOf(p.kind, p.value, depth))
}

// anyOf returns what an AnyValue holds.
func (d *flattener) anyOf(kind string, i, depth int) logs.Value {
	v, _ := d.value(i, depth)
	switch kind {
	case "intValue", "doubleValue":
		if isNumber(logs.Bytes(v.Str)) {
			v.Kind = logs.Number
		}
	case "arrayValue":
		at, ok := d.values(i)
		if !ok {
			return v
		}
		list := logs.Value{Kind: logs.Array}
		for at > 0 && d.c.b[at] != ']' {
			kind, value, next := d.c.anyValue(at)
			if next < 0 || depth >= maxDepth || d.items > maxItems {
				return v
			}
			d.items++
			item := logs.Value{}
			if kind != "" {
				item = d.anyOf(kind, value, depth+1)
			}
			list.Items = append(list.Items, logs.Attr{Value: item})
			if at = skipSpace(d.c.b, next); d.c.b[at] == ',' {
				at = skipSpace(d.c.b, at+1)
			}
		}
		return list
	}
	return v
}

// values returns the offset of the first element of {"values":[...]}, or of the bracket that ends it.
func (d *flattener) values(i int) (at int, ok bool) {
	if d.c.b[i] != '{' {
		return 0, false
	}
	m, _ := d.c.member(i+1, true)
	if m.value == 0 || string(d.c.b[m.from:m.to]) != "values" || d.c.b[m.value] != '[' {
		return 0, false
	}
	return skipSpace(d.c.b, m.value+1), true
}
