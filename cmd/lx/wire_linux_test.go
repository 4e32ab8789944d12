package main

import "testing"

// A key that changes nothing writes nothing, and one that moves the cursor writes two rows.
func TestNothingChangesNothingIsWritten(t *testing.T) {
	s := inTerminal(t, 80, 24, nil, logFile(t, "shop.log", shopLog(300)))
	s.shows(`300 records ·`) // all of them, not so far
	s.press("g")
	s.shows(`order 0 accepted`)
	s.press("j")
	s.shows(`(?m)^>.* order 1 `)
	before := len(s.all())
	for range 20 {
		s.press("\x1b[15~") // F5 has no meaning
	}
	s.press("k")
	s.shows(`(?m)^>.* order 0 `)
	if wrote := s.all()[before:]; len(wrote) > 4*80 {
		t.Errorf("twenty keys without a meaning and one that moves the cursor write %d bytes: %q", len(wrote), wrote)
	}
}
