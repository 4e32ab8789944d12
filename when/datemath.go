package when

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// spans are the units of date math that have a fixed length, in nanoseconds.
var spans = map[string]int64{"h": hour, "H": hour, "m": minute, "s": second, "ms": second / 1000}

var errRange = errors.New("it is outside the years 1678 to 2261")

// math applies date math to both ends of v: any number of +1M, -1h30m and /d.
// Source: Elasticsearch reference, "Date math".
func (t *typed) math(v Interval, s string) (Interval, error) {
	for s != "" {
		op := s[0]
		s = s[1:]
		if op == '/' {
			var unit string
			unit, s = word(s)
			n, err := t.round(v.From, unit)
			if err != nil {
				return v, err
			}
			v = n
			continue
		}
		if op != '+' && op != '-' {
			return v, fmt.Errorf("after now or || comes +, - or /, not %q", clip(string(op)+s))
		}
		n := 0
		for n == 0 || s != "" && isDigit(s[0]) {
			n++
			k := digits([]byte(s), 0, 19)
			amount, err := strconv.ParseInt(s[:k], 10, 64)
			if err != nil {
				return v, fmt.Errorf("a number is missing, or too large, after %q", op)
			}
			if op == '-' {
				amount = -amount
			}
			var unit string
			unit, s = word(s[k:])
			if v.From, err = t.add(v.From, amount, unit); err == nil {
				v.To, err = t.add(v.To, amount, unit)
			}
			if err != nil {
				return v, err
			}
		}
	}
	v.To = max(v.To, v.From+1)
	return v, nil
}

// add moves an instant by so many units. A month that is shorter has its last day taken.
func (t *typed) add(nanos, amount int64, unit string) (int64, error) {
	if span, ok := spans[unit]; ok {
		if n := amount * span; n/span == amount && inRange(float64(nanos)+float64(amount)*float64(span)) {
			return nanos + n, nil
		}
		return 0, errRange
	}
	if amount < -1e6 || amount > 1e6 {
		return 0, errRange
	}
	switch unit {
	case "w":
		amount *= 7
		fallthrough
	case "d":
		if !inRange(float64(nanos) + float64(amount)*float64(day)) {
			return 0, errRange
		}
		return t.instant(t.civil(nanos) + amount*day), nil
	case "y":
		amount *= 12
		fallthrough
	case "M":
		n, rest := floor(t.civil(nanos), day)
		year, m, d := date(n)
		months := int64(year)*12 + int64(m-1) + amount
		if months < firstYear*12 || months >= lastYear*12 {
			return 0, errRange
		}
		year, m = int(months/12), int(months%12)+1
		for !isDate(year, m, d) {
			d--
		}
		return t.instant(days(year, m, d)*day + rest), nil
	}
	return 0, noUnit(unit)
}

// round is the whole unit that an instant lies in.
func (t *typed) round(nanos int64, unit string) (Interval, error) {
	civil := t.civil(nanos)
	n, _ := floor(civil, day)
	year, m, _ := date(n)
	switch unit {
	case "y":
		return Interval{t.instant(days(year, 1, 1) * day), t.instant(days(year+1, 1, 1) * day)}, nil
	case "M":
		return Interval{t.instant(days(year, m, 1) * day), t.instant(days(year+m/12, m%12+1, 1) * day)}, nil
	case "w":
		_, weekday := floor(n+3, 7) // 1970-01-01 was a Thursday
		return Interval{t.instant((n - weekday) * day), t.instant((n - weekday + 7) * day)}, nil
	case "d":
		return Interval{t.instant(n * day), t.instant((n + 1) * day)}, nil
	}
	span, ok := spans[unit]
	if !ok {
		return Interval{}, noUnit(unit)
	}
	_, rest := floor(civil, span)
	return Interval{nanos - rest, nanos - rest + span}, nil
}

func noUnit(unit string) error {
	if unit == "" {
		return errors.New("a unit is missing: y M w d h m s")
	}
	return fmt.Errorf("unit %q is none of y M w d h m s", clip(unit))
}

// inRange reports whether an instant lies within the years of a stamp, with a day to spare.
func inRange(nanos float64) bool { return math.Abs(nanos) < math.MaxInt64-2*float64(day) }
