package when

import (
	"fmt"
	"strings"
	"time"
)

// Interval is the instants that a typed time denotes: nanoseconds since 1970
// UTC, [From, To). A point has To == From+1. Comparisons round as Elasticsearch
// does: a time is >= it from From on, > it from To on, < it before From, <= it before To.
type Interval struct{ From, To int64 }

// Typed reads a time as people type it, in loc where it names no zone:
//
//   - dates, whole or cut off, each the whole interval: 2021, 2021-02,
//     2021-02-14, 2021-02-14T21, 2021-02-14T21:55, 2021-02-14T21:55:59.5
//   - any other stamp that a [Parser] reads, and epoch numbers, as precise as
//     they are written; without a year the latest past one is meant
//   - 14:05, 14:05:30, the latest past one; today, yesterday, tomorrow, yesterday 09:00
//   - now, and Elasticsearch's date math after now, or after a date and ||:
//     now-15m, now-1d/d, 2021-01-01||+1M/d; -30m is now-30m. The units are y M w d
//     h (or H) m s; / rounds to the whole unit in loc, weeks from Monday.
//
// An error says what is wrong, and how a time can be written.
func Typed(text string, now time.Time, loc *time.Location) (Interval, error) {
	p := NewParser(loc)
	t := typed{p: p, now: now.UnixNano()}
	v, err := t.read(strings.TrimSpace(text))
	if err != nil {
		return Interval{}, fmt.Errorf("%q is no time: %w; write 2026-03-14T08:00, 14:05, -30m, now-1d/d or yesterday 09:00", clip(text), err)
	}
	return v, nil
}

// typed is one reading of a typed time.
type typed struct {
	p   *Parser
	now int64
}

func (t *typed) read(s string) (Interval, error) {
	if s == "" {
		return Interval{}, fmt.Errorf("it is empty")
	}
	now := Interval{t.now, t.now + 1}
	if rest, ok := cutFold(s, "now"); ok {
		return t.math(now, strings.TrimSpace(rest))
	}
	if s[0] == '-' || s[0] == '+' {
		return t.math(now, s)
	}
	if date, rest, ok := strings.Cut(s, "||"); ok {
		v, err := t.date(strings.TrimSpace(date))
		if err != nil {
			return Interval{}, err
		}
		return t.math(v, strings.TrimSpace(rest))
	}
	for i, name := range []string{"yesterday", "today", "tomorrow"} {
		if rest, ok := cutFold(s, name); ok && (rest == "" || rest[0] == ' ') {
			return t.onDay(t.today()+int64(i-1), strings.TrimSpace(rest))
		}
	}
	return t.date(s)
}

// today is the number of the present day in the location.
func (t *typed) today() int64 {
	n, _ := floor(t.civil(t.now), day)
	return n
}

// civil is the instant's civil time, in nanoseconds since 1970 as if UTC.
func (t *typed) civil(nanos int64) int64 {
	_, offset := time.Unix(0, nanos).In(t.p.zone.loc).Zone()
	return nanos + int64(offset)*second
}

// instant is the inverse of civil.
func (t *typed) instant(civil int64) int64 {
	secs, _ := floor(civil, second)
	return civil - t.p.zone.at(secs)*second
}

// onDay reads what follows the name of a day: nothing, or a time of day.
func (t *typed) onDay(n int64, clock string) (Interval, error) {
	if clock == "" {
		return Interval{t.instant(n * day), t.instant((n + 1) * day)}, nil
	}
	since, unit, ok := timeOfDay(clock)
	if !ok {
		return Interval{}, fmt.Errorf("%q is no time of day", clip(clock))
	}
	from := t.instant(n*day + since)
	return Interval{from, from + unit}, nil
}

// date reads everything that is not relative to now.
func (t *typed) date(s string) (Interval, error) {
	if v, ok := t.partial(s); ok {
		return v, nil
	}
	if _, _, ok := timeOfDay(s); ok {
		v, err := t.onDay(t.today(), s)
		if v.From > t.now {
			return t.onDay(t.today()-1, s)
		}
		return v, err
	}
	b := []byte(s)
	st, ok := t.p.Whole(b)
	if !ok {
		return Interval{}, why(s)
	}
	from := st.Nanos
	if st.Missing&Year != 0 {
		year := time.Unix(0, t.now).In(t.p.zone.loc).Year()
		if from = t.p.In(st, year); from > t.now {
			from = t.p.In(st, year-1)
		}
	}
	return Interval{from, from + precision(b)}, nil
}

