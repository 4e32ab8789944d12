package tty

import (
	"io"
	"os"
	"testing"
)

// quieted is what of a text reaches the terminal.
func quieted(t *testing.T, in string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := (Quiet{w}).Write([]byte(in)); n != len(in) || err != nil {
		t.Errorf("wrote %d, %v", n, err)
	}
	w.Close()
	got, _ := io.ReadAll(r)
	return string(got)
}

func TestQuiet(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := quieted(t, in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	for _, question := range []string{
		"\x1b[?2026$p", "\x1b[?2027$p", "\x1b[4$p", "\x1b[?u", // modes, the keyboard
		"\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[>0c", "\x1b[=c", "\x1b[>q", "\x1b[>0q", // what it is
		"\x1b[5n", "\x1b[6n", "\x1b[?6n", "\x1b[?15n", "\x1b[?25n", "\x1b[?996n", // how it is, where the cursor is
		"\x1b]11;?\x07", "\x1b]10;?\x1b\\", "\x1b]4;1;?\x07", "\x1b]4;?\x07", "\x1b]12;?\x07", "\x1b]10;?;?\x07", // colours
		"\x1b]52;c;?\x07", "\x1b]52;;?\x1b\\", "\x1b]52;p;?\x07", // the clipboard
		"\x1bP+q544e\x1b\\", "\x1bP$qm\x1b\\", // capabilities, settings
		"\x1b[14t", "\x1b[18t", "\x1b[11t", "\x1b[21t", "\x1b[13;2t", // the window
		"\x1b[?m", "\x1b[?4m", "\x1b[0x", "\x1b[x", // what keys send
	} {
		f("a"+question+"b", "ab")
	}
	for _, order := range []string{
		"\x1b[>1u", "\x1b[<1u", "\x1b[=1;1u", "\x1b[?25l", "\x1b[?2026h", "\x1b[31m", "\x1b[m", "\x1b[>4;2m", "\x1b[1 q", "\x1b[6;7H", "\x1b[5X",
		"\x1b]0;title?\x07", "\x1b]52;c;cXVlc3Rpb24/\x07", "\x1b]52;c;\x07", "\x1b]11;#000000\x07", "\x1b]8;;http://x/?a\x07", "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\",
		"\x1b[22t", "\x1b[23t", "\x1b[8;24;80t", "\x1b[!p",
	} {
		f("a"+order+"b", "a"+order+"b")
	}
}
