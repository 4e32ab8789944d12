package file

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/unpack"
)

// write makes a file in a folder of its own and returns its path.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// packed is the text as the writer that open makes compresses it.
func packed[W io.WriteCloser](t testing.TB, text string, open func(io.Writer) (W, error)) string {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gz(t testing.TB, text string) string {
	return packed(t, text, func(w io.Writer) (*gzip.Writer, error) { return gzip.NewWriter(w), nil })
}

func TestRunInPlace(t *testing.T) {
	f := func(content string) {
		t.Helper()
		path := write(t, "app.log", content)
		when := time.Date(2026, 11, 21, 8, 0, 0, 5000, time.UTC)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
		st, err := run(t, New(path, Options{}))
		if err != nil || string(st.text) != content {
			t.Errorf("%.40q: %.40q, %v", content, st.text, err)
		}
		if st.Data == nil || st.Live || st.Resource.Source != path || st.ModTime != when.UnixNano() || st.Generation != 0 {
			t.Errorf("%.40q: stream is %+v", content, st.StreamInfo)
		}
		if h := st.last(); h.Read != int64(len(content)) || h.Size != int64(len(content)) || h.Text != "" || h.Kind != "file" {
			t.Errorf("%.40q: health is %+v", content, h)
		}
	}
	f("one\ntwo\n")
	f("one\r\ntwo\r\nwithout an end")
	f("a\rb\n\n")
	f("caf\xe9 \xff\xfe\n")
	f(strings.Repeat("\x00", 5000) + "what came after\n")
	f("\xef\xbb\xbfwith a mark\n") // stays: the bytes are read where they stand
	f("BZh9 is no bzip2\n")
}

// What was opened is read on after it is renamed or deleted, and known by the same identity.
func TestRunInPlaceOutlivesName(t *testing.T) {
	path := write(t, "app.log", "one\ntwo\n")
	st, err := run(t, New(path, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	before, err := st.Data.Identity()
	if err != nil || before.Size != 8 || before.Inode == 0 || before.ModTime == 0 {
		t.Errorf("identity is %+v, %v", before, err)
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("three\nfour\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var b [8]byte
	if _, err := st.Data.ReadAt(b[:], 0); err != nil || string(b[:]) != "one\ntwo\n" {
		t.Errorf("after the rename: %q, %v", b, err)
	}
	if after, err := st.Data.Identity(); err != nil || after != before {
		t.Errorf("after the rename: %+v, %v", after, err)
	}
	other, err := run(t, New(path, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if id, err := other.Data.Identity(); err != nil || id.Inode == before.Inode {
		t.Errorf("the new file: %+v, %v", id, err)
	}
	if err := st.Data.(io.Closer).Close(); err != nil {
		t.Error(err)
	}
	if _, err := st.Data.ReadAt(b[:], 0); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after it was closed: %v", err)
	}
}

// Compression is told by content, never by name, and taken off once.
func TestRunCompressed(t *testing.T) {
	text := strings.Repeat("2026-11-21 08:00:00 INFO order placed\r\n", 20_000)
	f := func(content, want string) {
		t.Helper()
		path := write(t, "app.log", content)
		st, err := run(t, New(path, Options{}))
		if err != nil || string(st.text) != want {
			t.Errorf("%.10q: %d bytes, %v", content, len(st.text), err)
		}
		if st.Data != nil || st.Live || st.ModTime == logs.NoTime || st.last().Read != int64(len(want)) || st.last().Size != 0 {
			t.Errorf("%.10q: %+v, %+v", content, st.StreamInfo, st.last())
		}
	}
	f(gz(t, text), text)
	f(gz(t, text)+gz(t, "and a second member\n"), text+"and a second member\n")
	f(packed(t, text, func(w io.Writer) (*zstd.Encoder, error) { return zstd.NewWriter(w) }), text)
	f(packed(t, text, func(w io.Writer) (*xz.Writer, error) { return xz.NewWriter(w) }), text)
	f(packed(t, text, func(w io.Writer) (*lz4.Writer, error) { return lz4.NewWriter(w), nil }), text)
	f(gz(t, gz(t, "twice")), gz(t, "twice"))
	f(gz(t, ""), "")

	st, err := run(t, New(write(t, "app.log.gz", text), Options{}))
	if err != nil || st.Data == nil || string(st.text) != text {
		t.Errorf("a plain file with a name that says otherwise: %d bytes, %v", len(st.text), err)
	}
}

func TestRunEncodings(t *testing.T) {
	f := func(encoding, content, want string) {
		t.Helper()
		st, err := run(t, New(write(t, "app.log", content), Options{Encoding: encoding}))
		if err != nil || string(st.text) != want || st.last().Text != "" {
			t.Errorf("%q as %q: %q, %v, %s", content, encoding, st.text, err, st.last().Text)
		}
	}
	f("", "\xff\xfeh\x00i\x00\n\x00", "hi\n")
	f("", "\xfe\xff\x00h\x00i\x00\n", "hi\n")
	f("", "h\x00i\x00\r\x00\n\x00", "hi\r\n")
	f("", "\x00h\x00i\x00\n", "hi\n")
	f("", "\xff\xfe\x00\x00h\x00\x00\x00", "h")
	f("", gz(t, "\xff\xfeh\x00i\x00\n\x00"), "hi\n")
	f("", gz(t, "\xef\xbb\xbfhi\n"), "hi\n") // of a stream the mark goes
	f("gb18030", "\xb4\xed\xce\xf3\n", "错误\n")
	f("gb18030", gz(t, "\xb4\xed\xce\xf3\n"), "错误\n")
	f("gb18030", "\xff\xfeh\x00i\x00\n\x00", "hi\n") // a mark has the last word

	st, err := run(t, New(write(t, "app.log", "h\x00i\x00\n\x00"), Options{Encoding: "utf-8"}))
	if err != nil || st.Data == nil || st.last().Text != "looks binary" {
		t.Errorf("what NULs say against a name: %q, %v, %q", st.text, err, st.last().Text)
	}
	st, err = run(t, New(write(t, "app.log", "a\xffb\xff"), Options{Encoding: "gb18030"}))
	if err != nil || st.last().Text != "characters not valid in gb18030, which stand as U+FFFD: 2" {
		t.Errorf("%q, %v, %q", st.text, err, st.last().Text)
	}
}

// What came before a fault is delivered, and the error says where the fault is.
func TestRunDamaged(t *testing.T) {
	text := strings.Repeat("2026-11-21 08:00:00 INFO order placed\n", 20_000)
	content := gz(t, text)
	path := write(t, "app.log.gz", content[:len(content)/2])
	st, err := run(t, New(path, Options{}))
	if len(st.text) < len(text)/3 || !strings.HasPrefix(text, string(st.text)) {
		t.Errorf("%d bytes of %d", len(st.text), len(text))
	}
	var fault *unpack.Fault
	if !errors.As(err, &fault) || fault.Unpacked != int64(len(st.text)) || fault.Offset != int64(len(content)/2) {
		t.Fatalf("%v", err)
	}
	if want := path + ": the gzip data is cut off at byte "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v", err)
	}
	if h := st.last(); h.Text == "" || strings.Contains(h.Text, path) || h.Read != int64(len(st.text)) {
		t.Errorf("%+v", h)
	}
}

// A fault does not hide what else is to be said.
func TestRunDamagedAndOdd(t *testing.T) {
	content := gz(t, "a\xffb")
	st, err := run(t, New(write(t, "app.log.gz", content[:len(content)-1]), Options{Encoding: "gb18030"}))
	if h := st.last(); err == nil || !strings.Contains(h.Text, "not valid in gb18030, which stand as U+FFFD: 1") || !strings.Contains(h.Text, "cut off") {
		t.Errorf("%v, %+v", err, h)
	}
}

// A kilobyte that unpacks to a gigabyte is visible while it does, and ends with its context.
func TestRunBomb(t *testing.T) {
	bomb, err := os.ReadFile(filepath.Join("unpack", "testdata", "zeros-1g.bz2"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := &recorder{heedless: true}
	r.chunk = func(s *recorded) {
		s.discard = true
		s.text = nil
		if s.appends == 20 {
			cancel()
		}
	}
	if err := New(write(t, "app.log", string(bomb)), Options{}).Run(ctx, r); err != nil {
		t.Error(err)
	}
	if n := r.streams[0].appends; n != 20 || !r.streams[0].closed {
		t.Errorf("%d chunks after the end of its context", n-20)
	}
	seen := map[int64]bool{}
	for _, h := range r.health {
		seen[h.Read] = true
	}
	if len(seen) < 19 || r.last().State != sources.Ended {
		t.Errorf("%d different figures were reported; last %+v", len(seen), r.last())
	}
}

func TestRunLongLine(t *testing.T) {
	line := strings.Repeat("0123456789abcdef", 4<<20) + "\n" // 64 MiB
	for _, content := range []string{line, packed(t, line, func(w io.Writer) (*zstd.Encoder, error) { return zstd.NewWriter(w) })} {
		st, err := run(t, New(write(t, "app.log", content), Options{}))
		if err != nil || string(st.text) != line {
			t.Errorf("%d bytes, %v", len(st.text), err)
		}
	}
}

// A file that was named is read whatever it holds.
func TestRunBinary(t *testing.T) {
	content := "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01"
	for _, c := range []string{content, gz(t, content)} {
		st, err := run(t, New(write(t, "lx", c), Options{}))
		if err != nil || string(st.text) != content || st.last().Text != "looks binary" {
			t.Errorf("%q, %v, %q", st.text, err, st.last().Text)
		}
	}
}

func TestRunEmpty(t *testing.T) {
	st, err := run(t, New(write(t, "app.log", ""), Options{}))
	if err != nil || len(st.text) != 0 || st.Live || st.last().Text != "" {
		t.Errorf("%q, %v, %+v", st.text, err, st.last())
	}
}

func TestRunErrors(t *testing.T) {
	f := func(path string, o Options, want string, is error) {
		t.Helper()
		r := &recorder{}
		err := New(path, o).Run(t.Context(), r)
		if err == nil || err.Error() != path+": "+want || is != nil && !errors.Is(err, is) {
			t.Errorf("%v", err)
		}
		if h := r.last(); h.State != sources.Ended || h.Text != want {
			t.Errorf("%+v", h)
		}
		if len(r.streams) != 0 {
			t.Errorf("%d streams", len(r.streams))
		}
	}
	file := write(t, "app.log", "one\n")
	folder := filepath.Dir(file)
	f(filepath.Join(folder, "other.log"), Options{}, "no such file", os.ErrNotExist)
	f(filepath.Join(file, "other.log"), Options{}, "no such file: a part of the path is not a folder", nil)
	f(folder, Options{}, "is a folder", nil)
	loop := filepath.Join(folder, "loop.log")
	if err := os.Symlink(loop, loop); err != nil {
		t.Fatal(err)
	}
	f(loop, Options{}, "a link that leads to itself", nil)
	r := &recorder{}
	if err := New(file, Options{Encoding: "klingon"}).Run(t.Context(), r); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Error(err)
	}
}

func TestRunAfterContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, content := range []string{"one\n", gz(t, "one\n"), ""} {
		r := &recorder{}
		if err := New(write(t, "app.log", content), Options{}).Run(ctx, r); err != nil {
			t.Error(err)
		}
		for _, s := range r.streams {
			if !s.closed {
				t.Error("a stream was left open")
			}
		}
	}
}

func BenchmarkRun(b *testing.B) {
	text := strings.Repeat(`{"time":"2026-11-21T08:00:00Z","level":"INFO","service":"shop","msg":"order placed"}`+"\n", 200_000)
	for name, content := range map[string]string{"gzip": gz(b, text), "utf-16": "\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00"} {
		b.Run(name, func(b *testing.B) {
			path := write(b, "app.log", content)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				r := &recorder{chunk: func(s *recorded) { s.discard, s.text = true, nil }}
				if err := New(path, Options{}).Run(b.Context(), r); err != nil || r.last().Read != int64(len(text)) {
					b.Fatal(err, r.last())
				}
			}
		})
	}
}
