package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "github.com/lxlog/lx"

// mayImport holds who may import whom, in folders of this module. A row holds
// for its sub-folders too, which may import one another; of a row that is named
// on the right, only that folder itself. The row of the longest path counts.
// Files of tests are free of it.
var mayImport = map[string]string{
	"logs":           "",
	"when":           "",
	"themes":         "",
	"demo":           "when",
	"query":          "logs when",
	"summary":        "logs",
	"output":         "logs",
	"sources/format": "logs when",
	"store":          "logs query when summary",
	"analysis":       "logs query when summary store",
	"sources":        "sources logs query when summary sources/format",
	"session":        "logs query when summary store sources analysis",
	"alerts":         "logs query when summary analysis output",
	"ui":             "logs query when summary analysis session alerts output themes",
	"cmd/lx":         "*",
}

// importedBy holds which folders may import a dependency, by the start of its path.
var importedBy = map[string]string{
	"charm.land/bubbletea/":          "ui cmd/lx",
	"charm.land/lipgloss/":           "ui themes",
	"github.com/charmbracelet/":      "ui cmd/lx",
	"github.com/spf13/cobra":         "cmd/lx",
	"github.com/BurntSushi/toml":     "cmd/lx",
	"github.com/clipperhouse/uax29/": "query",
	"github.com/klauspost/compress/": "sources/file store",
	"github.com/pierrec/lz4/":        "sources/file",
	"github.com/ulikunitz/xz":        "sources/file",
	"github.com/fsnotify/fsnotify":   "sources/file",
	"golang.org/x/text/":             "sources/file",
	"golang.org/x/sys/":              "sources/file sources/format store",
	"github.com/elastic/":            "sources/elastic",
}

func TestImports(t *testing.T) {
	found, err := violations(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// violations reads the imports of every file of a tree that is no test. It asks
// no go command: its answer would come from the test cache after a violation.
func violations(tree fs.FS) (found []string, err error) {
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); base == "testdata" || base != "." && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if row(path.Dir(name)) == "" {
			found = append(found, name+": the import table has no row for this folder")
			return nil
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := refusal(path.Dir(name), imported); why != "" {
				found = append(found, name+": "+why)
			}
		}
		return nil
	})
	return found, err
}

// refusal says why files in folder may not import a package; "" where they may.
func refusal(folder, imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	if ours, isOurs := strings.CutPrefix(imported, module+"/"); isOurs {
		allowed := mayImport[row(folder)]
		if allowed == "*" || row(ours) == row(folder) || slices.Contains(strings.Fields(allowed), ours) {
			return ""
		}
		return fmt.Sprintf("%s may not import %s, only: %s", row(folder), ours, allowed)
	}
	if !strings.Contains(first, ".") { // the standard library
		return ""
	}
	for start, folders := range importedBy {
		if !strings.HasPrefix(imported, start) {
			continue
		}
		if slices.ContainsFunc(strings.Fields(folders), func(f string) bool { return folder == f || strings.HasPrefix(folder, f+"/") }) {
			return ""
		}
		return fmt.Sprintf("%s may not import %s, only: %s", folder, imported, folders)
	}
	return imported + " is a dependency that the import table does not name"
}

// row is the longest path of the table that a folder is or lies in; "" where there is none.
func row(folder string) string {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := mayImport[folder]; ok {
			return folder
		}
	}
	return ""
}

func TestViolations(t *testing.T) {
	f := func(file, imported, want string) {
		t.Helper()
		text := fmt.Sprintf("package p\n\nimport _ %q\n", imported)
		found, err := violations(fstest.MapFS{file: {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(found, "; "); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s importing %s: %q, want %q", file, imported, got, want)
		}
	}
	const ours = module + "/"
	f("logs/a.go", "fmt", "")
	f("logs/a.go", ours+"when", "logs may not import when")
	f("logs/deep/a.go", ours+"when", "logs may not import when") // a row holds for its sub-folders
	f("logs/a_test.go", ours+"store", "")
	f("query/a.go", ours+"logs", "")
	f("store/a.go", ours+"sources", "store may not import sources")
	f("sources/file/a.go", ours+"sources", "")
	f("sources/file/a.go", ours+"sources/format", "")
	f("sources/file/a.go", ours+"sources/file/poll", "")
	f("sources/stdin/a.go", ours+"sources/file", "")
	f("sources/format/a.go", ours+"sources", "sources/format may not import sources")
	f("sources/file/poll/a.go", ours+"store", "sources may not import store")
	f("sources/format/a.go", ours+"query", "sources/format may not import query")
	f("session/a.go", ours+"sources", "")
	f("session/a.go", ours+"sources/file", "session may not import sources/file")
	f("ui/list/a.go", ours+"ui/chart", "")
	f("ui/a.go", ours+"store", "ui may not import store")
	f("demo/a.go", ours+"when", "")
	f("analysis/a.go", ours+"session", "analysis may not import session")
	f("alerts/a.go", ours+"ui", "alerts may not import ui")
	f("cmd/lx/a.go", ours+"store", "")
	f("helpers/a.go", "fmt", "no row for this folder")
	f("a.go", "fmt", "no row for this folder")
	f("ui/testdata/a.go", ours+"store", "")

	f("ui/a.go", "charm.land/bubbletea/v2", "")
	f("themes/a.go", "charm.land/lipgloss/v2", "")
	f("themes/a.go", "charm.land/bubbletea/v2", "themes may not import charm.land/bubbletea/v2")
	f("output/a.go", "github.com/charmbracelet/x/ansi", "output may not import")
	f("sources/elastic/a.go", "github.com/elastic/go-elasticsearch/v8/esapi", "")
	f("cmd/lx/a.go", "github.com/elastic/go-elasticsearch/v8/esapi", "cmd/lx may not import")
	f("cmd/lx/a.go", "github.com/spf13/cobra/doc", "")
	f("ui/a.go", "github.com/spf13/cobra", "ui may not import")
	f("logs/a.go", "example.org/left/pad", "does not name")
}
