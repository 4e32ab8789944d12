package logs

import "testing"

func TestParseSeverity(t *testing.T) {
	f := func(text string, want Severity) {
		t.Helper()
		got, ok := ParseSeverity(text)
		if got != want || ok != (want != 0) {
			t.Errorf("%q: %d %t, not %d", text, got, ok, want)
		}
	}
	f("ERROR", Error)
	f("error", Error)
	f("Err", Error)
	f("SEVERE", Error)
	f("Warning", Warn)
	f("WARN", Warn)
	f("notice", Info+1)
	f("Information", Info)
	f("FINEST", Trace)
	f("crit", Fatal)
	f("EMERG", Fatal+2)
	f("errors", 0)
	f("E", 0)
	f("", 0)
	f("informationally-long-text", 0)
}

func TestLevels(t *testing.T) {
	for s := Severity(0); s <= 24; s++ {
		l := s.Level()
		if s == 0 && l != 0 || s > 0 && (s < l.Base() || s > l.Base()+3) {
			t.Errorf("severity %d is of level %d, which begins at %d", s, l, l.Base())
		}
	}
	if Severity(200).String() != "FATAL" || Warn.String() != "WARN" || Unspecified.String() != "" {
		t.Error("names")
	}
}

func TestSeverityNumbers(t *testing.T) {
	f := func(what string, got Severity, ok bool, want Severity) {
		t.Helper()
		if got != want || ok != (want != 0) {
			t.Errorf("%s: %d, not %d", what, got, want)
		}
	}
	for n, want := range []Severity{Fatal + 2, Fatal + 1, Fatal, Error, Warn, Info + 1, Info, Debug, 0} {
		got, ok := SyslogSeverity(n)
		f("syslog", got, ok, want)
	}
	for n, want := range map[int]Severity{99: 0, 101: Info, 200: Info, 304: Info, 404: Warn, 503: Error, 600: 0} {
		got, ok := StatusSeverity(n)
		f("status", got, ok, want)
	}
	for c, want := range map[byte]Severity{'V': Trace, 'D': Debug, 'i': Info, 'N': Info + 1, 'W': Warn, 'E': Error, 'F': Fatal, 'z': 0} {
		got, ok := LetterSeverity(c)
		f("letter", got, ok, want)
	}
}
