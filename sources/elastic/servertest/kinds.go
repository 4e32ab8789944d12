package servertest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var allKinds = []string{"es7", "es8", "es9", "os2", "os3"}

// Kinds returns the kinds of servers to test on, those that LX_ES_KINDS names: some of
// es7, es8, es9, os2 and os3, or "all", which are those that can start here. Without it: es8 and os2.
func Kinds(t testing.TB) []string {
	t.Helper()
	kinds := strings.FieldsFunc(os.Getenv("LX_ES_KINDS"), func(r rune) bool { return r == ' ' || r == ',' })
	switch {
	case len(kinds) == 0:
		return []string{"es8", "os2"}
	case len(kinds) > 1 || kinds[0] != "all":
		for _, k := range kinds {
			if !slices.Contains(allKinds, k) {
				t.Fatalf("LX_ES_KINDS names %q; there are: %s, all", k, strings.Join(allKinds, " "))
			}
		}
		return kinds
	}
	return slices.DeleteFunc(slices.Clone(allKinds), func(kind string) bool { return !canStart(t, kind) })
}

// needsMore is the exit status of the start script where there is no JDK that fits.
const needsMore = 2

func canStart(t testing.TB, kind string) bool {
	t.Helper()
	out, err := exec.Command(script(t, "start"), kind, "fetch").CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == needsMore {
		t.Logf("%s is left out: %s", kind, out)
		return false
	}
	if err != nil {
		t.Fatalf("fetching %s: %v\n%s", kind, err, out)
	}
	return true
}

// Sized returns the share of a full amount of documents that LX_ES_SIZE says; without it a fiftieth.
func Sized(t testing.TB, full int) int {
	t.Helper()
	share := 0.02
	if text := os.Getenv("LX_ES_SIZE"); text != "" {
		var err error
		if share, err = strconv.ParseFloat(text, 64); err != nil || share <= 0 || share > 1 {
			t.Fatalf("LX_ES_SIZE is %q; it is the share of the full size, more than 0 and up to 1", text)
		}
	}
	return max(1, int(float64(full)*share))
}

// script is a file of testdata/search-servers, by its full path.
func script(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata", "search-servers", name)
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder: where are the search servers?")
		}
		dir = up
	}
}
