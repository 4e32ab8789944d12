package format

import (
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

const (
	day = 24 * int64(time.Hour)
	// undatedDay is the first day of undatedYear, nanoseconds since 1970.
	undatedDay = -97154 * day
)

// date makes the time of a stamp: what it left out comes from the stamps before it in the stream.
func (f *folder) date(nanos int64, g logs.Guess) int64 {
	switch {
	case g&logs.GuessedDate != 0:
		n := f.days.turn(nanos, day/2)
		if !f.days.dated {
			return undatedDay + n*day + nanos
		}
		return f.ix.onDay(nanos, f.days.base, n, g)
	case g&logs.GuessedYear != 0:
		n := f.years.turn(nanos, 183*day)
		if !f.years.dated {
			return f.ix.in(nanos, undatedYear+int(n), when.Year)
		}
		return f.ix.inYear(nanos, int(f.years.base)+int(n), g)
	}
	return nanos
}

// turn counts: a stamp that lies more than half a turn before the last begins a
// new one, and one that is nearly a whole turn after it is a straggler of the turn before.
func (t *turns) turn(nanos, half int64) (n int64) {
	late := half / 24 // a week, or half an hour
	switch back := t.last - nanos; {
	case !t.seen || back <= half && -back <= 2*half-late:
	case back > half:
		t.count++
	default:
		return int64(t.count) - 1
	}
	t.seen, t.last = true, nanos
	return int64(t.count)
}

func (ix *Indexer) inYear(nanos int64, year int, g logs.Guess) int64 {
	return ix.in(nanos, year, when.Year|zoneMissing(g))
}

// in is when.Parser.In. Fast path: the second of the last stamp.
func (ix *Indexer) in(nanos int64, year int, missing when.Missing) int64 {
	m := &ix.year
	if since := nanos - m.from; since < 0 || since >= int64(time.Second) || year != m.year || missing != m.missing {
		sec := nanos - nanos%int64(time.Second)
		*m = inYear{sec, year, missing, ix.s.when.In(when.Stamp{Nanos: nanos, Missing: missing}, year) - nanos}
	}
	return nanos + m.shift
}

// inYear is what a second of a stamp without a year is away from that of a year.
type inYear struct {
	from    int64 // the second's first nanosecond, as when.Stamp.Nanos
	year    int
	missing when.Missing
	shift   int64
}

func (ix *Indexer) onDay(nanos int64, base int32, n int64, g logs.Guess) int64 {
	y, m, d := time.Unix((int64(base)+n)*86400, 0).UTC().Date()
	return ix.s.when.On(when.Stamp{Nanos: nanos, Missing: when.Date | zoneMissing(g)}, y, m, d)
}

func zoneMissing(g logs.Guess) when.Missing {
	if g&logs.GuessedZone != 0 {
		return when.Zone
	}
	return 0
}

// Date implements logs.Indexer.
func (ix *Indexer) Date(old []byte, ref int64, rows []logs.Row) []byte {
	st := readState(old)
	if st.years.seen && !st.years.dated {
		year := ix.yearOf(st.years.last, ref)
		st.years.dated, st.years.base = true, int32(year)-st.years.count
	}
	if st.days.seen && !st.days.dated {
		st.days.dated, st.days.base = true, ix.dayOf(st.days.last, ref)-st.days.count
	}
	ix.settle(st, rows)
	for i := range st.pending {
		one := []logs.Row{st.pending[i].row}
		ix.settle(st, one)
		st.pending[i].row = one[0]
	}
	return st.bytes()
}

// settle gives the rows whose times were kept among the undated years their own.
func (ix *Indexer) settle(st *state, rows []logs.Row) {
	for i := range rows {
		r := &rows[i]
		if r.Guessed&(logs.GuessedYear|logs.GuessedDate) == 0 || r.Time == logs.NoTime {
			continue
		}
		t := time.Unix(0, r.Time).UTC()
		if t.Year() >= undatedUntil {
			continue
		}
		if r.Guessed&logs.GuessedDate != 0 {
			since := r.Time - undatedDay
			n := since / day
			if since%day < 0 {
				n--
			}
			r.Time = ix.onDay(since-n*day, st.days.base, n, r.Guessed)
			continue
		}
		leap := time.Date(2000, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		r.Time = ix.inYear(leap.UnixNano(), int(st.years.base)+t.Year()-undatedYear, r.Guessed)
	}
}

// yearOf is the year that puts a stamp into (ref - 1 year + 1 day, ref + 1 day].
func (ix *Indexer) yearOf(nanos, ref int64) int {
	latest := ref + day
	year := time.Unix(0, latest).In(ix.loc).Year() + 1
	for ix.inYear(nanos, year, logs.GuessedYear|logs.GuessedZone) > latest {
		year--
	}
	return year
}

// dayOf is the day since 1970, in the Indexer's zone, that puts a time of day at ref or within the 24 hours before it.
func (ix *Indexer) dayOf(nanos, ref int64) int32 {
	y, m, d := time.Unix(0, ref).In(ix.loc).Date()
	n := int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	for ix.onDay(nanos, n, 0, logs.GuessedDate|logs.GuessedZone) > ref {
		n--
	}
	return n
}
