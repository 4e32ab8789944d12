package elastic

import (
	"testing"
	"time"

	"github.com/lxlog/lx/summary"
)

// A catalog that was being read when the indices came to be others is read again.
func TestCatalogIsForgottenWhileItIsRead(t *testing.T) {
	s := newFakeServer(t).source(Options{})
	asked := 0
	watching(s, func(path, _ string) {
		if path == "_field_caps" {
			if asked++; asked == 1 {
				s.forget()
			}
		}
	})
	for range 3 {
		if _, err := s.catalog(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 {
		t.Errorf("the fields are asked for %d times", asked)
	}
}

// An old catalog serves for a while from when it is known that there is no newer, however long that took.
func TestOldCatalogServesAfterASlowFailure(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(3, 1)...)
	clock := &clocked{time.Unix(1_700_000_000, 0)}
	s := f.source(Options{Now: clock.now})
	if _, err := s.catalog(t.Context()); err != nil {
		t.Fatal(err)
	}
	clock.at = clock.at.Add(2 * catalogFor)
	f.caps = `[]`
	asked := 0
	watching(s, func(path, _ string) {
		if path == "_field_caps" {
			asked++
			clock.at = clock.at.Add(3 * catalogRetryFor)
		}
	})
	for range 3 {
		if _, err := s.catalog(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("three questions ask %d times for the fields", asked)
	}
}

// A count is not exact where some of the indices cannot be counted.
func TestCountWithoutSomeIndices(t *testing.T) {
	s := counting(t, func(string) (int, string) { return 200, `{"_shards":{"total":1},"hits":{"total":{"value":7}}}` })
	c, err := s.catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	part := *c
	part.notes = []string{"left out: @timestamp is no date in b"}
	s.keep(&part, time.Now().Add(time.Hour))
	want := summary.Count{N: 7, Certainty: summary.AtLeast}
	if got, err := s.Count(t.Context(), allOfThem); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
}
