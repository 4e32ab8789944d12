package store

import (
	"math"

	"github.com/lxlog/lx/logs"
)

// takeRun adds the rows from the first on that are as most are, a column after the
// other, and returns how many: records that follow one another in the bytes, with a
// time of their own where they stand. Fast path of what take does for each row.
func (st *Stream) takeRun(rows []logs.Row, limit int64) int {
	g := &st.held.growing
	p := &st.placing
	if p.live || p.last == logs.NoTime || st.severed >= rows[0].Offset && st.severed > 0 || st.lines.end != g.columns.end {
		return 0
	}
	rows = rows[:g.run(rows, limit)]
	if len(rows) == 0 {
		return 0
	}
	g.columns.services, g.columns.formats = st.rows.Services, st.rows.Formats
	g.addRun(rows)
	p.last, st.lines.end = rows[len(rows)-1].Time, g.end
	for i := range rows {
		st.lines.before += int64(rows[i].Lines)
	}
	return len(rows)
}

// run is how many of the rows from the first on are such as addRun takes.
func (g *growing) run(rows []logs.Row, limit int64) (n int) {
	c := &g.columns
	if c.n == 0 || c.length != nil || c.order != nil || c.undated != nil || c.end != g.end {
		return 0
	}
	end := c.end
	for most := min(len(rows), blockRows-c.n); n < most; n++ {
		r := &rows[n]
		if r.Offset != end || r.Time == logs.NoTime || r.Lines >= math.MaxUint8 || r.Length > math.MaxUint32 || end-c.base >= min(limit, math.MaxUint32) {
			break
		}
		end += r.Length
	}
	return n
}

// addRun is add for rows of which each begins where the one before ends, and stands at its own time.
func (g *growing) addRun(rows []logs.Row) {
	c, s := &g.columns, &g.summary
	from := c.n
	c.offset, c.time = more(c.offset, len(rows)), more(c.time, len(rows))
	offset, time := c.offset[from:], c.time[from:]
	for i := range rows {
		t := rows[i].Time
		offset[i], time[i] = uint32(rows[i].Offset-c.base), t
		s.First, s.Last = min(s.First, t), max(s.Last, t)
		s.Sorted = s.Sorted && t >= g.last
		g.last = t
	}
	s.Rows += len(rows)
	last := &rows[len(rows)-1]
	g.end = last.Offset + last.Length
	c.addAlike(rows, g.room)
	c.end, c.n = g.end, from+len(rows)
}

// addAlike adds what most records have in common.
func (c *Columns) addAlike(rows []logs.Row, room int) {
	n := c.n
	if c.trace.list != nil && c.service.list != nil && c.severity.list != nil {
		c.trace.list, c.service.list, c.severity.list = more(c.trace.list, len(rows)), more(c.service.list, len(rows)), more(c.severity.list, len(rows))
		trace, service, severity := c.trace.list[n:], c.service.list[n:], c.severity.list[n:]
		for i := range rows {
			trace[i], service[i], severity[i] = rows[i].Trace, rows[i].Service, rows[i].Severity
		}
	} else {
		for i := range rows {
			c.trace.add(n+i, rows[i].Trace, room)
			c.service.add(n+i, rows[i].Service, room)
			c.severity.add(n+i, rows[i].Severity, room)
		}
	}
	if c.sameForm(rows) {
		return
	}
	for i := range rows {
		c.format.add(n+i, uint16(rows[i].Format), room)
		c.guessed.add(n+i, rows[i].Guessed, room)
		c.marks.add(n+i, rows[i].Marks, room)
		c.lines.add(n+i, uint8(rows[i].Lines), room)
	}
}

// sameForm reports whether format, guesses, marks and lines of all rows are those of all records so far.
func (c *Columns) sameForm(rows []logs.Row) bool {
	if c.format.list != nil || c.guessed.list != nil || c.marks.list != nil || c.lines.list != nil {
		return false
	}
	for i := range rows {
		if r := &rows[i]; uint16(r.Format) != c.format.same || r.Guessed != c.guessed.same || r.Marks != c.marks.same || r.Lines != uint32(c.lines.same) {
			return false
		}
	}
	return true
}
