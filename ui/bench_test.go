package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A key and the frame after it, in a list of 160 by 45: the program's own share of what somebody waits for.
func BenchmarkKeyAndFrame(b *testing.B) {
	s := open(b, newShop(500), 160, 45, "")
	s.press("'ggjjjjj")
	keys := []tea.KeyPressMsg{{Code: 'j', Text: "j"}, {Code: 'k', Text: "k"}}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Update(keys[i&1])
		_ = s.View()
	}
}

// A frame in which everything is new, as while following.
func BenchmarkFrame(b *testing.B) {
	s := open(b, newShop(500), 80, 24, "")
	b.ReportAllocs()
	for b.Loop() {
		_ = s.View()
	}
}
