package elastic

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Answers come packed until the way turns out to be fast, and again once it turns out not to be.
func TestLinkMeasures(t *testing.T) {
	const size = 1 << 20
	at := func(rate float64) time.Duration { return time.Duration(size / rate * 1e9) }
	type answers struct {
		n      int
		rate   float64
		packed bool // the next one is to come packed
	}
	for name, steps := range map[string][]answers{
		"same machine":    {{1, packedRate, true}, {1, packedRate, true}, {1, packedRate, false}, {100, plainRate, false}},
		"slow":            {{1000, packedRate / 2, true}},
		"now and then":    {{2, packedRate, true}, {1, packedRate / 2, true}, {2, packedRate, true}, {1, packedRate, false}},
		"one stall":       {{3, packedRate, false}, {1, plainRate / 2, false}, {1, plainRate, false}, {1, plainRate / 2, false}, {1, plainRate / 2, true}},
		"a tunnel":        {{3, packedRate, false}, {1, tunnelRate / 2, true}, {5, packedRate, true}, {1, packedRate, false}, {1, tunnelRate / 2, true}, {17, packedRate, true}, {1, packedRate, false}},
		"hardly anything": {{3, packedRate, false}, {1, tunnelRate / 2, true}},
	} {
		l := &link{}
		for i, s := range steps {
			for range s.n {
				l.saw(size, at(s.rate), l.wantsPacked())
				l.saw(tellsRate-1, time.Hour, false)
				l.saw(tellsRate-1, 1, true)
			}
			if l.wantsPacked() != s.packed {
				t.Errorf("%s: after step %d, packed is %v", name, i, !s.packed)
			}
		}
	}
	l := &link{} // a server that packs nothing is asked for it all the same
	for range 100 {
		l.saw(size, at(plainRate/2), false)
	}
	if !l.wantsPacked() {
		t.Error("not asked for packed")
	}
}

// What is asked for follows the link; what comes is unpacked if it is packed, asked for or not, and is no larger than it may be.
func TestLinkReads(t *testing.T) {
	text := `{"n":"` + strings.Repeat("0123456789abcdef", 4*tellsRate) + `"}`
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Extra = make([]byte, 2*tellsRate) // so that there are enough bytes of it
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	var asked []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("Accept-Encoding"))
		if r.Header.Get("Accept-Encoding") == "gzip" || len(asked) == fastTimes+2 {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed.Bytes())
			return
		}
		_, _ = io.WriteString(w, text)
	}))
	defer s.Close()
	c, _ := to(t, Options{Name: "prod", URLs: []string{s.URL}})
	var now time.Time
	step := time.Duration(0)
	c.link.clock = func() time.Time { now = now.Add(step); return now }
	ask := func() {
		t.Helper()
		var into struct{ N string }
		if err := c.answer(t.Context(), who, &into); err != nil || len(into.N) != len(text)-len(`{"n":""}`) {
			t.Fatalf("%d bytes: %v", len(into.N), err)
		}
	}
	for range fastTimes + 3 {
		ask()
	}
	step = time.Second
	ask()
	ask()
	if got := strings.Join(asked, ","); got != strings.Repeat("gzip,", fastTimes)+",,,,gzip" {
		t.Errorf("asked for %q", got)
	}
}

// A body that says to be packed and has nothing in it is none, as one is that breaks off an error.
func TestLinkReadsNothing(t *testing.T) {
	for body, bad := range map[string]bool{"": false, "\x1f\x8b": true, "{}": true} {
		res := &http.Response{Header: http.Header{"Content-Encoding": {"gzip"}}, Body: io.NopCloser(strings.NewReader(body))}
		got, err := (&link{}).read(res, 10)
		if len(got) > 0 || (err != nil) != bad {
			t.Errorf("%q: %q %v", body, got, err)
		}
	}
}
