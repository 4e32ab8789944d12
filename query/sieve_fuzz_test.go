package query

import "testing"

// Whatever the bytes and the query are, a sieve says what Match does.
func FuzzSieve(f *testing.F) {
	for _, raw := range []string{
		`{"time":"2026-03-14T08:00:00Z","level":"ERROR","message":"read timed out","http":{"status_code":502},"duration_ms":1e3}` + "\n",
		`{"a":{"b":[{"c":"x"}]},"a.b":1,"MESSAGE":[102,117],"attributes":[{"key":"n","value":{"intValue":"7"}}]}` + "\n  at full.Text(x.go:1)\n",
		"2026-03-14 08:00:00,123 ERROR [main] shop.Pay: declined\n  java.lang.Error: full\n",
		`time=2026-03-14T08:00:00Z level=warn msg="read \"timed\" out" n=1.50 cached` + "\n",
		"<34>1 2026-03-14T08:00:00Z h app 7 ID [a b=\"x\\]\"] full\n",
		"127.0.0.1 - - [14/Mar/2026:08:00:00 +0000] \"GET /full HTTP/1.1\" 502 7 0.250\n",
	} {
		for _, text := range []string{`full`, `"timed out"`, `duration_ms > 999`, `a.b:* or not level:ERROR`, `*ul*`, `n:7`, `502 and time`, `/x/`, `message:full`, `true`} {
			f.Add(text, []byte(raw))
		}
	}
	f.Fuzz(func(t *testing.T, text string, raw []byte) {
		n, err := Parse(text)
		if err != nil || len(raw) > 10_000 {
			return
		}
		newSieved(t, raw).sifts(t, n, nil)
	})
}
