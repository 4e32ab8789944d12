package main

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

// copied is the text that a run has handed to the terminal's clipboard.
func copied(t *testing.T, wrote string) string {
	t.Helper()
	m := regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)`).FindAllStringSubmatch(wrote, -1)
	if len(m) == 0 {
		t.Fatal("nothing was copied")
	}
	text, err := base64.StdEncoding.DecodeString(m[len(m)-1][1])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// From the start of the demo to its newest error, copied with the stack trace that says why: three keys.
func TestJourneyToTheError(t *testing.T) {
	t.Parallel()
	s := inTerminal(t, 120, 36, nil, "demo", "--start", "2026-03-14T12:00Z")
	s.shows(`following`)
	s.press("Le")
	s.shows(`(?m)^>13:22:59\.813 ERROR.* payment `)
	s.press("y")
	s.shows(`copied`)
	s.leaves("q")
	if text := copied(t, s.all()); !strings.Contains(text, " ERROR ") || !strings.Contains(text, "no connection after 1500 ms") || strings.Count(text, "\n") < 5 {
		t.Errorf("copied %q", text)
	}
}
