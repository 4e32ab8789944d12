package format

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/when"
)

// oneByOne is everything, whose layouts are tried each by itself, without shortcuts.
var oneByOne = func() *set {
	t := newSet(builtin)
	for _, n := range detected() {
		t.try(n)
	}
	t.timeless = t.byFirst
	return t
}()

// FuzzShortcuts: what a line is does not depend on which layouts a shortcut leaves out.
func FuzzShortcuts(f *testing.F) {
	for _, line := range []string{
		"2026-03-14 08:00:00,123 INFO [payment] card accepted",
		"2026-03-14T08:00:00.123Z INFO 10.0.0.1:80 10.0.0.2:81 0.1 0.2 0.3 200 200 0 1 \"GET / HTTP/1.1\"",
		"2026-03-14 08:00:00 [main] {\"level\":\"info\",\"msg\":\"a\"}",
		"2026-03-14 08:00:00 INFO app[12]: {\"level\":\"info\",\"msg\":\"a\"}",
		"2026-03-14 08:00:00.123  WARN 1 --- [main] c.e.shop.Cart : empty",
		"2026-03-14 08:00:00 ERROR 10.0.0.1 GET /x - 200",
		"2000-1-1 0:00Z A : ",
		"2026-03-14T08:00:00.123Z ERROR level=x msg=y",
	} {
		f.Add(line)
	}
	for _, s := range stampedSamples {
		f.Add(s.text)
	}
	for _, sample := range headerSamples {
		f.Add(sample)
	}
	for _, line := range systems(f) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line, _, _ = strings.Cut(line, "\n")
		scan := func(set *set) (uint8, fields) {
			s := newScanner(time.UTC, set)
			var f fields
			return set.scan([]byte(line), s, &f), f
		}
		n, got := scan(everything)
		m, want := scan(oneByOne)
		if n != m || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %s %v, one by one %s %v", line, everything.list[n].Name(), got, oneByOne.list[m].Name(), want)
		}
	})
}

// Layouts that are known by their number in every set have it.
func TestNumbersOfLayouts(t *testing.T) {
	f := func(number int, name string) {
		t.Helper()
		if got := everything.list[number].Name(); got != name {
			t.Errorf("%d is %s, not %s", number, got, name)
		}
	}
	f(innerJSON, "json")
	f(logfmtNumber, "logfmt")
	if !everything.detects || newSet(builtin).try(innerJSON).detects {
		t.Error("not all built-in layouts are tried, or one alone counts as all")
	}
}

// A layout that is not tried on lines without a time would not take one.
func TestTimedLayouts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var lines [][]byte
	for _, text := range benchTexts() {
		lines = append(lines, bytes.Split(text.chunk[:min(len(text.chunk), 4000)], []byte("\n"))...)
	}
	for _, line := range systems(t) {
		lines = append(lines, []byte(line))
	}
	s, tried := newScanner(time.UTC, everything), 0
	for range 300000 {
		line := bytes.Clone(lines[r.IntN(len(lines))])
		if len(line) == 0 {
			continue
		}
		for range r.IntN(6) {
			line[r.IntN(len(line))] = "0a:. [Z"[r.IntN(7)]
		}
		if !when.MayHold(line) || r.IntN(3) == 0 {
			for i, c := range line {
				if c == ':' || c == '.' {
					line[i] = "-_ ,a"[r.IntN(5)]
				}
			}
		}
		if when.MayHold(line) {
			continue
		}
		tried++
		var f fields
		s.forget()
		for _, n := range everything.byFirst[line[0]] {
			if l := everything.list[n]; isTimed(l) && l.scan(line, s, &f) {
				t.Fatalf("%s takes %q", l.Name(), line)
			}
		}
		if k := s.readStamped(line); k != kindNone {
			t.Fatalf("%q is read as one of kind %d", line, k)
		}
	}
	if tried < 10000 {
		t.Errorf("only %d lines", tried)
	}
}
