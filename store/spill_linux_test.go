package store_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/lxlog/lx/store"
)

// fullable makes a folder on a disk of its own of so many bytes; where that is not allowed, files in memory are as full.
func fullable(t *testing.T, s *store.Store, folder string, size string, bytes int) {
	t.Helper()
	if os.Getuid() != 0 || syscall.Mount("lx", folder, "tmpfs", 0, "size="+size) != nil {
		t.Log("the disk is one in memory: no other can be mounted")
		s.SpillInto((&disk{size: bytes, files: -1}).create)
		return
	}
	s.SpillInto(nil)
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

func TestReallyFullDisk(t *testing.T) {
	folder := t.TempDir()
	s := newStore(t, store.Options{Memory: 1, Spill: 16 << 20, Folder: folder})
	fullable(t, s, folder, "5m", 5<<20)
	testFull(t, s, 6<<20, "no space left on device")
}

// The folder that files were to be made in goes while bytes arrive.
func TestVanishedFolder(t *testing.T) {
	folder := t.TempDir() + "/gone"
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	s := newStore(t, store.Options{Memory: 1, Folder: folder})
	s.SpillInto(nil)
	st := open(t, s, nil)
	text := noisyText(12 << 20)
	appendAll(t, st, text[:8<<20], 200_000)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	appendAll(t, st, text[8<<20:], 200_000)
	st.Close()
	if got := state(t, s); got.Lost.Records != 0 || raw(t, got) != text {
		t.Errorf("%+v", got.Lost)
	}
}
