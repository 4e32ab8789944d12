package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/lxlog/lx/ui/keys"
)

// tableView is a view that is a table and nothing else.
type tableView struct{ *table }

func (tableView) mode() keys.Mode { return keys.Fields }
func (v tableView) do(m *Model, a keys.Action) tea.Cmd {
	v.table.do(m, a)
	return nil
}
func (v tableView) status(*Model, int) string { return " " + v.place() }

// fruit is a table of n kinds of fruit; every fourth belongs to the one above.
func fruit(n int) []tableRow {
	names := []string{"apple", "\x1b[31mblood orange\x1b[0m", "cherry", "Date 日本", "elderberry"}
	var rows []tableRow
	for i := range n {
		count := int64(i * 37 % 100)
		rows = append(rows, tableRow{id: fmt.Sprint(i), under: i%4 == 3, cells: []cell{
			{text: fmt.Sprintf("%s %d", names[i%5], i)},
			{text: thousands(count * 1000), n: float64(count)},
			{draw: func(s lipgloss.Style, width int) string {
				return pad(strings.Repeat("=", int(count)*width/100), width)
			}},
			{text: "a long explanation of what kind of fruit this is"},
		}})
	}
	return rows
}

func fruitTable(t *testing.T, width, height, n int) (*screen, *table) {
	s := open(t, newShop(10), width, height, "")
	table := newTable(column{title: "fruit"}, column{title: "sold", kind: number},
		column{title: "of all", kind: picture, least: 6, most: 20, weight: 2}, column{title: "why", least: 12, weight: 1})
	table.set(fruit(n))
	s.push(tableView{table})
	return s, table
}

func TestTableFrames(t *testing.T) {
	for _, size := range []struct{ w, h, n int }{{80, 24, 40}, {80, 24, 5}, {50, 14, 40}, {40, 10, 9}, {24, 6, 9}, {9, 5, 9}} {
		s, _ := fruitTable(t, size.w, size.h, size.n)
		s.press("down", "'o", "'o")
		s.golden(fmt.Sprintf("table-%dx%d-%d", size.w, size.h, size.n))
	}
}

func TestTableMoves(t *testing.T) {
	s, table := fruitTable(t, 80, 24, 60)
	at := func(key, want string) {
		t.Helper()
		s.press(key)
		if id, _ := table.current(); id != want {
			t.Errorf("%s goes to %s, not %s", key, id, want)
		}
	}
	s.frame()
	page := fmt.Sprint(table.list.Height)
	at("pgdown", page)
	at("pgup", "0")
	at("down", "1")
	at("'k", "0")
	at("end", "59")
	at("home", "0")
}

func TestTableSorts(t *testing.T) {
	s, table := fruitTable(t, 80, 24, 12)
	order := func(want ...int) {
		t.Helper()
		var ids []string
		for _, r := range table.rows {
			ids = append(ids, r.id)
		}
		if got := strings.Join(ids, " "); got != strings.Trim(fmt.Sprint(want), "[]") {
			t.Errorf("%s, not %v", got, want)
		}
	}
	order(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	s.press("down", "down", "'o") // by name; 3, 7 and 11 stay below 2, 6 and 10
	order(1, 6, 7, 0, 10, 11, 5, 2, 3, 8, 4, 9)
	if id, _ := table.current(); id != "2" {
		t.Errorf("the cursor went to %s", id)
	}
	s.press("'o") // by number
	order(8, 5, 2, 3, 10, 11, 4, 1, 9, 6, 7, 0)
	s.press("'O")
	order(0, 6, 7, 9, 1, 4, 10, 11, 2, 3, 5, 8)
	s.press("'o", "'o") // over the picture to the last column, and back to the start
	order(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
}

func TestTableKeepsItsRow(t *testing.T) {
	s, table := fruitTable(t, 80, 24, 40)
	table.set(fruit(41)[1:])
	if id, _ := table.current(); id != "1" {
		t.Errorf("nothing was moved, and the cursor is on %s", id)
	}
	s.press("down", "down", "down")
	table.set(fruit(41)[2:])
	if id, _ := table.current(); id != "4" {
		t.Errorf("the cursor went to %s", id)
	}
	table.set(fruit(2))
	if id, _ := table.current(); id != "1" {
		t.Errorf("its row is gone, and the cursor is on %s", id)
	}
	table.set(nil)
	if _, ok := table.current(); ok || table.place() != "" {
		t.Error("there is a row in nothing")
	}
	s.press("down", "'o", "'/x", "enter", "'n")
	s.golden("table-none")
}

func TestTableFinds(t *testing.T) {
	s, table := fruitTable(t, 80, 24, 40)
	at := func(want string, keys ...string) {
		t.Helper()
		s.press(keys...)
		if id, _ := table.current(); id != want {
			t.Errorf("%v goes to %s, not %s", keys, id, want)
		}
	}
	at("3", "'/dat")
	if f := s.frame(); !strings.Contains(f, "8 rows") {
		t.Errorf("how many rows have it is not said:\n%s", f)
	}
	at("0", "esc")
	at("3", "'/DaT", "backspace", "backspace", "'ate", "enter")
	at("8", "'n")
	at("3", "'N")
	at("38", "'N")
	at("3", "'n")
	at("3", "'/zzz", "enter", "'n")
	if !strings.Contains(s.frame(), "no row has zzz") {
		t.Error("that nothing has it is not said")
	}
	s.press("'/")
	s.send(tea.PasteMsg{Content: "blood"})
	at("6", "enter")
}

func TestTablesWithAnyWidth(t *testing.T) {
	for width := 1; width < 130; width++ {
		s, _ := fruitTable(t, width, 12, 30)
		s.press("'o", "'/or", "enter")
		for _, l := range s.top().view.body(s.Model, width, 8) {
			if cellWidth(l) > width {
				t.Fatalf("a line of %d cells: %q", width, l)
			}
		}
	}
}
