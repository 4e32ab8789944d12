package elastic

import (
	"encoding/json"
	"testing"
)

// Sort values are whole numbers as JSON has them, as large as they may be.
func TestWhole(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "17": 17, "1773475200123": 1773475200123, "999999999999999999": 999999999999999999, "9223372036854775807": 9223372036854775807, "-5": -5, "-9223372036854775808": -9223372036854775808} {
		if n, ok := whole(json.RawMessage(text)); !ok || n != want {
			t.Errorf("%s is %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "9223372036854775808", "123456789012345678901", "-", "1.0", "1e3", `"1"`, "null", "1 "} {
		if n, ok := whole(json.RawMessage(text)); ok {
			t.Errorf("%q is %d", text, n)
		}
	}
}