// partial reads a date that is cut off: 2021, 2021-02, 2021-02-14, 2021-02-14T21.
func (t *typed) partial(s string) (Interval, bool) {
	const shape = "dddd-dd-ddTdd"
	if len(s) != 4 && len(s) != 7 && len(s) != 10 && len(s) != 13 {
		return Interval{}, false
	}
	for i := range len(s) {
		if c := s[i]; shape[i] == 'd' && !isDigit(c) || shape[i] == '-' && c != '-' || shape[i] == 'T' && c != 'T' && c != ' ' {
			return Interval{}, false
		}
	}
	b := []byte(s + "-01-01"[min(max(len(s)-4, 0), 6):])
	year, m, d := number(b, 0, 4), number(b, 5, 7), number(b, 8, 10)
	if year < firstYear || year >= lastYear || !isDate(year, m, d) {
		return Interval{}, false
	}
	from := days(year, m, d) * day
	switch len(s) {
	case 4:
		return Interval{t.instant(from), t.instant(days(year+1, 1, 1) * day)}, true
	case 7:
		return Interval{t.instant(from), t.instant(days(year+m/12, m%12+1, 1) * day)}, true
	case 10:
		return Interval{t.instant(from), t.instant(from + day)}, true
	}
	h := number(b, 11, 13)
	from = t.instant(from + int64(h)*hour)
	return Interval{from, from + hour}, h < 24
}

// timeOfDay reads 14:05, 9:00, 14:05:30 or 14:05:30.5 as nanoseconds since midnight, with the length of what it denotes.
func timeOfDay(s string) (nanos, unit int64, ok bool) {
	b := []byte(s)
	var h head
	if k := digits(b, 0, 3); k == 0 || k > 2 || !at(b, k, ':') || digits(b, k+1, 3) != 2 || !h.clock(b, 0) {
		return 0, 0, false
	}
	if h.is(noSeconds) {
		return h.civil * second, minute, h.n == len(b)
	}
	frac, n := int64(0), h.n
	if n < len(b) {
		frac, n = fraction(b, n, &h, true)
	}
	return h.civil*second + frac, fine(second, b, h.n), n == len(b)
}

// precision is the length of what a stamp denotes, as it is written: a second, or a part of it, or a minute, or a day.
func precision(b []byte) int64 {
	if h, ok := readHead(b); ok && h.is(noSeconds) {
		return minute
	} else if ok {
		return fine(second, b, h.n)
	}
	n, unit := digits(b, 0, 20), second
	switch {
	case at(b, 4, '-'): // a date alone
		return day
	case b[0] == '@': // TAI64N
		return 1
	case n < 9: // a number with an exponent
		return second
	}
	for ; n > 10; n -= 3 { // milliseconds, microseconds, nanoseconds
		unit /= 1000
	}
	return fine(unit, b, digits(b, 0, 20))
}

// fine divides unit by ten for each digit of the fraction at b[i:].
func fine(unit int64, b []byte, i int) int64 {
	if at(b, i, '.') || at(b, i, ',') || at(b, i, ':') {
		for range digits(b, i+1, 9) {
			unit /= 10
		}
	}
	return max(unit, 1)
}

// why says what is wrong with a text that is no time.
func why(s string) error {
	switch k := digits([]byte(s), 0, 30); {
	case k == 4 && len(s) > 4 && s[4] == '-':
		return fmt.Errorf("there is no such date or time of day")
	case k > 0 && k <= 2 && len(s) > k && s[k] == ':':
		return fmt.Errorf("there is no such time of day")
	case k == len(s):
		return fmt.Errorf("a number is a year, or seconds, ms, us or ns since 1970 (10, 13, 16 or 19 digits)")
	case k > 0 && len(s) > k && isLetter(s[k]) && lengths[s[k:]] != 0:
		return fmt.Errorf("a length needs a sign: -%s", clip(s))
	}
	return fmt.Errorf("its form is not known")
}

// cutFold cuts a word in lower case, written in any case, off the front of s.
func cutFold(s, word string) (rest string, ok bool) {
	if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
		return s, false
	}
	return s[len(word):], true
}
