package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A flow is a text laid out in rows, as many as were asked for: a text of 1 MiB
// costs what is seen of it. Rows are bytes of the text as it is; they are made
// harmless when they are drawn, and laid out by the room that takes.
type flow struct {
	text  string
	dim   int  // from here on it explains: not a part of the value
	width int  // cells of a row
	json  bool // the text is JSON that is coloured
	raw   bool // line ends and tabs are shown
	rows  []flowRow
	at    int // how much of the text is laid out
	done  bool
}

// A flowRow is one row: the bytes from, to, and the line end or the blank up to next.
type flowRow struct {
	from, to, next int
	indent         int       // cells that it is moved to the right: what goes on keeps the indentation of its line
	state          jsonState // at its start
}

// has lays out as much as it takes to know row n; false where there is none.
func (f *flow) has(n int) bool {
	for len(f.rows) <= n && !f.done {
		f.lay()
	}
	return n < len(f.rows)
}

// all lays out everything and returns how many rows there are.
func (f *flow) all() int {
	for !f.done {
		f.lay()
	}
	return len(f.rows)
}

// The most bytes of a row for each of its cells (a letter with its marks, an escape),
// and in all, however wide it may be.
const rowBytesPerCell, maxRowBytes = 16, 16 << 10

// lay lays out one row: up to the line end, or else to the last blank that fits, or as much as fits.
func (f *flow) lay() {
	r := flowRow{from: f.at}
	goesOn := false
	if n := len(f.rows); n > 0 {
		last := f.rows[n-1]
		if goesOn = f.text[last.next-1] != '\n'; goesOn {
			r.indent = f.hang(last)
			if f.json {
				_, r.state = jsonSpans(f.text, last.from, last.next, last.state)
			}
		}
	}
	room := max(f.width-r.indent, 1)
	most := min(r.from+min(room*rowBytesPerCell, maxRowBytes), len(f.text))
	i, used, blank, leading := r.from, 0, -1, !goesOn
	for ; i < len(f.text); i++ {
		c := f.text[i]
		if c == '\n' {
			break
		}
		n, w := f.step(i)
		if used+w > room && i > r.from || i >= most {
			break
		}
		if c != ' ' && c != '\t' {
			leading = false
		} else if !leading {
			blank = i + 1
		}
		used += w
		i += n - 1
	}
	r.to, r.next = i, i
	switch {
	case i == len(f.text):
	case f.text[i] == '\n':
		r.next = i + 1
		if i > r.from && f.text[i-1] == '\r' {
			r.to--
		}
	case f.text[i] == ' ':
		r.next = i + 1
	case blank > 0 && f.width < flatWidth:
		r.to, r.next = blank, blank
	}
	f.at = r.next
	f.rows = append(f.rows, r)
	f.done = f.at == len(f.text)
}

// flatWidth is the width of rows that are not wrapped: what is longer goes on in the next row.
const flatWidth = 1 << 13

// hang is how far the row behind r is moved, which goes on where r ends.
func (f *flow) hang(r flowRow) int {
	if r.indent > 0 || f.width == flatWidth {
		return r.indent
	}
	cells := 0
	for i := r.from; i < r.to && (f.text[i] == ' ' || f.text[i] == '\t'); i++ {
		_, w := f.step(i)
		cells += w
	}
	if f.json {
		cells += 2
	}
	return min(cells, f.width/2)
}

// tabWidth is the room of a tab.
const tabWidth = 4

// step is how many bytes at i are drawn as one, and in how many cells.
func (f *flow) step(i int) (n, cells int) {
	switch c := f.text[i]; {
	case c == '\t' && f.raw:
		return 1, 2
	case c == '\t':
		return 1, tabWidth
	case c < ' ' || c == 0x7f:
		return 1, len(`\x1b`)
	case c < 0x80:
		return 1, 1
	}
	const most = 64 // bytes of what is drawn as one: there is no end to the marks that a letter may have
	cluster, _ := ansi.FirstGraphemeCluster(f.text[i:min(i+most, len(f.text))], ansi.GraphemeWidth)
	return max(len(cluster), 1), cellWidth(clean(cluster))
}

// window is the bytes of a row that are seen in width cells when it is moved left cells to the left.
func (f *flow) window(r flowRow, left, width int) (from, to int) {
	skip := func(i, cells int) int {
		for i < r.to {
			n, w := f.step(i)
			if w > cells {
				break
			}
			cells -= w
			i += n
		}
		return min(i, r.to)
	}
	from = skip(r.from, left)
	return from, skip(from, width)
}

// cells is how wide a row is.
func (f *flow) cells(r flowRow) int {
	used := r.indent
	for i := r.from; i < r.to; {
		n, w := f.step(i)
		used += w
		i += n
	}
	return used
}

// rowOf is the row that the byte at stands in.
func (f *flow) rowOf(at int) int {
	n := 0
	for f.has(n+1) && f.rows[n].next <= at {
		n++
	}
	return n
}

// rest says how much there is behind row n: lines, or bytes of a line.
func (f *flow) rest(n int) string {
	text := f.text[f.rows[n].next:]
	lines := strings.Count(text, "\n")
	if f.text[f.rows[n].next-1] == '\n' {
		lines++
	}
	switch lines {
	case 0:
		return "+" + thousands(int64(len(text))) + " bytes"
	case 1:
		return "+1 line"
	}
	return "+" + thousands(int64(lines)) + " lines"
}

// drawable is a piece of the text, harmless. Tabs keep their room.
func (f *flow) drawable(from, to int) string {
	s := f.text[from:to]
	if strings.IndexByte(s, '\t') >= 0 {
		by := strings.Repeat(" ", tabWidth)
		if f.raw {
			by = `\t`
		}
		s = strings.ReplaceAll(s, "\t", by)
	}
	return clean(s)
}
