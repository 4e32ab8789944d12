package file

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/sources"
)

// tree makes files, and folders where a name ends with a slash, and makes the folder they are in the current one.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// expect checks the names that arguments mean, and the errors, in their order.
func expect(t *testing.T, args []string, names []string, errs ...string) []sources.Source {
	t.Helper()
	found, faults := Sources(args, Options{})
	var got, gotErrs []string
	for _, s := range found {
		got = append(got, s.Name())
	}
	for _, err := range faults {
		gotErrs = append(gotErrs, err.Error())
	}
	if !slices.Equal(got, names) || !slices.Equal(gotErrs, errs) {
		t.Errorf("%q:\n got %q %q\nwant %q %q", args, got, gotErrs, names, errs)
	}
	return found
}

// notes are those of a source's Run, each on a line.
func notes(t *testing.T, s sources.Source) string {
	t.Helper()
	r := &recorder{}
	if err := s.Run(t.Context(), r); err != nil {
		t.Error(err)
	}
	var b strings.Builder
	for _, e := range r.notes {
		if e.Kind != sources.Skipped || e.Time == 0 {
			t.Errorf("%+v", e)
		}
		fmt.Fprintf(&b, "%s: %s\n", e.Source, e.Text)
	}
	return b.String()
}

func TestSourcesFilesAndPatterns(t *testing.T) {
	tree(t, map[string]string{"b.log": "x", "a.log": "x", "a.log.1": "x", "a.log.2.gz": gz(t, "x"), "[odd].log": "x", "o.log": "x", "pic.png": "\x89PNG\x00\x00", "sub/c.log": "x"})
	f := func(arg string, names ...string) {
		t.Helper()
		expect(t, []string{arg}, names)
	}
	f("a.log", "a.log")
	f("./a.log", "./a.log")
	f("a.log*", "a.log", "a.log.1", "a.log.2.gz")
	f("[ab].log", "a.log", "b.log")
	f("[odd].log", "[odd].log") // a file of that very name goes before the pattern
	f("*/c.log", "sub/c.log")
	f("pic.png", "pic.png") // named
	f("s*", "sub/c.log")    // a folder
	expect(t, []string{"b.log", "*.log", "./b.log", "sub/../a.log"}, []string{"b.log", "[odd].log", "a.log", "o.log"})
	expect(t, []string{"none.log", "b.log", "*.txt", "[", "b.log/x"}, []string{"b.log"},
		"none.log: no such file", "*.txt: no file matches", "[: not a valid pattern", "b.log/x: no such file: a part of the path is not a folder")
}

