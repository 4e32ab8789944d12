package list

import "testing"

func TestMove(t *testing.T) {
	l := List{Len: 100}
	l.Resize(10)
	f := func(n, short, top, cursor int) {
		t.Helper()
		if got := l.Move(n); got != short || l.Top != top || l.Cursor != cursor {
			t.Errorf("move %d: short %d, top %d, cursor %d; not %d, %d, %d", n, got, l.Top, l.Cursor, short, top, cursor)
		}
	}
	f(1, 0, 0, 1)
	f(9, 0, 1, 10)
	f(-20, -10, 0, 0)
	f(99, 0, 90, 99)
	f(5, 5, 90, 99)
	f(-3, 0, 90, 96)
}

func TestReplaceKeepsTheLine(t *testing.T) {
	l := List{Len: 50, Height: 10}
	l.Move(20)
	l.Move(-4) // on line 5
	line := l.Cursor - l.Top
	l.Replace(80, 46)
	if l.Cursor != 46 || l.Cursor-l.Top != line {
		t.Errorf("cursor %d on line %d, not 46 on %d", l.Cursor, l.Cursor-l.Top, line)
	}
	l.Replace(3, 1)
	if l.Top != 0 || l.Cursor != 1 {
		t.Errorf("few rows: top %d, cursor %d", l.Top, l.Cursor)
	}
	l.Replace(0, 0)
	if l.Top != 0 || l.Cursor != 0 {
		t.Errorf("no rows: top %d, cursor %d", l.Top, l.Cursor)
	}
}

// Pages of rows of one line and of several join: none is passed by.
func TestPage(t *testing.T) {
	f := func(height, rows int, lines func(int) int) {
		t.Helper()
		l := List{Len: rows, Lines: lines}
		l.Resize(height)
		for range rows + 1 { // whole is the first row that was not seen whole
			from, to := l.Visible()
			whole := to
			if l.first(to-1) > from {
				whole = max(to-1, from+1)
			}
			l.Page(true)
			if l.Top > whole || l.Cursor < l.Top {
				t.Fatalf("height %d: of the page behind row %d the first is %d, the cursor on %d", height, whole, l.Top, l.Cursor)
			}
		}
		if l.Cursor != rows-1 {
			t.Errorf("height %d: at the end the cursor is on %d", height, l.Cursor)
		}
		for range rows + 1 {
			before := l.Top
			l.Page(false)
			if _, to := l.Visible(); to < before {
				t.Fatalf("height %d: the page before row %d ends before %d", height, before, to)
			}
		}
		if l.Cursor != 0 || l.Top != 0 {
			t.Errorf("height %d: at the top the cursor is on %d, the top %d", height, l.Cursor, l.Top)
		}
	}
	for height := range 12 {
		f(height, 50, nil)
		f(height, 50, func(i int) int { return i * i % 7 })
		f(height, 50, func(i int) int { return i % 2 * 20 })
		f(height, 1, nil)
		f(height, 1, func(int) int { return 30 })
	}
}
