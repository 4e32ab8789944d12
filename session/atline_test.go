package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// Every line of a file leads to the record that has it, also one that takes several lines.
func TestAtLine(t *testing.T) {
	var text strings.Builder
	line, want := int64(0), map[int64]string{} // the line's record, by its first line
	for i := range 40_000 {
		body := fmt.Sprintf("%s INFO shop n%d", noon.Add(time.Duration(i*37%5000)*time.Second).Format(time.RFC3339), i)
		fmt.Fprintln(&text, body)
		line++
		want[line] = body
		for range i % 7 / 5 {
			text.WriteString("\tmore of it\n")
			line++
			want[line] = body
		}
	}
	s, _ := started(t, sourcetest.NewFile("a.log", text.String()), sourcetest.NewFile("b.log", "2024-05-01T10:00:00Z INFO shop alone\n"))
	ok(t, s.Wait(t.Context()))
	v, err := s.View(session.Filter{From: logs.NoTime, To: logs.NoTime})
	ok(t, err)
	page, err := v.Rows(t.Context(), session.Key{Time: noon.UnixNano()}, 0, 1)
	ok(t, err)
	stream := page.Rows[0].Key.Source
	f := func(line int64, body string) {
		t.Helper()
		key, _, found, err := s.AtLine(t.Context(), stream, line)
		ok(t, err)
		if !found {
			t.Fatalf("no line %d", line)
		}
		page, err := v.Rows(t.Context(), key, 0, 1)
		ok(t, err)
		if r := page.Rows[0]; r.Key != key || !strings.HasPrefix(string(r.Record.Raw), body+"\n") {
			t.Errorf("line %d: %v %q, not %q", line, r.Key, r.Record.Raw, body)
		}
	}
	for l := int64(1); l <= line; l += 997 {
		f(l, want[l])
	}
	f(line, want[line])
	if _, last, found, err := s.AtLine(t.Context(), stream, line+1); found || last != line || err != nil {
		t.Errorf("behind the end: %v, the last line is %d, %v", found, last, err)
	}
	if _, _, found, err := s.AtLine(t.Context(), stream, 0); found || err != nil {
		t.Errorf("line 0: %v %v", found, err)
	}
	if _, _, found, err := s.AtLine(t.Context(), 1<<40, 1); found || err != nil {
		t.Errorf("no such stream: %v %v", found, err)
	}
}
