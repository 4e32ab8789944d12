package when

import (
	"bytes"
	"time"
)

// A Stamp is an instant as a text gave it.
type Stamp struct {
	// Nanos are nanoseconds since 1970 UTC. A stamp without a year has its place
	// in the leap year 2000: as civil time, as if UTC, where the zone is missing
	// too. A time of day alone is the time since midnight.
	Nanos   int64
	Missing Missing // what the text did not say

	east int32 // seconds east of UTC, where the text named a zone but no year
}

// Missing says which parts of an instant a text left out.
type Missing uint8

const (
	Year Missing = 1 << iota // no year: Parser.In completes the stamp
	Zone                     // no zone, or a name that many use: the Parser's location was taken
	Date                     // a time of day alone: Parser.On completes the stamp
)

// A Parser reads stamps. It remembers the last date and second that it read, so
// that the next line of a log costs a compare and the fraction, and the offset
// of its location. It belongs to one goroutine.
type Parser struct {
	zone zone
	head head          // of the last stamp
	text [maxHead]byte // the head's bytes
	utc  words         // the same, where a fraction and Z make it a stamp
}

// maxHead is the length of the longest head that is remembered; longer ones are read each time.
const maxHead = 40

// NewParser returns a Parser that reads times without a zone in loc; nil is UTC.
func NewParser(loc *time.Location) *Parser {
	if loc == nil {
		loc = time.UTC
	}
	return &Parser{zone: zone{loc: loc}}
}

// Stamp reads the longest stamp at the start of b, of any family; n bytes of b
// belong to it, 0 if there is none. What follows is no letter and no digit.
//
// A leap second (:60) is the first second of the next minute. Dates and times
// that do not exist, and years outside 1678 to 2261, are no stamps.
// Where the order of a date's numbers is open, yyyy comes first or last: with
// slashes month/day/yyyy, with dashes and dots day-month-yyyy, unless the numbers
// say otherwise; a year of two digits comes first, after dots last, and is one of 1970 to 2069.
func (p *Parser) Stamp(b []byte) (s Stamp, n int) { return p.read(b, false) }

// Whole reads a field's value: all of b, blanks around it allowed, is the stamp.
// It takes what Stamp takes, and beyond that a date alone, which is its
// midnight, every number that Epoch takes, and remarks in brackets after the zone.
func (p *Parser) Whole(b []byte) (Stamp, bool) {
	// Fast path: the second of the last stamp, in UTC.
	if n, ok := p.sameSecond(b); ok {
		return Stamp{Nanos: n}, true
	}
	b = trim(b)
	if len(b) == 0 {
		return Stamp{}, false
	}
	if s, n := p.read(b, true); n == len(b) {
		return s, true
	}
	if n, ok := Epoch(b); ok {
		return Stamp{Nanos: n}, true
	}
	return p.dateAlone(b)
}

// In is the instant of a stamp without a year, in that year. 29 February is 1 March in a year that has none.
// It returns the Nanos of any other stamp as they are.
func (p *Parser) In(s Stamp, year int) int64 {
	if s.Missing&Year == 0 || year < firstYear || year > lastYear {
		return s.Nanos
	}
	civil, frac := floor(s.Nanos, second)
	civil += int64(s.east)
	n, rest := floor(civil, daySeconds)
	y, m, d := date(n)
	civil = days(year+y-leapYear, m, d)*daySeconds + rest // the year is another where a leap second ends it
	if s.Missing&Zone != 0 {
		return (civil-p.zone.at(civil))*second + frac
	}
	return (civil-int64(s.east))*second + frac
}

// On is the instant of a time of day alone, on that day of the Parser's location.
// It returns the Nanos of any other stamp as they are.
func (p *Parser) On(s Stamp, year int, month time.Month, day int) int64 {
	if s.Missing&Date == 0 || year < firstYear || year > lastYear || !isDate(year, int(month), day) {
		return s.Nanos
	}
	secs, frac := floor(s.Nanos, second)
	civil := days(year, int(month), day)*daySeconds + secs
	return (civil-p.zone.at(civil))*second + frac
}

// read reads the stamp at the start of b. whole: b is a value of its own, in
// which readings are allowed that would take too much from a line.
func (p *Parser) read(b []byte, whole bool) (Stamp, int) {
	// Fast path: the date and second of the last stamp.
	if n := p.head.n; n > 0 && n <= len(b) && bytes.Equal(b[:n], p.text[:n]) && (n == len(b) || !isDigit(b[n])) {
		return p.tail(b, &p.head, whole)
	}
	if len(b) == 0 || isLetter(b[0]) && !mayName(b) {
		return Stamp{}, 0
	}
	h, ok := readHead(b)
	if !ok {
		return other(b)
	}
	if h.is(noSeconds) || h.n > len(p.text) {
		return p.tail(b, &h, whole)
	}
	p.head = h
	copy(p.text[:], b[:h.n])
	p.utc.set(&p.head, b)
	return p.tail(b, &p.head, whole)
}
