//go:build unix

package main

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A named pipe is neither listed nor waited for.
func TestOpenablePipe(t *testing.T) {
	here := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(here, "pipe.log"), 0o600); err != nil {
		t.Fatal(err)
	}
	writeAged(t, here, "a.log", "x", 1)
	if got := foundIn(t, here, 0); got != "file a.log" {
		t.Error(got)
	}
}

// What may not be read says who may.
func TestWhoMayRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	f := func(mode os.FileMode, want string) {
		t.Helper()
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := whoMayRead(info); got != want {
			t.Errorf("%v: %s, want %s", mode, got, want)
		}
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	f(0o600, "only "+me.Username)
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		t.Fatal(err)
	}
	f(0o640, group.Name+" group")

	refused := []candidate{{Name: "x", About: "no permission: adm group"}}
	s := &search{ctx: t.Context(), files: []candidate{{Name: "y"}}, refused: refused}
	if list := s.candidates(); len(list) != 2 || !strings.HasPrefix(list[1].About, "no permission") || list[1].Args != nil {
		t.Errorf("%+v", list)
	}
}
