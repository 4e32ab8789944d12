package when

// names in lower case; the first three letters tell them apart.
var (
	months = [...]string{"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december"}
	weekdays = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)

// month reads the name of a month at b[i:], whole or its first three letters, in
// any case, perhaps with a dot; next is 0 where there is none.
func month(b []byte, i int) (m, next int) {
	if i+3 > len(b) {
		return 0, 0
	}
	switch three(b, i) {
	case 'j'<<16 | 'a'<<8 | 'n':
		m = 1
	case 'f'<<16 | 'e'<<8 | 'b':
		m = 2
	case 'm'<<16 | 'a'<<8 | 'r':
		m = 3
	case 'a'<<16 | 'p'<<8 | 'r':
		m = 4
	case 'm'<<16 | 'a'<<8 | 'y':
		m = 5
	case 'j'<<16 | 'u'<<8 | 'n':
		m = 6
	case 'j'<<16 | 'u'<<8 | 'l':
		m = 7
	case 'a'<<16 | 'u'<<8 | 'g':
		m = 8
	case 's'<<16 | 'e'<<8 | 'p':
		m = 9
	case 'o'<<16 | 'c'<<8 | 't':
		m = 10
	case 'n'<<16 | 'o'<<8 | 'v':
		m = 11
	case 'd'<<16 | 'e'<<8 | 'c':
		m = 12
	default:
		return 0, 0
	}
	if next = named(b, i, months[m-1]); next == 0 && m == 9 {
		next = named(b, i, "sept")
	}
	if at(b, next, '.') && next > 0 {
		next++
	}
	return m, next
}

// monthOrNumber reads a month by name or by number.
func monthOrNumber(b []byte, i int) (m, next int) {
	if i < len(b) && isLetter(b[i]) {
		return month(b, i)
	}
	return short(b, i)
}

// named returns the end of name at b[i:], written out or as its first three letters, which are known to agree; else 0.
func named(b []byte, i int, name string) int {
	if i+3 == len(b) || !isLetter(b[i+3]) {
		return i + 3
	}
	end := i + len(name)
	if end > len(b) || end < len(b) && isLetter(b[end]) {
		return 0
	}
	for k := 3; k < len(name); k++ {
		if b[i+k]|0x20 != name[k] {
			return 0
		}
	}
	return end
}

// skipWeekday returns where the date goes on after the name of a weekday, 0 where b begins with none.
func skipWeekday(b []byte) int {
	if len(b) < 4 {
		return 0
	}
	var k int
	switch three(b, 0) {
	case 'm'<<16 | 'o'<<8 | 'n':
		k = 0
	case 't'<<16 | 'u'<<8 | 'e':
		k = 1
	case 'w'<<16 | 'e'<<8 | 'd':
		k = 2
	case 't'<<16 | 'h'<<8 | 'u':
		k = 3
	case 'f'<<16 | 'r'<<8 | 'i':
		k = 4
	case 's'<<16 | 'a'<<8 | 't':
		k = 5
	case 's'<<16 | 'u'<<8 | 'n':
		k = 6
	default:
		return 0
	}
	i := named(b, 0, weekdays[k])
	if i > 0 && at(b, i, ',') {
		i++
	}
	if i == 0 || !at(b, i, ' ') {
		return 0
	}
	for ; at(b, i, ' '); i++ {
	}
	return i
}

// three packs three letters, in lower case, into a number.
func three(b []byte, i int) uint32 {
	return uint32(b[i]|0x20)<<16 | uint32(b[i+1]|0x20)<<8 | uint32(b[i+2]|0x20)
}
