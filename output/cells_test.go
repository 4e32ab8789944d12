package output

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestCells(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		got := Cells(in)
		if got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
		if one, each := ansi.StringWidth(got), ansi.StringWidthWc(got); one != each {
			t.Errorf("%q takes %d cells or %d", got, one, each)
		}
	}
	f("plain", "plain")
	f("世界 é e\u0301", "世界 é e\u0301")
	f("👍🏽", "👍")
	f("🏽", "🏽")
	f("👩\u200d👩\u200d👧", "👩👩👧")
	f("🧑🏿\u200d🤝\u200d🧑🏻", "🧑🤝🧑")
	f("❤\ufe0f 1\ufe0f\u20e3 ☁\ufe0f", "❤ 1 ☁")
	f("🦹🏿\u200d♂\ufe0f", "🦹♂")
	f("🇩🇪 🇩🇪🇯🇵", "🇩🇪 🇩🇪🇯🇵")
	f("🇩 🇺🇸🇷🇺🇸", "D 🇺🇸🇷🇺S")
	f("א\u200dב", "א\u200dב")
	f("a\x1b[2J\n", `a\x1b[2J↵`)
}
