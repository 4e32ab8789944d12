package when

// tail reads what follows a head: fraction, am or pm, zone, year; and makes the stamp.
func (p *Parser) tail(b []byte, h *head, whole bool) (Stamp, int) {
	i, frac, civil := h.n, int64(0), h.civil
	if i < len(b) && b[i] <= ':' && !h.is(noSeconds) {
		frac, i = fraction(b, i, h, whole)
	}
	var missing Missing
	if h.is(noDate) {
		if !ends(b, i) || at(b, i, ':') {
			return Stamp{}, 0
		}
		return Stamp{Nanos: civil*second + frac, Missing: Date | Zone}, i
	}
	if h.is(noYear) {
		missing = Year
	}
	// Fast path: nothing, or Z, follows.
	if at(b, i, 'Z') && ends(b, i+1) {
		return Stamp{Nanos: civil*second + frac, Missing: missing}, i + 1
	}
	z := suffix{n: i}
	if i < len(b) && maySuffix[b[i]] && (b[i] != ' ' || i+1 < len(b) && maySuffix[b[i+1]]) {
		z.read(b, h, whole)
		if !ends(b, z.n) {
			return Stamp{}, 0
		}
		civil += z.shift
		if z.year != 0 {
			if !isDate(z.year, h.month, h.day) {
				return Stamp{}, 0
			}
			civil += (days(z.year, h.month, h.day) - days(leapYear, h.month, h.day)) * daySeconds
			missing = 0
		}
	}
	s := Stamp{Missing: missing}
	switch {
	case z.zoned && missing != 0:
		s.east = int32(z.east)
		civil -= z.east
	case z.zoned:
		civil -= z.east
	case missing != 0:
		s.Missing |= Zone
	default:
		s.Missing |= Zone
		civil -= p.zone.at(civil)
		if z.name != nil && string(z.name) == p.zone.name {
			s.Missing = 0
		}
	}
	if !ends(b, z.n) {
		return Stamp{}, 0
	}
	s.Nanos = civil*second + frac
	return s, z.n
}

// fraction reads a decimal part at b[i:] in nanoseconds, digits beyond the ninth
// cut off. In a line a comma needs three digits, since fewer are more likely a
// column of their own, and a colon needs 3, 6 or 9.
func fraction(b []byte, i int, h *head, whole bool) (nanos int64, next int) {
	sep := b[i]
	if sep != '.' && sep != ',' && (sep != ':' || h.is(noDate)) {
		return 0, i
	}
	start, unit := i+1, second
	j := start
	for ; j < len(b) && isDigit(b[j]); j++ {
		if unit > 1 {
			unit /= 10
			nanos += int64(b[j]-'0') * unit
		}
	}
	n := j - start
	if n == 0 || sep == ',' && n < 3 && !whole || sep == ':' && n != 3 && n != 6 && n != 9 {
		return 0, i
	}
	return nanos, j
}
