package ink

import (
	"testing"

	"charm.land/lipgloss/v2"
)

// An ink draws what its style draws.
func TestInkIsTheStyle(t *testing.T) {
	plain := lipgloss.NewStyle()
	for _, s := range []lipgloss.Style{plain, plain.Bold(true), plain.Foreground(lipgloss.Color("1")).Reverse(true), plain.Background(lipgloss.Color("#102030"))} {
		for _, text := range []string{"order 7 accepted", "日本語", "x"} {
			if got, want := Of(s).Render(text), s.Render(text); got != want {
				t.Errorf("%q, not %q", got, want)
			}
		}
		if got := Of(s).Render(""); got != "" {
			t.Errorf("nothing is drawn as %q", got)
		}
	}
}
