package when

// tail reads what follows a head: fraction, am or pm, zone, year; and makes the stamp.
func (p *Parser) tail(b []byte, h *head, whole bool) (Stamp, int) {
	i, frac := h.n, int64(0)
	if i < len(b) && b[i] <= ':' && !h.is(noSeconds) {
		frac, i = fraction(b, i, h, whole)
	}
	if i < len(b) && !h.is(noDate|noZone) {
		// Fast path: the zones that most logs write.
		if !h.is(noYear) {
			if b[i] == 'Z' && ends(b, i+1) {
				return Stamp{Nanos: h.civil*second + frac}, i + 1
			}
			if east, next := quickOffset(b, i); next > 0 {
				return Stamp{Nanos: (h.civil-east)*second + frac}, next
			}
		}
		if maySuffix(b, i) {
			return p.suffixed(b, h, frac, i, whole)
		}
	}
	if !ends(b, i) {
		return Stamp{}, 0
	}
	switch {
	case h.is(noZone):
		return Stamp{Nanos: h.civil*second + frac}, i
	case h.is(noYear):
		return Stamp{Nanos: h.civil*second + frac, Missing: Year | Zone}, i
	case !h.is(noDate):
		return Stamp{Nanos: (h.civil-p.zone.at(h.civil))*second + frac, Missing: Zone}, i
	case at(b, i, ':') && i+1 < len(b) && (isDigit(b[i+1]) || isLetter(b[i+1])): // a hardware address begins so
		return Stamp{}, 0
	}
	return Stamp{Nanos: h.civil*second + frac, Missing: Date | Zone}, i
}

// suffixed makes the stamp of a head, a fraction and the suffix at b[i:], if there is one.
func (p *Parser) suffixed(b []byte, h *head, frac int64, i int, whole bool) (s Stamp, n int) {
	x := suffix{n: i}
	x.read(b, h, whole)
	civil := h.civil + x.shift
	if x.year != 0 {
		if !isDate(x.year, h.month, h.day) {
			return s, 0
		}
		civil += (days(x.year, h.month, h.day) - days(leapYear, h.month, h.day)) * daySeconds
	} else if h.is(noYear) {
		s.Missing = Year
	}
	if !ends(b, x.n) {
		return Stamp{}, 0
	}
	switch {
	case x.zoned:
		civil -= x.east
		if s.Missing != 0 {
			s.east = int32(x.east)
		}
	case s.Missing != 0:
		s.Missing |= Zone
	default:
		civil -= p.zone.at(civil)
		if x.name == nil || string(x.name) != p.zone.name {
			s.Missing = Zone
		}
	}
	s.Nanos = civil*second + frac
	return s, x.n
}

// tenths[n] is the nanoseconds of a unit in the n-th place after the point.
var tenths = [...]int64{1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10, 1}

// fraction reads a decimal part at b[i:] in nanoseconds, digits beyond the ninth
// cut off. In a line a comma needs three digits, since fewer are more likely a
// column of their own, and a colon needs 3, 6 or 9.
func fraction(b []byte, i int, h *head, whole bool) (nanos int64, next int) {
	sep := b[i]
	if sep != '.' && (sep != ',' && sep != ':' || sep == ':' && h.is(noDate) || h.is(noZone)) {
		return 0, i
	}
	j, most := i+1, min(len(b), i+10)
	for ; j < most && isDigit(b[j]); j++ {
		nanos = nanos*10 + int64(b[j]-'0')
	}
	if j == most {
		for ; j < len(b) && isDigit(b[j]); j++ {
		}
	}
	n := j - i - 1
	if sep == ':' && (n == 1 || n == 2) && at(b, j, '|') && digits(b, 0, 9) == 8 { // milliseconds that are not padded: Android's HealthApp
		return nanos * 1e6, j
	}
	if n == 0 || sep == ',' && n < 3 && !whole || sep == ':' && n != 3 && n != 6 && n != 9 {
		return 0, i
	}
	return nanos * tenths[min(n, 9)], j
}
