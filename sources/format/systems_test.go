package format

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// systems are lines of well-known systems, one a line of the file: text, time, severity, service, logger and body
// with " => " and " | " between them, "-" for what is empty.
func systems(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/systems.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "## ") {
			out = append(out, line)
		}
	}
	return out
}

// TestSystems reads each line as one record whose columns agree with what it decodes to.
func TestSystems(t *testing.T) {
	ix, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.NewReplacer("\n", `\n`, "\t", `\t`, "\x1b", `\e`)
	names := strings.NewReplacer("level", "", "traceId", "", "ThreadId", "", "Time: ", "", "time", "", "node=", "", "$date", "") // of core fields, which go without
	text := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\e`, "\x1b")
	for _, line := range systems(t) {
		raw, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("no => in %s", line)
		}
		r, _ := decodeOne(t, ix, text.Replace(raw))
		rows := foldChunks(ix, []byte(text.Replace(raw)), 1<<20)
		or := func(s string) string {
			if s == "" {
				return "-"
			}
			return s
		}
		got := strings.Join([]string{shortTime(&rows.List[0]), or(r.Severity.String()), or(r.Service), or(attr(&r, "log.logger")), or(shown.Replace(r.Body))}, " | ")
		if got != want {
			t.Errorf("%s\n got %s\nwant %s\n%v", raw, got, want, r.Attrs)
		}
		if lost := lostWord(names.Replace(text.Replace(raw)), &r); lost != "" {
			t.Errorf("%s: %q is lost: %v", raw, lost, r.Attrs)
		}
	}
}

// shortTime is a row's time as far as it was written: without the year, without the date, "-".
func shortTime(row *logs.Row) string {
	at := time.Unix(0, row.Time).UTC()
	switch {
	case row.Time == logs.NoTime:
		return "-"
	case row.Guessed&logs.GuessedDate != 0:
		return at.Format("15:04:05.999999999")
	case row.Guessed&logs.GuessedYear != 0:
		return at.Format("01-02T15:04:05.999999999")
	}
	return at.Format("2006-01-02T15:04:05.999999999")
}

// TestSystemsAllocateNothing scans every line many times.
func TestSystemsAllocateNothing(t *testing.T) {
	ix, _ := New(Options{})
	for _, line := range systems(t) {
		raw, _, _ := strings.Cut(line, " => ")
		chunk := bytes.Repeat([]byte(strings.ReplaceAll(raw, `\n`, "\n")+"\n"), 10)
		facts := ix.Scan(chunk, nil)
		if n := testing.AllocsPerRun(5, func() { facts = ix.Scan(chunk, facts) }); n > 2 { // the service's name and its place
			t.Errorf("%v allocations for ten of %s", n, raw)
		}
	}
}

// TestSystemsCutLines: a line may be cut off anywhere.
func TestSystemsCutLines(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	for _, line := range systems(t) {
		raw, _, _ := strings.Cut(line, " => ")
		for n := range len(raw) {
			agree(t, ix, []byte(raw[:n]))
		}
	}
}

func FuzzSystems(f *testing.F) {
	var seeds []string
	for _, line := range systems(f) {
		raw, _, _ := strings.Cut(line, " => ")
		seeds = append(seeds, strings.ReplaceAll(raw, `\n`, "\n"))
	}
	fuzzFamily(f, Options{}, seeds...)
}
