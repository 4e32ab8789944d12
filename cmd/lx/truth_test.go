package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// A corpusFile is a log with what is true of it.
type corpusFile struct {
	path  string
	size  int64
	truth corpus.Truth
}

// figures are those of stats -o json that a corpus has a truth for.
type figures struct {
	Records, Lines, Bytes int
	Levels, Services      map[string]int
	PerMinute             []struct {
		Time  string
		Total int
	} `json:"per_minute"`
	Exact bool
	Notes []string
}

// isStats says what is wrong with the output of stats -o json; "": nothing.
func (c *corpusFile) isStats(out []byte) string {
	var got figures
	if err := json.Unmarshal(out, &got); err != nil {
		return fmt.Sprintf("%v in %.300q", err, out)
	}
	return c.differs(&got)
}

// differs says what first differs from the truth; "": nothing.
func (c *corpusFile) differs(got *figures) string {
	want := &c.truth
	levels, services, minutes := want.Levels, want.Services, want.PerMinute
	switch want.Format {
	case "log4j": // its loggers have dots
		services = map[string]int{"": want.Records}
	case "nginx": // there are only statuses
		levels, services = map[string]int{"ERROR": levels["ERROR"], "INFO": want.Records - levels["ERROR"]}, map[string]int{"": want.Records}
	case "plain":
		levels, services, minutes = map[string]int{"": want.Records}, map[string]int{"": want.Records}, nil
	}
	if got.Records != want.Records || got.Lines != want.Lines || int64(got.Bytes) != c.size || !got.Exact {
		return fmt.Sprintf("%d records, %d lines, %d bytes, exact: %t; the truth is %d, %d, %d", got.Records, got.Lines, got.Bytes, got.Exact, want.Records, want.Lines, c.size)
	}
	if !maps.Equal(got.Levels, levels) {
		return fmt.Sprintf("levels %v, the truth is %v", got.Levels, levels)
	}
	if !maps.Equal(got.Services, services) {
		return fmt.Sprintf("services %v, the truth is %v", got.Services, services)
	}
	perMinute := map[string]int{}
	for _, m := range got.PerMinute {
		perMinute[strings.TrimSuffix(m.Time, ":00Z")] = m.Total
	}
	if !maps.Equal(perMinute, minutes) {
		return fmt.Sprintf("%d minutes are not the %d of the truth", len(perMinute), len(minutes))
	}
	return ""
}

// Every format of the generator is counted as the generator counted it.
func TestStatsAreTheTruth(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, name := range corpus.Formats() {
		c := corpusFile{path: filepath.Join(t.TempDir(), name+".log")}
		var err error
		if c.truth, err = corpus.WriteFile(c.path, corpus.Options{Format: name, Records: 3_000, Seed: 3}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(c.path)
		if err != nil {
			t.Fatal(err)
		}
		c.size = info.Size()
		for _, what := range []string{"indexed", "indexed before"} {
			var out, said bytes.Buffer
			p := &program{out: &out, err: &said, now: time.Now}
			code := p.run(t.Context(), []string{"stats", "-o", "json", "--tz", "UTC", c.path})
			if wrong := c.isStats(out.Bytes()); code != exitDone || wrong != "" {
				t.Errorf("%s, %s: exit status %d, %s: %s", name, what, code, wrong, &said)
			}
		}
	}
}
