package store

import (
	"math/rand/v2"
	"testing"

	"github.com/lxlog/lx/logs"
)

// Rows that are added column by column come to the same block as one by one.
func TestRunsAreAddedAsRows(t *testing.T) {
	rnd := rand.New(rand.NewPCG(13, 14))
	runs := 0
	for range 600 {
		n := 1 + rnd.IntN(400)
		rows := rowsInARow(rnd, n)
		limit := int64(1 + rnd.IntN(200_000))
		var one, many growing
		for i := 0; i < len(rows); {
			n := many.run(rows[i:], limit)
			for k := range n {
				if r := &rows[i+k]; r.Time == logs.NoTime || one.end-one.summary.Offset >= limit {
					t.Fatalf("row %d, %+v, is taken into a run", i+k, *r)
				}
				one.add(&rows[i+k], rows[i+k].Time, rows[i+k].Time)
			}
			if n > 0 {
				many.addRun(rows[i : i+n])
				i += n
				if n > 1 {
					runs++
				}
				continue
			}
			one.add(&rows[i], rows[i].Time, rows[i].Time)
			many.add(&rows[i], rows[i].Time, rows[i].Time)
			i++
		}
		if one.summary != many.summary || one.last != many.last || one.end != many.end {
			t.Fatalf("%+v, one by one %+v", many.summary, one.summary)
		}
		sameColumns(t, &many.columns, &one.columns)
	}
	if runs < 100 {
		t.Errorf("%d runs alone", runs)
	}
}

// rowsInARow are records that mostly follow one another in the bytes, and mostly are of the same kind.
func rowsInARow(rnd *rand.Rand, n int) []logs.Row {
	rows := make([]logs.Row, n)
	kind, changes, backwards := logs.Row{Lines: 1}, 1+rnd.IntN(300), rnd.IntN(2) == 0
	offset, at := rnd.Int64N(1<<40), rnd.Int64N(1<<60)
	for i := range rows {
		if rnd.IntN(changes) == 0 {
			switch rnd.IntN(7) {
			case 0:
				kind.Format = logs.FormatID(rnd.IntN(3))
			case 1:
				kind.Guessed = logs.Guess(rnd.IntN(8))
			case 2:
				kind.Marks = logs.Marks(rnd.IntN(16))
			case 3:
				kind.Lines = uint32(1 + rnd.IntN(4))
			case 4:
				kind.Trace = rnd.Uint32()
			default:
				kind.Service, kind.Severity = uint16(rnd.IntN(3)), logs.Severity(rnd.IntN(25))
			}
		}
		r := kind
		r.Offset, r.Length, r.Time = offset, 1+rnd.Int64N(400), at
		switch rnd.IntN(100) {
		case 0:
			r.Time = logs.NoTime
		case 1:
			r.Lines = 200 + uint32(rnd.IntN(200))
		case 2:
			offset += rnd.Int64N(100)
		}
		offset += r.Length
		if at += rnd.Int64N(5e9); backwards && rnd.IntN(4) == 0 {
			at -= rnd.Int64N(20e9)
		}
		rows[i] = r
	}
	return rows
}