func TestSourcesFolder(t *testing.T) {
	zeros := strings.Repeat("\x00", 5000)
	tree(t, map[string]string{
		"logs/app.log": "x\n", "logs/app.log.1": "x\n", "logs/app.log.2.gz": gz(t, "x\n"), "logs/empty.log": "",
		"logs/win.log":        "\xff\xfeh\x00i\x00",
		"logs/given.log":      zeros + "what came after\n",
		"logs/latin.log":      "caf\xe9\n",
		"logs/sub/deep/c.log": "x\n",
		"logs/x.idx":          "x", "logs/x.db": "x", "logs/pic.PNG": "x", "logs/all.tar.gz": "x", "logs/old.log.Z": "x", "logs/app.pid": "1",
		"logs/core": "\x7fELF\x01\x00\x00\x00", "logs/core.gz": gz(t, "\x7fELF\x01\x00\x00\x00"), "logs/hole": zeros,
		"logs/.hidden": "x", "logs/.git/config": "x", "logs/a~": "x",
		"logs/1/2/3/4/5/6/7/8/here.log": "x", "logs/1/2/3/4/5/6/7/8/9/no.log": "x",
		"elsewhere/b.log": "x\n",
	})
	for link, to := range map[string]string{"logs/twice.log": "app.log", "logs/link.log": "../elsewhere/b.log", "logs/folder": "../elsewhere", "logs/gone.log": "nowhere"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	found := expect(t, []string{"logs"}, []string{
		"logs/1/2/3/4/5/6/7/8/here.log", "logs/app.log", "logs/app.log.1", "logs/app.log.2.gz", "logs/empty.log", "logs/given.log",
		"logs/latin.log", "logs/link.log", "logs/sub/deep/c.log", "logs/win.log",
	})
	want := `logs: left out logs/.git, logs/.hidden: hidden
logs: left out logs/1/2/3/4/5/6/7/8/9: more than 8 folders deep
logs: left out logs/all.tar.gz: archive, which lx does not open
logs: left out logs/app.pid, logs/a~: state of another program
logs: left out logs/core, logs/core.gz, logs/hole: binary
logs: left out logs/folder: a link to a folder
logs: left out logs/gone.log: a link that leads nowhere
logs: left out logs/old.log.Z: compressed in a way that lx does not read
logs: left out logs/pic.PNG: picture or document
logs: left out logs/twice.log: the same file by another name
logs: left out logs/x.db, logs/x.idx: index or database
`
	if got := notes(t, found[0]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, s := range found[1:] {
		if got := notes(t, s); got != "" {
			t.Errorf("%s: %s", s.Name(), got)
		}
	}
	expect(t, []string{"logs/sub/"}, []string{"logs/sub/deep/c.log"})
	expect(t, []string{"logs/folder"}, []string{"logs/folder/b.log"}) // named, a link is followed
}

func TestSourcesFolderWithoutLogs(t *testing.T) {
	files := map[string]string{"none/": "", "other/x.db": "x", "other/core": "\x7fELF\x01\x00\x00\x00"}
	for i := range 30 {
		files[fmt.Sprintf("pictures/%02d.png", i)] = "x"
	}
	files["many/app.log"] = "x\n"
	for i := range 30 {
		files[fmt.Sprintf("many/%02d.png", i)] = "x"
	}
	tree(t, files)
	expect(t, []string{"none", "other", "pictures"}, nil,
		"none: is an empty folder",
		"other: is a folder without log files: left out 2 (1 binary, 1 index or database); use a glob to choose",
		"pictures: is a folder without log files: left out 30 (30 picture or document); use a glob to choose")
	found := expect(t, []string{"many"}, []string{"many/app.log"})
	if got := notes(t, found[0]); !strings.Contains(got, "many/19.png and 10 more: picture") {
		t.Error(got)
	}
	// The folder's files are all named before it: what is left out is still said.
	found = expect(t, []string{"many/app.log", "many"}, []string{"many/app.log"})
	if got := notes(t, found[0]); !strings.Contains(got, "and 10 more") {
		t.Error(got)
	}
}

func TestSourcesManyFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for i := range maxFiles + 5 {
		if err := os.WriteFile(fmt.Sprintf("%05d.log", i), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, errs := Sources([]string{"."}, Options{})
	if len(found) != maxFiles || found[0].Name() != "./00000.log" || len(errs) != 1 || !strings.Contains(errs[0].Error(), "only the first 10000 are read") {
		t.Errorf("%d sources, %v", len(found), errs)
	}
}

func TestSourcesEncoding(t *testing.T) {
	tree(t, map[string]string{"a.log": "x"})
	if found, errs := Sources([]string{"a.log"}, Options{Encoding: "klingon"}); len(found) != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "klingon") {
		t.Errorf("%v, %v", found, errs)
	}
}

// However many compressed files there are, all of them are read, a few at a time.
func TestSourcesTakeTurns(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("app.log.%d.gz", i)] = gz(t, "x\n")
	}
	tree(t, files)
	found, errs := Sources([]string{"*.gz"}, Options{})
	if len(found) != 40 || len(errs) != 0 {
		t.Fatal(len(found), errs)
	}
	done := make(chan string)
	for _, s := range found {
		go func() {
			r := &recorder{}
			err := s.Run(t.Context(), r)
			done <- fmt.Sprintf("%s %v", r.streams[0].text, err)
		}()
	}
	for range found {
		if got := <-done; got != "x\n <nil>" {
			t.Errorf("%q", got)
		}
	}
}

func TestNotLog(t *testing.T) {
	f := func(name string, not bool) {
		t.Helper()
		if why := notLog(name); (why != "") != not {
			t.Errorf("%s: %q", name, why)
		}
	}
	for _, name := range []string{"app.log", "syslog", "app.log.1", "app.log.2.gz", "app.2026-11-21.zst", "access_log", "out.txt", "events.json", "a.b.c", "db", "x.", "messages-20261121.xz"} {
		f(name, false)
	}
	for _, name := range []string{"app.db", "APP.DB", "a.tar.gz", "a.tgz", "a.b.tar.zst", "a.log~", "a.swp", "app.log.Z"} {
		f(name, true)
	}
}

// FuzzRun reads arbitrary bytes as a file: what is delivered never depends on more than the bytes.
func FuzzRun(f *testing.F) {
	f.Add([]byte("one\ntwo\n"))
	f.Add([]byte("\xff\xfeh\x00i\x00"))
	f.Add([]byte("\xef\xbb\xbfhi"))
	f.Add([]byte(gz(f, "\xfe\xff\x00h\x00i")))
	path := filepath.Join(f.TempDir(), "app.log")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		st, err := run(t, New(path, Options{}))
		if st.Data != nil && (err != nil || string(st.text) != string(data)) {
			t.Errorf("in place: %q, %v", st.text, err)
		}
		if err == nil && st.last().Read != int64(len(st.text)) {
			t.Errorf("%d bytes, %+v", len(st.text), st.last())
		}
	})
}
