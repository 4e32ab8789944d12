package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The filter bar proposes what a file holds; a misspelt value is found out and mended by one key.
func TestFilterCompletedAndMended(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, `{"time":"2026-03-14T08:%02d:%02dZ","level":"%s","service":"%s","customer":"c%d","message":"order %d"}`+"\n",
			i/60, i%60, [...]string{"INFO", "INFO", "ERROR"}[i%3], [...]string{"checkout", "payment"}[i%2], i%7, i)
	}
	path := filepath.Join(t.TempDir(), "shop.log")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s := inTerminal(t, 80, 24, nil, path)
	s.shows(`300 records ·`) // all of them, not so far
	s.press("&cust")
	s.shows(`(?s)│ customer +300.*& cust`)
	s.press("\t")
	s.shows(`& customer:`)
	s.press("c")
	s.shows(`(?s)│ c0 +43.*│ c6 +42.*& customer:c`)
	s.press("\t\t")
	s.shows(`(?s)│>c1 +43.*& customer:c1 +43 of 300`)
	s.press("\x15level:ERROR and service:chekout\r")
	s.shows(`(?s)0 of 300 records match.*100   level:ERROR\s.*0   service:chekout   no such value; checkout has 150.*Enter   level:ERROR|Enter   service:checkout`)
	s.press("\r")
	s.shows(`(?s)service:checkout +50 of 300`)
	s.press("q")
	if status, _ := s.ends(); status != 0 {
		t.Errorf("status %d", status)
	}
}
