package when

import (
	"testing"
	"time"
)

func TestStamp(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	p := NewParser(berlin)
	f := func(text, stamp, want string, missing Missing) {
		t.Helper()
		s, n := p.Stamp([]byte(text))
		if got := string(AppendRFC3339(nil, s.Nanos)); text[:n] != stamp || n > 0 && (got != want || s.Missing != missing) {
			t.Errorf("%q: %q is %s, missing %d", text, text[:n], got, s.Missing)
		}
	}
	f("2026-03-14T08:00:00.123Z INFO", "2026-03-14T08:00:00.123Z", "2026-03-14T08:00:00.123000000Z", 0)
	f("2026-07-14 08:00:00,123 INFO", "2026-07-14 08:00:00,123", "2026-07-14T06:00:00.123000000Z", Zone)
}
