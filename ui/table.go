package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/ui/keys"
	"github.com/lxlog/lx/ui/list"
)

// A table shows rows below the titles of its columns, with a cursor, for the views
// that are no log. A view keeps one, gives it its rows by set whenever they have
// changed, lets do act on keys first, and draws its body.
type table struct {
	columns []column
	list    list.List
	sorted  int  // the column that rows are sorted by; -1: as they were given
	reverse bool // the other way round

	given, rows []tableRow // as the view gave them, and as they are shown
	natural     []int      // cells that each column would take
	moved       bool       // by the user: before, the cursor stays on the first row
	find        search     // what / looks for
	finds       []string   // typed before
}

// A column is a column of a table.
type column struct {
	title string
	kind  columnKind
	least int // cells that it keeps where there is no room; 0: it is not made narrower
	most  int // cells that it takes at most; 0: as many as its rows do
	// Where least is not enough, the lightest column is left out first; 0: it
	// never is. Names, counts and what is new stay; what explains goes.
	weight int
	spare  bool // it is left out while no row has anything in it
}

// columnKind says how a column stands and is sorted.
type columnKind uint8

const (
	words   columnKind = iota // at the left, sorted from A on
	number                    // at the right, sorted from the largest on, by cell.n
	picture                   // a bar: drawn most cells wide, and never sorted by
)

// A tableRow is one row.
type tableRow struct {
	id    string // what makes it the same row when others come and go
	under bool   // it belongs to the nearest row above that is under none, and stays below it
	cells []cell // one a column; those left out at the end are empty
}

// A cell is what a row has in a column. Its text may be from outside: the table cleans it.
type cell struct {
	text  string
	style lipgloss.Style
	n     float64                                      // of a number: its value
	draw  func(style lipgloss.Style, width int) string // of a picture: exactly width cells
}

// has reports whether there is something in a cell.
func (c *cell) has(kind columnKind) bool {
	if kind == number {
		return c.n != 0
	}
	return c.text != ""
}

// newTable returns a table without rows, sorted as they will be given.
func newTable(columns ...column) *table { return &table{columns: columns, sorted: -1} }

// set exchanges the rows; the cursor stays on the row of its id.
func (t *table) set(rows []tableRow) {
	id, _ := t.current()
	t.given = rows
	t.natural = make([]int, len(t.columns))
	for i, c := range t.columns {
		if c.spare && !slices.ContainsFunc(rows, func(r tableRow) bool { return i < len(r.cells) && r.cells[i].has(c.kind) }) {
			continue
		}
		t.natural[i] = cellWidth(c.title)
		if c.kind == picture {
			t.natural[i] = max(t.natural[i], c.most)
			continue
		}
		t.natural[i]++ // for the sign of the order
		for _, r := range rows {
			if i < len(r.cells) {
				t.natural[i] = max(t.natural[i], cellWidth(cleanCut(r.cells[i].text, widestCell)))
			}
		}
		if c.most > 0 {
			t.natural[i] = min(t.natural[i], max(c.most, cellWidth(c.title)+1))
		}
	}
	t.arrange(id)
}

// widestCell is how much of a text may count for the width of its column.
const widestCell = 400

// arrange puts the rows in their order, the cursor on the row of the id.
func (t *table) arrange(id string) {
	t.rows = t.inOrder()
	at := min(t.list.Cursor, max(len(t.rows)-1, 0))
	switch {
	case !t.moved:
		at = 0
	case id != "":
		if i := slices.IndexFunc(t.rows, func(r tableRow) bool { return r.id == id }); i >= 0 {
			at = i
		}
	}
	t.list.Replace(len(t.rows), at)
}

