package themes

// Glyphs are the signs that the screen is drawn with. Each is one cell wide.
type Glyphs struct {
	Live, CatchingUp, Trouble, Ended string // how a source is
	New, Late                        string // records below, records above that came late
	Cursor                           string // before the row of a plain screen
	Bookmark, Note                   string
	Ellipsis                         string
	Rule, Forecast, Branch           string    // ─ ┊ ├
	Track, Thumb                     string    // of the scroll bar
	Bars                             [9]string // from nothing to a full cell, in eighths
	Stack                            [7]string // a full cell of a stack, by logs.Level: told apart without colour
	Unfinished, Unknown              string    // a minute that is not over; one that nobody has answered for
	Round                            bool      // half blocks and braille may be used
}

// Unicode is for terminals that have block elements.
func Unicode() *Glyphs {
	return &Glyphs{
		Live: "●", CatchingUp: "◌", Trouble: "!", Ended: "-", New: "▼", Late: "▲", Cursor: ">", Bookmark: "◆", Note: "✎", Ellipsis: "…",
		Rule: "─", Forecast: "┊", Branch: "├", Track: "│", Thumb: "█",
		Bars:       [9]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		Stack:      [7]string{"░", "░", "░", "█", "▓", "█", "█"},
		Unfinished: ":", Unknown: "?", Round: true,
	}
}

// ASCII is for everything else, and where a terminal draws signs of ambiguous width two cells wide.
func ASCII() *Glyphs {
	return &Glyphs{
		Live: "*", CatchingUp: "o", Trouble: "!", Ended: "-", New: "v", Late: "^", Cursor: ">", Bookmark: "#", Note: "n", Ellipsis: "~",
		Rule: "-", Forecast: "|", Branch: "+", Track: "|", Thumb: "#",
		Bars:       [9]string{" ", ".", ".", ":", ":", "+", "+", "#", "#"},
		Stack:      [7]string{".", ".", "-", "=", "w", "E", "F"},
		Unfinished: ":", Unknown: "?",
	}
}

// Console is for the Linux console, whose fonts have the signs of code page 437.
func Console() *Glyphs {
	return &Glyphs{
		Live: "•", CatchingUp: "○", Trouble: "!", Ended: "-", New: "▼", Late: "▲", Cursor: ">", Bookmark: "♦", Note: "n", Ellipsis: "~",
		Rule: "─", Forecast: "│", Branch: "├", Track: "│", Thumb: "█",
		Bars:       [9]string{" ", "_", "_", "▄", "▄", "▄", "▄", "█", "█"},
		Stack:      [7]string{"░", "░", "░", "█", "▓", "█", "█"},
		Unfinished: ":", Unknown: "?",
	}
}

// Narrow is for terminals that draw signs of ambiguous width two cells wide: each of
// these is of certain width (East Asian Width neutral or narrow), bars are of braille.
func Narrow() *Glyphs {
	return &Glyphs{
		Live: "◦", CatchingUp: "◌", Trouble: "!", Ended: "-", New: "▾", Late: "▴", Cursor: ">", Bookmark: "⬥", Note: "✎", Ellipsis: "~",
		Rule: "╌", Forecast: "╎", Branch: "⊢", Track: "╎", Thumb: "⣿",
		Bars:       [9]string{" ", "⡀", "⣀", "⣄", "⣤", "⣦", "⣶", "⣷", "⣿"},
		Stack:      [7]string{"⠒", "⠒", "⠒", "⣿", "⢕", "⣿", "⣿"},
		Unfinished: ":", Unknown: "?",
	}
}

// ChooseGlyphs chooses the signs for a terminal. set is "ascii", "unicode" or
// "auto"; ambiguous is how many cells the terminal gives to signs of ambiguous width, 1 or 2.
// By itself it takes ASCII where the locale is not UTF-8 or the terminal is older than that.
func ChooseGlyphs(set string, ambiguous int, t Terminal) *Glyphs {
	switch {
	case set == "ascii", set != "unicode" && (t.bare() || !t.utf8()):
		return ASCII()
	case ambiguous == 2:
		return Narrow()
	case t.Term == "linux":
		return Console()
	}
	return Unicode()
}
