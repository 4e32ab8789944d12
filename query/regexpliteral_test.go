package query

import "testing"

func TestLiteral(t *testing.T) {
	f := func(pattern, want string, exact bool) {
		t.Helper()
		if got, e := literal(pattern); got != want || e != exact {
			t.Errorf("%s: %q, %t; not %q, %t", pattern, got, e, want, exact)
		}
	}
	f(`timed out`, "timed out", true)
	f(`time(d )?out`, "time", true)
	f(`(read|write) timed out`, " timed out", true)
	f(`(?i)timed out`, "TIMED OUT", false)
	f(`(?i)quick\x20brown\x20zebra`, " BROWN ZEBRA", false) // k may be the Kelvin sign
	f(`(?i)seas`, "EA", false)
	f(`a+bc{2,}`, "a", true)
	f(`(abc)?`, "", false)
	f(`x|yy`, "", false)
	f(`[0-9]+ ms`, " ms", true)
	f(`(`, "", false)
}
