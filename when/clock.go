package when

// clock reads hours, minutes and seconds at b[i:]: 06:43:36, 6:43, 06.43.36, 064336.
func (h *head) clock(b []byte, i int) bool {
	var hr, mi, s int
	// Fast path: two digits each.
	if i+8 <= len(b) && b[i+2] == ':' && b[i+5] == ':' {
		hr, mi, s = pair(b, i), pair(b, i+3), pair(b, i+6)
		if hr < 24 && mi < 60 && s <= 60 && (i+8 == len(b) || !isDigit(b[i+8])) {
			h.civil, h.hour, h.n = int64(hr*3600+mi*60+s), hr, i+8
			return true
		}
	}
	switch digits(b, i, 7) {
	case 6:
		hr, mi, s, i = pair(b, i), pair(b, i+2), pair(b, i+4), i+6
	case 1, 2:
		var ok bool
		if hr, mi, s, i, ok = h.separated(b, i); !ok {
			return false
		}
	default:
		return false
	}
	h.civil, h.hour, h.n = int64(hr*3600+mi*60+s), hr, i
	return hr < 24 && mi < 60 && s <= 60
}

// separated reads hours, minutes and perhaps seconds with colons between them, or with dots, then two digits each.
func (h *head) separated(b []byte, i int) (hr, mi, s, next int, ok bool) {
	if i+8 <= len(b) && b[i+2] == '.' && b[i+5] == '.' {
		hr, mi, s = pair(b, i), pair(b, i+3), pair(b, i+6)
		return hr, mi, s, i + 8, i+8 == len(b) || !isDigit(b[i+8])
	}
	hr, i = short(b, i)
	if !at(b, i, ':') {
		return 0, 0, 0, 0, false
	}
	start := i + 1
	if mi, i = short(b, start); i == 0 {
		return 0, 0, 0, 0, false
	}
	if at(b, i, ':') && i+1 < len(b) && isDigit(b[i+1]) {
		s, next = short(b, i+1)
		return hr, mi, s, next, next > 0
	}
	h.marks |= noSeconds
	return hr, mi, 0, i, i == start+2
}

// toClock steps over what stands between a date, which ends before b[i], and its time of day; 0 where that does not follow.
func toClock(b []byte, i int) int {
	if i+1 >= len(b) {
		return 0
	}
	switch b[i] {
	case ' ':
		for i++; i < len(b) && b[i] == ' '; i++ {
		}
		return i
	case ',':
		if b[i+1] == ' ' {
			return i + 2
		}
	case ':':
		if b[i+1] == ':' {
			return i + 2
		}
		return i + 1
	case 'T', 't', '-', '_', '\t', '|':
		return i + 1
	}
	return 0
}