// inOrder sorts the rows that are under none, and among themselves those under each.
func (t *table) inOrder() []tableRow {
	var groups [][]tableRow
	for i, r := range t.given {
		if n := len(groups); r.under && n > 0 {
			groups[n-1] = append(groups[n-1], r)
		} else {
			groups = append(groups, t.given[i:i+1:i+1])
		}
	}
	for _, g := range groups {
		t.order(g[1:], func(i, j tableRow) int { return t.compare(i, j) })
	}
	slices.SortStableFunc(groups, func(a, b []tableRow) int { return t.compare(a[0], b[0]) })
	if t.sorted < 0 && t.reverse {
		slices.Reverse(groups)
	}
	return slices.Concat(groups...)
}

func (t *table) order(rows []tableRow, compare func(a, b tableRow) int) {
	slices.SortStableFunc(rows, compare)
	if t.sorted < 0 && t.reverse {
		slices.Reverse(rows)
	}
}

// compare is the order of two rows by the column that is sorted by.
func (t *table) compare(a, b tableRow) int {
	if t.sorted < 0 {
		return 0
	}
	x, y := a.cell(t.sorted), b.cell(t.sorted)
	order := cmp.Compare(y.n, x.n)
	if t.columns[t.sorted].kind == words {
		order = cmp.Or(strings.Compare(strings.ToLower(x.text), strings.ToLower(y.text)), strings.Compare(x.text, y.text))
	}
	if t.reverse {
		return -order
	}
	return order
}

func (r *tableRow) cell(i int) cell {
	if i < len(r.cells) {
		return r.cells[i]
	}
	return cell{}
}

// current is the id of the row under the cursor; false where there is none.
func (t *table) current() (id string, ok bool) {
	if i := t.list.Cursor; i < len(t.rows) {
		return t.rows[i].id, true
	}
	return "", false
}

// goTo puts the cursor on the row of an id, if there is one.
func (t *table) goTo(id string) {
	if i := slices.IndexFunc(t.rows, func(r tableRow) bool { return r.id == id }); i >= 0 {
		t.move(i - t.list.Cursor)
	}
}

// place is where the cursor stands: "3 of 23"; "" without rows.
func (t *table) place() string {
	if len(t.rows) == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s", thousands(int64(t.list.Cursor+1)), thousands(int64(len(t.rows))))
}

func (t *table) move(n int) {
	t.moved = true
	t.list.Move(n)
}

// do acts on the keys that all tables have; false for any other action.
func (t *table) do(m *Model, a keys.Action) bool {
	page := t.list.Height
	switch a {
	case keys.Down:
		t.move(1)
	case keys.Up:
		t.move(-1)
	case keys.PageDown:
		t.scroll(page)
	case keys.PageUp:
		t.scroll(-page)
	case keys.HalfDown:
		t.scroll(page / 2)
	case keys.HalfUp:
		t.scroll(-page / 2)
	case keys.Top:
		t.move(-len(t.rows))
	case keys.Bottom:
		t.move(len(t.rows))
	case keys.Sort:
		t.sortByNext(m)
	case keys.Reverse:
		t.reverse = !t.reverse
		t.again()
	case keys.Search:
		t.openFind(m)
	case keys.NextHit, keys.PreviousHit:
		t.nextFound(m, a == keys.NextHit)
	default:
		return false
	}
	return true
}

func (t *table) scroll(n int) {
	t.moved = true
	t.list.Scroll(n)
}

// sortByNext sorts by the next column to the right, behind the last one as given.
func (t *table) sortByNext(m *Model) {
	t.reverse = false
	for t.sorted++; t.sorted < len(t.columns); t.sorted++ {
		if t.columns[t.sorted].kind != picture && t.natural[t.sorted] > 0 {
			break
		}
	}
	m.notice = "sorted as at the start"
	if t.sorted >= len(t.columns) {
		t.sorted = -1
	} else {
		m.notice = "sorted by " + t.columns[t.sorted].title
	}
	t.again()
}

// again puts the rows in order anew.
func (t *table) again() {
	id, _ := t.current()
	t.arrange(id)
}
