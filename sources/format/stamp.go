package format

import (
	"time"

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

// text is the stamp as far as it was written, in RFC 3339 without what is missing; it lives in r's scratch.
func (s stamp) text(r *logs.Record) string {
	shape := "2006-01-02T15:04:05.999999999"
	switch {
	case s.Missing&when.Date != 0:
		shape = shape[11:]
	case s.Missing&when.Year != 0:
		shape = shape[5:]
	case s.Missing&when.Zone == 0:
		shape += "Z"
	}
	b := r.Scratch()
	from := len(b)
	b = time.Unix(0, s.Nanos).UTC().AppendFormat(b, shape)
	r.SetScratch(b)
	return logs.Borrow(b[from:])
}
