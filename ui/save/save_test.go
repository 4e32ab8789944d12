package save

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
)

// A view of n records, of which number cut is too long to be decoded.
type view struct {
	session.View
	n, cut    int
	unread    error
	undecoded bool
	during    func(i int) // called before a record
}

func (v *view) Undecoded() session.View { u := *v; u.undecoded = true; return &u }

func (v *view) Each(ctx context.Context, f func(session.Key, *logs.Record) bool) error {
	for i := range v.n {
		if v.during != nil {
			v.during(i)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r := &logs.Record{Time: logs.NoTime, Raw: fmt.Appendf(nil, "r%d\n", i)}
		if !v.undecoded {
			r.Body = fmt.Sprintf("r%d", i)
		}
		if i == v.cut {
			r.Marks = logs.Cut
		}
		if !f(session.Key{Sequence: int64(i)}, r) {
			return nil
		}
	}
	return v.unread
}

func (v *view) WriteRaw(at session.Key, w io.Writer) error {
	_, err := fmt.Fprintf(w, "r%d, whole\n", at.Sequence)
	return err
}

func TestSave(t *testing.T) {
	f := func(k output.Kind, want string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), "out")
		var told []int64
		s, err := Save(t.Context(), &view{n: 3, cut: 1}, path, k, false, func(records, bytes int64) { told = append(told, records, bytes) })
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if string(b) != want || err != nil {
			t.Errorf("%q, %v", b, err)
		}
		if s.Path != path || s.Records != 3 || s.Bytes != int64(len(want)) || (s.Cut == 1) != k.Decoded() || s.Unread != nil {
			t.Errorf("%+v", s)
		}
		if len(told) != 2 || told[0] != 3 || told[1] != s.Bytes {
			t.Errorf("progress %v", told)
		}
		only(t, path)
	}
	f(output.Raw, "r0\nr1, whole\nr2\n")
	f(output.Text, "r0\nr1, whole\nr2\n")
	f(output.CSV, strings.Join(output.CSVHeader, ",")+"\n,,,,r0,,,,,{}\n,,,,r1,,,,,{}\n,,,,r2,,,,,{}\n")
	f(output.JSONL, `{"severity":"","service":"","body":"r0","attributes":{}}
{"severity":"","service":"","body":"r1","cut":true,"attributes":{}}
{"severity":"","service":"","body":"r2","attributes":{}}
`)
}

// only checks that nothing stands beside the file; with "" before the last /, that there is nothing.
func only(t *testing.T, path string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s is left", e.Name())
		}
	}
}

func TestOverwriteIsAskedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.log")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	_, err := Save(t.Context(), &view{n: 1, cut: -1}, path, output.Raw, false, nil)
	var exists *Exists
	if !errors.As(err, &exists) || exists.Path != path {
		t.Fatalf("%v", err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if s, err := Save(t.Context(), &view{n: 1, cut: -1}, link, output.Raw, true, nil); err != nil || s.Path != path {
		t.Fatal(s, err)
	}
	b, _ := os.ReadFile(path)
	info, err := os.Lstat(path)
	if string(b) != "r0\n" || err != nil || info.Mode() != 0o640 {
		t.Errorf("%q %v %v", b, info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().IsRegular() {
		t.Error("the link was replaced", err)
	}
}

// A file that comes while another is written under that name stays.
func TestFileComesMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.log")
	v := &view{n: 1, cut: -1, during: func(int) { _ = os.WriteFile(path, []byte("other"), 0o600) }}
	_, err := Save(t.Context(), v, path, output.Raw, false, nil)
	if b, _ := os.ReadFile(path); !errors.As(err, new(*Exists)) || string(b) != "other" {
		t.Errorf("%v, %q", err, b)
	}
	only(t, path)
}

func TestCancelLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	v := &view{n: 10, cut: -1, during: func(i int) {
		if i == 5 {
			cancel()
		}
	}}
	if _, err := Save(ctx, v, filepath.Join(dir, "a"), output.Raw, false, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	only(t, dir+"/")
}

func TestFullDisk(t *testing.T) {
	full := func(io.Writer) error { return &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC} }
	path := filepath.Join(t.TempDir(), "a.log")
	target, err := newTarget(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := target.fill(full); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	only(t, filepath.Dir(path)+"/")
}

// A disk that is full within a record ends the writing with its error.
func TestFailedWrite(t *testing.T) {
	var s Summary
	r, w := io.Pipe()
	r.CloseWithError(syscall.ENOSPC)
	if err := s.write(t.Context(), &view{n: 100_000, cut: -1}, w, output.Raw, nil); !errors.Is(err, syscall.ENOSPC) || s.Records >= 100_000 {
		t.Error(err, s.Records)
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	lost := errors.New("app.log: 3 records could not be read")
	path := filepath.Join(t.TempDir(), "out")
	s, err := Save(t.Context(), &view{n: 2, cut: -1, unread: lost}, path, output.Raw, false, nil)
	if b, _ := os.ReadFile(path); err != nil || s.Unread != lost || string(b) != "r0\nr1\n" {
		t.Errorf("%+v %v %q", s, err, b)
	}
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	f := func(path, want string) {
		t.Helper()
		_, err := Save(t.Context(), &view{n: 1, cut: -1}, path, output.Raw, true, nil)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v", path, err)
		}
	}
	f("", "name a file")
	f(dir, "is a folder")
	f(os.DevNull, "no plain file")
	f(filepath.Join(dir, "no", "such"), "no such file")
	f("~/mine.log", "")
	if _, err := os.Stat(filepath.Join(dir, "mine.log")); err != nil {
		t.Error(err)
	}
}
