package file

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

func TestConform(t *testing.T) {
	f := func(name, content, want string, o Options) {
		t.Run(name, func(t *testing.T) {
			sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
				path := write(t, "app.log", content)
				return sourcetest.Case{Source: New(path, o), Want: map[string]string{path: want}, Ends: true}
			}, func(t *testing.T) sources.Source {
				return New(filepath.Join(t.TempDir(), "none.log"), o)
			})
		})
	}
	f("plain", "one\ntwo\n", "one\ntwo\n", Options{})
	f("empty", "", "", Options{})
	f("compressed", gz(t, "one\ntwo\n"), "one\ntwo\n", Options{})
	f("in UTF-16", "\xff\xfeh\x00i\x00", "hi", Options{})
	f("in Latin-1", "caf\xe9\n", "café\n", Options{Encoding: "latin-1"})
}

func TestConformPipe(t *testing.T) {
	sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { in.Close(); out.Close() })
		feed := func() {
			out.WriteString("one\n")
			out.WriteString("two\n")
		}
		return sourcetest.Case{Source: OnDescriptor("-", in, Options{}), Want: map[string]string{"-": "one\ntwo\n"}, Feed: feed}
	}, func(t *testing.T) sources.Source {
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		in.Close()
		out.Close()
		return OnDescriptor("-", in, Options{})
	})
}
