package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lx runs a command line in this process.
func lx(t *testing.T, args ...string) (out, err string, code int) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var o, e bytes.Buffer
	p := &program{out: &o, err: &e, now: time.Now}
	code = p.run(t.Context(), append(args, "--tz", "UTC"))
	return o.String(), e.String(), code
}

// Every sample has the records, lines and errors that were counted by hand.
func TestSamples(t *testing.T) {
	const folder = "../../testdata/samples"
	truth, err := os.ReadFile("../../testdata/TRUTH.tsv")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(string(truth)), "\n")[1:] {
		f := strings.Split(row, "\t")
		name, want := f[0], strings.Join(f[2:], " ")
		listed[name] = true
		out, said, code := lx(t, "stats", "-o", "json", filepath.Join(folder, name))
		var got struct {
			Records, Lines int
			Levels         map[string]int
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
			t.Errorf("%s: exit %d, %v, %s", name, code, err, said)
			continue
		}
		if s := fmt.Sprint(got.Records, got.Lines, got.Levels["ERROR"]+got.Levels["FATAL"]); s != want {
			t.Errorf("%s: records, lines, errors %s, not %s", name, s, want)
		}
	}
	there, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there {
		if !listed[e.Name()] {
			t.Errorf("%s is not in TRUTH.tsv", e.Name())
		}
	}
}

// A query over all of them prints each record as one line of JSON, in the order of time.
func TestSamplesAsJSON(t *testing.T) {
	out, said, code := lx(t, "query", "-o", "jsonl", "*", "../../testdata/samples/*.log")
	if code != 0 || said != "" {
		t.Fatalf("exit %d: %s", code, said)
	}
	n, last := 0, ""
	for _, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		n++
		var r struct {
			Timestamp, Severity, Body, Source string
			Line                              int
			Attributes                        map[string]any
		}
		d := json.NewDecoder(strings.NewReader(line))
		if err := d.Decode(&r); err != nil || r.Source == "" || r.Line == 0 || r.Attributes == nil {
			t.Errorf("%v: %s", err, line)
		}
		if r.Timestamp != "" {
			if r.Timestamp < last {
				t.Errorf("%s comes after %s", r.Timestamp, last)
			}
			last = r.Timestamp
		}
	}
	if n < 300 {
		t.Errorf("%d records", n)
	}
}
