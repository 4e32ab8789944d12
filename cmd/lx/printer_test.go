package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Whatever is printed on a terminal is harmless there, but for the bytes as they came.
func TestTerminalOutput(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "app.log")
	hostile := "{\"service\":\"a\u202eb\",\"msg\":\"\u202egnp.exe \u009b31m\"}\n"
	if err := os.WriteFile(path, []byte(hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	f := func(raw bool, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		p := &program{out: &out, err: &errs, terminal: true, now: time.Now}
		code := p.run(t.Context(), append(args, path))
		if code != exitDone || strings.ContainsAny(out.String(), "\u202e\u009b") != raw {
			t.Errorf("%s: %d %q %s", args, code, out.String(), errs.String())
		}
	}
	f(false, "query", "*")
	f(false, "query", "-o", "json", "*")
	f(false, "query", "-o", "csv", "*")
	f(true, "query", "-o", "raw", "*")
	for _, command := range []string{"stats", "fields", "explain"} {
		f(false, command)
		f(false, command, "-o", "json")
	}
}
