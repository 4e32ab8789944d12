package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// Files of /proc say that they are empty and are not.
func TestRunProc(t *testing.T) {
	want, err := os.ReadFile("/proc/version")
	if err != nil {
		t.Fatal(err)
	}
	st, err := run(t, New("/proc/version", Options{}))
	if err != nil || string(st.text) != string(want) || st.Live {
		t.Errorf("%q, %v", st.text, err)
	}
}

// withoutRights calls f as a user who may read nothing of the test's.
func withoutRights(t *testing.T, f func()) {
	t.Helper()
	runtime.LockOSThread() // the system's file user is the thread's
	defer runtime.UnlockOSThread()
	if err := syscall.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
	defer syscall.Setfsuid(os.Getuid())
	f()
}

func TestPermissionDenied(t *testing.T) {
	path := write(t, "secret.log", "one\n")
	folder := filepath.Dir(path)
	if err := os.Chmod(filepath.Dir(folder), 0o711); err != nil {
		t.Fatal(err)
	}
	for p, mode := range map[string]os.FileMode{path: 0, folder: 0o711} {
		if err := os.Chmod(p, mode); err != nil {
			t.Fatal(err)
		}
	}
	withoutRights(t, func() {
		err := New(path, Options{}).Run(t.Context(), &recorder{})
		if !errors.Is(err, fs.ErrPermission) || !strings.HasPrefix(err.Error(), path+": permission denied: run lx as") {
			t.Errorf("%v", err)
		}
		found, errs := Sources([]string{folder}, Options{})
		if len(found) != 0 || len(errs) != 1 || !errors.Is(errs[0], fs.ErrPermission) || !strings.HasPrefix(errs[0].Error(), folder+": permission denied") {
			t.Errorf("%v", errs)
		}
	})
	// A file of a folder that may be a log is a source, which then says what is wrong with it.
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	withoutRights(t, func() {
		found, errs := Sources([]string{folder}, Options{})
		if len(found) != 1 || len(errs) != 0 {
			t.Fatalf("%v, %v", found, errs)
		}
		if err := found[0].Run(t.Context(), &recorder{}); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v", err)
		}
	})
}
