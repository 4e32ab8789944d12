// Package list keeps a cursor and a scroll position over a window of rows, while
// rows come and go above and below.
package list

// List is where one stands among Len rows, of which Height are visible from Top
// on. The zero value is at the top of nothing.
type List struct {
	Len, Height int
	Top, Cursor int
}

// Resize sets how many rows are visible.
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

// Replace exchanges the rows for n others, in which the row under the cursor has
// the given place; it keeps its line on the screen where it can.
func (l *List) Replace(n, cursor int) {
	line := l.Cursor - l.Top
	l.Len, l.Cursor = n, cursor
	l.Top = cursor - line
	l.clamp()
}

// End puts the cursor on the last row.
func (l *List) End() {
	l.Cursor = l.Len - 1
	l.Top = l.Len - l.Height
	l.clamp()
}

// Visible is the range of rows on the screen.
func (l *List) Visible() (from, to int) {
	return l.Top, min(l.Len, l.Top+l.Height)
}

func (l *List) clamp() {
	l.Cursor = max(0, min(l.Cursor, l.Len-1))
	l.Top = max(l.Cursor-l.Height+1, min(l.Top, l.Cursor))
	l.Top = max(0, min(l.Top, l.Len-l.Height))
}
