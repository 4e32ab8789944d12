//go:build servers

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/sources/elastic/servertest"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// tallies are the bytes of answers that totals and facets may take, whatever number
// of documents they are of: none of these is fetched.
const tallies = 200_000

// What is counted of an index is the generator's truth, and a server alone has counted it.
func TestServerStatsAreTheTruth(t *testing.T) {
	eachServer(t, func(t *testing.T, s *servertest.Server) {
		m := servertest.Measure(t, s)
		for _, name := range []string{"json", "ecs"} {
			var b bytes.Buffer
			w := bufio.NewWriter(&b)
			c := corpusFile{}
			var err error
			if c.truth, err = corpus.Write(w, corpus.Options{Format: name, Records: servertest.Sized(t, 200_000), Seed: 3}); err != nil || w.Flush() != nil {
				t.Fatal(err)
			}
			c.truth.Lines = 0 // nor has an index bytes
			index := "d-truth-" + name
			s.Bulk(t, index, 0, bytes.Split(bytes.TrimSuffix(b.Bytes(), []byte("\n")), []byte("\n")))
			asked := func(want int, args ...string) string {
				t.Helper()
				m.Reset()
				out, said, code := ran(t, nil, append(args, "--tz", "UTC", "--es", m.URL, "--index", index)...)
				t.Logf("%s %s %s: %d answers, %d bytes", s.Kind, name, args[0], m.Requests(), m.Received())
				if code != want || said != "" || m.Received() > tallies {
					t.Errorf("%s: %d, %s: %d bytes", args, code, said, m.Received())
				}
				return out
			}
			out := asked(exitDone, "stats", "-o", "json")
			if wrong := c.isStats([]byte(out)); wrong != "" || !strings.Contains(out, `"lines":null,"bytes":null`) {
				t.Errorf("%s: %s\n%.300s", index, wrong, out)
			}
			for _, at := range []string{stamp(c.truth.First), stamp(c.truth.Last)} {
				if !strings.Contains(out, at) {
					t.Errorf("%s: %s is not told in %.300s", index, at, out)
				}
			}
			c.areFields(t, asked(exitDone, "fields", "-o", "json"))
			slow := map[string]string{"json": "duration_ms > 1000", "ecs": "event.duration > 1000000000"}[name]
			if got := asked(exitDone, "query", "-o", "count", slow); strings.TrimSpace(got) != fmt.Sprint(c.truth.Slow) {
				t.Errorf("%s: %s are slow, the truth is %d", index, got, c.truth.Slow)
			}
			s.Delete(t, index)
		}
	})
}

// stamp is how a JSON document of the generator tells a time, as far as stats does.
func stamp(at time.Time) string {
	return at.UTC().Truncate(time.Millisecond).Format("2006-01-02T15:04:05.999")
}

// areFields holds facets to the truth: levels and services with all their values, and the longest traces first.
func (c *corpusFile) areFields(t *testing.T, out string) {
	t.Helper()
	var list []struct {
		Field   string
		Records int
		Exact   bool
		Top     []struct {
			Value any
			Count int
		}
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatalf("%v in %.300s", err, out)
	}
	seen := map[string]bool{}
	for _, f := range list {
		top := map[string]int{}
		for _, v := range f.Top {
			top[fmt.Sprint(v.Value)] = v.Count
		}
		switch f.Field {
		case "log.level":
			if !maps.Equal(top, c.truth.Levels) || f.Records != c.truth.Records || !f.Exact {
				t.Errorf("%+v, the truth is %v", f, c.truth.Levels)
			}
		case "service.name":
			if !maps.Equal(top, c.truth.Services) || f.Records != c.truth.Records || !f.Exact {
				t.Errorf("%+v, the truth is %v", f, c.truth.Services)
			}
		case "trace.id":
			for id, n := range top {
				if want, ok := c.truth.Traces[id]; f.Exact && ok && n != want {
					t.Errorf("trace %s has %d, the truth is %d", id, n, want)
				}
			}
		}
		seen[f.Field] = true
	}
	for _, name := range []string{"log.level", "service.name", "trace.id", "message"} {
		if !seen[name] {
			t.Errorf("no %s in %.300s", name, out)
		}
	}
}
