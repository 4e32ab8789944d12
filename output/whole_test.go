package output

import (
	"bytes"
	"testing"
)

// However a record comes in pieces, its lines are those of the whole.
func TestLinesWriter(t *testing.T) {
	f := func(raw string) {
		t.Helper()
		want := string(AppendText(nil, []byte(raw), "a: "))
		for i := range len(raw) + 1 {
			for j := i; j <= len(raw); j++ {
				var got bytes.Buffer
				l := &linesWriter{w: &got, prefix: "a: "}
				for _, piece := range []string{raw[:i], raw[i:j], raw[j:]} {
					if n, err := l.Write([]byte(piece)); n != len(piece) || err != nil {
						t.Fatal(n, err)
					}
				}
				if err := l.end(); err != nil || got.String() != want {
					t.Errorf("%q cut at %d and %d: %q, not %q: %v", raw, i, j, got.String(), want, err)
				}
			}
		}
	}
	f("one\r\n\ttwo\n")
	f("one\rtwo\r\r\nthree")
	f("one\r")
	f("\r\n\n\r")
	f("")
}
