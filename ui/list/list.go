// Package list keeps a cursor and a scroll position over a window of rows, while
// rows come and go above and below.
package list

// List is where one stands among Len rows, of which those from Top on are visible
// in Height lines. The zero value is at the top of nothing.
type List struct {
	Len, Height int
	Top, Cursor int
	Lines       func(i int) int // how many lines a row takes, at least one; nil: one each
}

// Resize sets how many lines are visible.
func (l *List) Resize(height int) {
	l.Height = max(height, 1)
	l.clamp()
}

// Move moves the cursor by n rows and scrolls as little as that takes. It returns
// how many rows it could not go for lack of them: they may be fetched.
func (l *List) Move(n int) (short int) {
	want := l.Cursor + n
	l.Cursor = want
	l.clamp()
	return want - l.Cursor
}

// Page moves cursor and window together by what is seen, so that the next page begins
// with the first row that was not seen whole, or ends before the first that was.
func (l *List) Page(down bool) {
	from, to := l.Visible()
	n := from - l.first(from-1)
	if down {
		if n = to - from; n > 1 && l.first(to-1) > from {
			n-- // of the last row not all is seen
		}
	}
	n = max(n, 1)
	if !down {
		n = -n
	}
	l.Top = max(0, min(from+n, l.first(l.Len-1)))
	l.Cursor = max(0, min(l.Cursor+n, l.Len-1))
	from, to = l.Visible()
	for to-1 > from && l.first(to-1) > from {
		to--
	}
	l.Cursor = max(from, min(l.Cursor, to-1))
	l.clamp()
}

// Scroll moves cursor and window together by n rows.
func (l *List) Scroll(n int) (short int) {
	l.Top += n
	return l.Move(n)
}

// Replace exchanges the rows for n others, in which the row under the cursor has
// the given place; it keeps its line on the screen where it can.
func (l *List) Replace(n, cursor int) {
	line := l.Cursor - l.Top
	l.Len, l.Cursor = n, cursor
	l.Top = cursor - line
	l.clamp()
}

// Place scrolls so that the cursor stands on a line of the screen, as nearly as rows allow.
func (l *List) Place(line int) {
	l.Top = l.Cursor - line
	l.clamp()
}

// End puts the cursor on the last row.
func (l *List) End() {
	l.Cursor = l.Len - 1
	l.Top = l.Cursor
	l.clamp()
}

// Visible is the range of rows on the screen; of the last one the first lines may be seen alone.
func (l *List) Visible() (from, to int) {
	to = l.Top
	for used := 0; to < l.Len && used < l.Height; to++ {
		used += l.lines(to)
	}
	return l.Top, to
}

// At is the row that has a line of the screen; -1 if none has.
func (l *List) At(line int) int {
	for i := l.Top; i < l.Len; i++ {
		if line -= l.lines(i); line < 0 {
			return i
		}
	}
	return -1
}

func (l *List) lines(i int) int {
	if l.Lines == nil || i < 0 || i >= l.Len {
		return 1
	}
	return max(l.Lines(i), 1)
}

// first is the first row that is seen when row i is the last one.
func (l *List) first(i int) int {
	i = max(i, 0)
	for used := l.lines(i); i > 0; i-- {
		if used += l.lines(i - 1); used > l.Height {
			break
		}
	}
	return i
}

func (l *List) clamp() {
	l.Cursor = max(0, min(l.Cursor, l.Len-1))
	l.Top = max(l.first(l.Cursor), min(l.Top, l.Cursor))
	l.Top = max(0, min(l.Top, l.first(l.Len-1)))
}
