package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/themes"
)

// Between groups of records that do not touch stands a thin line, and nowhere else.
func TestContextGroups(t *testing.T) {
	f := func(filter string, context int, want string) {
		t.Helper()
		x := newShop(100)
		for i, r := range x.rows {
			r.Record.Service = [...]string{"a", "b"}[i%2]
			r.Record.Body = fmt.Sprintf("n%d", i)
		}
		s := open(t, x, 80, 40, filter)
		s.press("'" + strings.Repeat(".", context))
		var got []string
		for _, it := range s.scope().items {
			text := it.Record.Body
			if it.context {
				text = "(" + text + ")"
			}
			if it.apart {
				text = "- " + text
			}
			got = append(got, text)
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s, %d: %s\nnot %s", filter, context, text, want)
		}
	}
	f("n10 or n20", 1, "(n8) n10 (n12) - (n18) n20 (n22)")
	f("n10 or n16", 1, "(n8) n10 (n12) (n14) n16 (n18)")
	f("n10 or n18", 1, "(n8) n10 (n12) - (n16) n18 (n20)")
	f("n10 or n14", 1, "(n8) n10 (n12) n14 (n16)")
	f("n10 or n12", 1, "(n8) n10 n12 (n14)")
	f("n10 or n11", 1, "(n8) (n9) n10 n11 (n12) (n13)")
	f("n10 or n21", 2, "(n6) (n8) n10 (n12) (n14) - (n17) (n19) n21 (n23) (n25)")
	f("n0 or n99", 1, "n0 (n2) - (n97) n99")
}

// The cursor never stands on such a line, and the list shows its last records with them.
func TestContextIsWalkedThrough(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		s := open(t, newShop(300), 80, 24, "service:payment")
		s.Wrap = wrap
		for _, r := range s.Explorer.(*shop).rows { // all of one service, so that groups do not touch
			r.Record.Service, r.Record.Host = "payment", "h"+fmt.Sprint(r.Record.Line%10)
		}
		s.press("'&", "ctrl+u", "'host:h4", "enter", "'.", "home")
		last := int64(0)
		for range 60 {
			row, ok := s.scope().current()
			if !ok || row.Record.Line <= last {
				t.Fatalf("wrap %t: at %d after %d", wrap, row.Record.Line, last)
			}
			last = row.Record.Line
			if f := s.frame(); !strings.Contains(f, fmt.Sprintf("order %d ", last-1)) && last%10 != 8 {
				t.Fatalf("wrap %t: the cursor is not seen at %d:\n%s", wrap, last, f)
			}
			s.press("'j")
		}
	}
}

func TestContextFrames(t *testing.T) {
	for name, glyphs := range map[string]*themes.Glyphs{"unicode": themes.Unicode(), "ascii": themes.ASCII()} {
		x := newShop(200)
		for i, r := range x.rows {
			r.Record.Service = "payment"
			if i%25 == 3 {
				r.Record.Host = "h1"
			}
		}
		s := open(t, x, 80, 24, "host:h1")
		s.Glyphs = glyphs
		s.press("'..")
		s.golden("80x24-context-" + name)
	}
}
