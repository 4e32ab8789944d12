package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// interrupted runs a command line whose context ends when it first writes, or before it begins.
func interrupted(t *testing.T, before bool, args ...string) (out string, code int) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if before {
		cancel()
	}
	w := &canceller{cancel: cancel}
	p := &program{out: w, err: &bytes.Buffer{}, now: time.Now}
	code = p.run(ctx, args)
	return w.String(), code
}

type canceller struct {
	bytes.Buffer
	cancel func()
}

func (c *canceller) Write(p []byte) (int, error) {
	c.cancel()
	return c.Buffer.Write(p)
}

func TestInterrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.log")
	line := strings.Repeat("x", 99) + "\n"
	if err := os.WriteFile(path, []byte(strings.Repeat(line, 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	f := func(before bool, wantCode int, want string, args ...string) {
		t.Helper()
		out, code := interrupted(t, before, args...)
		if code != wantCode || !strings.Contains(out, want) {
			t.Errorf("%s: %d\n%.300s", args, code, out)
		}
	}
	// What had been read by then is told, and that it is not all.
	f(true, exitInterrupted, `"exact":false,"notes":["interrupted: `, "stats", "-o", "json", path)
	f(true, exitInterrupted, "note      interrupted: ", "stats", path)
	f(true, exitInterrupted, "0\n", "query", "-o", "count", "*", path)
	// An interrupt while records are printed ends the printing.
	f(false, exitInterrupted, line, "query", "*", path)
	if out, _ := interrupted(t, false, "query", "*", path); len(out) > 500_000 {
		t.Errorf("%d bytes were printed after the interrupt", len(out))
	}
}
