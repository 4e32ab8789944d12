package ui

import (
	"io"
	"os"
	"testing"
)

func TestQuiet(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	in := "a\x1b[?2026$p\x1b[?2027$pb\x1b[?u\x1b[>1u\x1b[c\x1b[>0c\x1b]11;?\x07\x1b]10;?\x1b\\c\x1b[6n\x1b[?25l\x1b[31mred\x1b[m\x1b]0;title\x07\x1b[1 q\x1b[>q"
	want := "ab\x1b[>1uc\x1b[?25l\x1b[31mred\x1b[m\x1b]0;title\x07\x1b[1 q"
	if n, err := (Quiet{w}).Write([]byte(in)); n != len(in) || err != nil {
		t.Errorf("wrote %d, %v", n, err)
	}
	w.Close()
	if got, _ := io.ReadAll(r); string(got) != want {
		t.Errorf("%q, not %q", got, want)
	}
}
