package when

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Length reads a duration as people type it: numbers, fractions allowed, each
// with its unit, blanks between them allowed: 15m, 1h30m, 1.5h, 2d, 1w, 90s,
// 500ms, 10us, 3ns. A day is 24 hours. There is no sign.
func Length(text string) (time.Duration, error) {
	wrong := func(why string) error { return fmt.Errorf("%q is no duration: %s; write 15m, 1h30m or 2d", text, why) }
	rest := strings.TrimSpace(text)
	if rest == "" {
		return 0, wrong("it is empty")
	}
	total := 0.0
	for rest != "" {
		value, unit, after := part(rest)
		per, ok := lengths[unit]
		switch {
		case math.IsNaN(value):
			return 0, wrong(fmt.Sprintf("no number before %q", clip(rest)))
		case unit == "":
			return 0, wrong("the unit is missing after the number")
		case !ok:
			return 0, wrong(fmt.Sprintf("unit %q is none of ns us ms s m h d w", clip(unit)))
		}
		if total += math.Round(value * float64(per)); total >= math.MaxInt64 {
			return 0, wrong("it is longer than 292 years")
		}
		rest = strings.TrimLeft(after, " ")
	}
	return time.Duration(total), nil
}

// lengths are the units of durations.
var lengths = map[string]time.Duration{
	"ns": time.Nanosecond, "us": time.Microsecond, "µs": time.Microsecond, "μs": time.Microsecond, "ms": time.Millisecond,
	"s": time.Second, "sec": time.Second, "m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
}

// part cuts one number and its unit off the front of s; the value is NaN where there is no number.
func part(s string) (value float64, unit, rest string) {
	i := 0
	for i < len(s) && (isDigit(s[i]) || s[i] == '.') {
		i++
	}
	value, err := strconv.ParseFloat(s[:i], 64)
	if err != nil {
		value = math.NaN()
	}
	unit, rest = word(s[i:])
	return value, unit, rest
}

// word cuts the letters off the front of s.
func word(s string) (letters, rest string) {
	i := 0
	for i < len(s) && (isLetter(s[i]) || s[i] >= 0x80) {
		i++
	}
	return s[:i], s[i:]
}

// clip shortens what a message repeats.
func clip(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "..."
	}
	return s
}
