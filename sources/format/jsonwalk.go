package format

// maxDepth is how deep objects and arrays are looked into; deeper ones are kept as text.
const maxDepth = 32

// object walks the members of the JSON object whose first byte behind { is
// b[i], and gathers the core fields among them. It returns the offset behind its
// end, -1 where it is no JSON.
func (c *named) object(i int, node uint8, depth int) int {
	b := c.b
	for first := true; ; first = false {
		if i >= len(b) || b[i] != '"' {
			i = skipSpace(b, i)
			if i >= len(b) || b[i] != '"' {
				if first && i < len(b) && b[i] == '}' {
					return i + 1
				}
				return -1
			}
		}
		n, end := c.key(i+1, node)
		if end < 0 {
			return -1
		}
		i = end + 1
		if i >= len(b) || b[i] != ':' {
			if i = skipSpace(b, i); i >= len(b) || b[i] != ':' {
				return -1
			}
		}
		i++
		if i = c.value(i, n, depth); i < 0 {
			return -1
		}
		if i >= len(b) || b[i] != ',' {
			if i = skipSpace(b, i); i >= len(b) {
				return -1
			}
			if b[i] == '}' {
				return i + 1
			}
			if b[i] != ',' {
				return -1
			}
		}
		i++
	}
}

// key reads the key whose first byte is b[i], and returns its name and the offset of the quote that ends it; -1 where none does.
func (c *named) key(i int, node uint8) (n *name, end int) {
	b := c.b
	// Fast path: the key that the record before had at this place.
	if c.at++; c.at < len(c.s.keys) && len(b)-i >= 16 {
		if k := &c.s.keys[c.at]; k.is(b[i:], node) {
			return k.name, i + k.n
		}
	}
	end, escaped := stringEnd(b, i)
	if end < 0 || node == nodeNone && escaped {
		return nil, end
	}
	key := b[i:end]
	if escaped {
		return names.find(node, c.unescaped(key)), end
	}
	n = names.find(node, key)
	if c.at < len(c.s.keys) && len(key) < 16 {
		c.s.keys[c.at].set(key, '"', node, n)
	}
	return n, end
}

// value walks the JSON value at b[i], blanks before it allowed, and adds it to
// the core fields where n is not nil.
func (c *named) value(i int, n *name, depth int) int {
	b := c.b
	if i < len(b) && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i >= len(b) {
		return -1
	}
	from, kind := i, kindNumber
	switch b[i] {
	case '"':
		end, escaped := stringEnd(b, i+1)
		if end < 0 {
			return -1
		}
		if n != nil {
			c.add(n, i+1, end, kindText, escaped)
		}
		return end + 1
	case '{':
		switch {
		case depth >= maxDepth:
			return c.deep(i)
		case n == nil:
			return c.object(i+1, nodeNone, depth+1)
		}
		return c.object(i+1, n.inside, depth+1)
	case '[':
		if depth >= maxDepth {
			return c.deep(i)
		}
		i = c.array(i+1, n, depth+1)
		kind = kindArray
	case 't':
		i, kind = literal(b, i, "true"), kindBool
	case 'f':
		i, kind = literal(b, i, "false"), kindBool
	case 'n':
		i, kind = literal(b, i, "null"), kindNull
	default:
		i = numberEnd(b, i)
	}
	if n != nil && i >= 0 {
		c.add(n, from, i, kind, false)
	}
	return i
}

// array walks the elements of an array behind its [.
func (c *named) array(i int, n *name, depth int) int {
	b := c.b
	if i = skipSpace(b, i); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for first := true; ; first = false {
		i = skipSpace(b, i)
		switch {
		case n == nil || n.list == listPlain || i >= len(b) || b[i] != '{':
			i = c.value(i, nil, depth)
		case n.list == listPairs:
			i = c.keyValue(i, n.inside, depth)
		case first && depth < maxDepth:
			i = c.object(i+1, n.inside, depth+1)
		default:
			i = c.value(i, nil, depth)
		}
		if i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i >= len(b) {
			return -1
		}
		if b[i] == ']' {
			return i + 1
		}
		if b[i] != ',' {
			return -1
		}
		i++
	}
}

// deep walks a value that is nested deeper than is looked into, at any depth without recursion.
func (c *named) deep(i int) int {
	b, stack := c.b, c.s.deep[:0]
	defer func() { c.s.deep = stack }()
	for {
		// A value, or the end of what is empty.
		i = skipSpace(b, i)
		if i >= len(b) {
			return -1
		}
		switch ch := b[i]; {
		case ch == '{' || ch == '[':
			stack = append(stack, ch+2) // its closing bracket
			i = skipSpace(b, i+1)
			if i < len(b) && b[i] == ch+2 {
				break
			}
			if ch == '{' {
				if i = memberKey(b, i); i < 0 {
					return -1
				}
			}
			continue
		default:
			if i = c.value(i, nil, 0); i < 0 {
				return -1
			}
		}
		// Behind a value: ends, or the next one.
		for {
			if len(stack) == 0 {
				return i
			}
			if i = skipSpace(b, i); i >= len(b) {
				return -1
			}
			top := stack[len(stack)-1]
			if b[i] == top {
				stack = stack[:len(stack)-1]
				i++
				continue
			}
			if b[i] != ',' {
				return -1
			}
			if i++; top == '}' {
				if i = memberKey(b, skipSpace(b, i)); i < 0 {
					return -1
				}
			}
			break
		}
	}
}

// memberKey returns the offset behind the key at b[i] and its colon; -1 where there is none.
func memberKey(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return -1
	}
	end, _ := stringEnd(b, i+1)
	if end < 0 {
		return -1
	}
	if i = skipSpace(b, end+1); i >= len(b) || b[i] != ':' {
		return -1
	}
	return i + 1
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' {
		if b[i] != ' ' && b[i] != '\t' && b[i] != '\r' && b[i] != '\n' {
			return i
		}
		i++
	}
	return i
}

func literal(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

// numberEnd returns the offset behind the number at b[i]; -1 where JSON has no such number.
func numberEnd(b []byte, i int) int {
	if i < len(b) && b[i] == '-' {
		i++
	}
	from := i
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	if i == from || b[from] == '0' && i > from+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		from = i + 1
		for i = from; i < len(b) && isDigit(b[i]); i++ {
		}
		if i == from {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		for from = i; i < len(b) && isDigit(b[i]); i++ {
		}
		if i == from {
			return -1
		}
	}
	return i
}
