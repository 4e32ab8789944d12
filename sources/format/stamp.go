package format

import (
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

// stamp is a when.Stamp that may be absent.
type stamp struct {
	when.Stamp
	ok bool
}

// Times without a year (or a date) are kept in the years from undatedYear on
// until Date settles them: as civil time, as if in UTC, undatedYear plus the New
// Years (or undatedYear's first of January plus the midnights) counted before
// them. No log speaks of those years.
const (
	undatedYear  = 1704 // a leap year, as is when.Stamp's year for such stamps
	undatedUntil = 1900
)

// time is the stamp's instant where it has a date; NoTime where it has none or is absent.
func (s stamp) time() int64 {
	if !s.ok || s.Missing&(when.Year|when.Date) != 0 {
		return logs.NoTime
	}
	return s.Nanos
}

// guessed says what was assumed to make the time.
func (s stamp) guessed() (g logs.Guess) {
	if !s.ok {
		return 0
	}
	if s.Missing&when.Year != 0 {
		g |= logs.GuessedYear
	}
	if s.Missing&when.Zone != 0 {
		g |= logs.GuessedZone
	}
	if s.Missing&when.Date != 0 {
		g |= logs.GuessedDate
	}
	return g
}
