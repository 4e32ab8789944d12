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
