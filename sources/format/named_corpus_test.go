//go:build corpus

package format

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestJSONTestSuite(t *testing.T) {
	accepted, refused := 0, 0
	each(t, "json/jsontestsuite.jsonl", func(row struct{ Name, Expect, B64 string }) {
		raw, err := base64.StdEncoding.DecodeString(row.B64)
		if err != nil {
			t.Fatal(err)
		}
		ix, _ := New(Options{})
		rows := agree(t, ix, raw)
		object := len(bytes.TrimSpace(raw)) > 0 && bytes.TrimSpace(raw)[0] == '{'
		isJSON := len(rows.List) == 1 && strings.HasPrefix(rows.Formats[rows.List[0].Format], "json")
		switch {
		case strings.HasPrefix(row.Name, "y_") && object:
			accepted++
			if !isJSON {
				t.Errorf("%s: %q is no JSON", row.Name, raw)
			}
		case strings.HasPrefix(row.Name, "n_") || !object && !strings.HasPrefix(row.Name, "i_"):
			refused++
			var got []string
			for _, r := range decodeAll(t, string(raw)) {
				got = append(got, r.Body)
				if len(r.Attrs) > 0 {
					t.Errorf("%s: %q has attributes", row.Name, raw)
				}
			}
			want := strings.TrimRight(string(start(raw)), "\r\n")
			if len(raw) < 1000 && strings.Join(got, "\n") != want {
				t.Errorf("%s: %q, shown is %q", row.Name, raw, got)
			}
		}
	})
	t.Logf("%d objects accepted, %d documents shown as text", accepted, refused)
}

// Rows of go-logfmt that are no records here: nothing tells them from other text.
var notLogfmt = []string{"", "\n\n", "x= ", "y=", "y", "y=f", "y=\"\\tf\"", "a=1\n", "y=f\ny=g", "y=f  \n\x1e y=g", "y=\"f\"\ny=g", "y= d y=g",
	"a=1 b=\"bar\" ƒ=2h3s r=\"esc\\t\" d x=sf   "} // the last two have a word that is no pair

func TestLogfmtCorpus(t *testing.T) {
	accepted := 0
	each(t, "logfmt/go-logfmt_decode.jsonl", func(row struct {
		Input   string
		Records [][][2]*string
	}) {
		if slices.Contains(notLogfmt, row.Input) {
			return
		}
		accepted++
		for i, r := range decodeAll(t, row.Input) {
			if r.Format != "logfmt" || len(r.Attrs) != len(row.Records[i]) {
				t.Errorf("%q: %s with %d attributes", row.Input, r.Format, len(r.Attrs))
				continue
			}
			for k, a := range r.Attrs {
				if want := row.Records[i][k]; a.Key != *want[0] || want[1] != nil && a.Value.Str != *want[1] {
					t.Errorf("%q: %s=%s", row.Input, a.Key, a.Value.Str)
				}
			}
		}
	})
	t.Logf("%d rows", accepted)
	for _, name := range []string{"json", "logfmt", "ltsv"} {
		each(t, "logfmt/fluentbit_"+name+".jsonl", func(row struct {
			Test, Input string
			Time        []int64
		}) {
			r := decodeAll(t, row.Input)[0]
			switch {
			case row.Test == "test_decode_field_json" && name == "ltsv": // one field alone is no LTSV
			case r.Format != name:
				t.Errorf("%s: %s", row.Input, r.Format)
			case len(row.Time) == 2 && r.Time != row.Time[0]*1e9+row.Time[1]:
				t.Errorf("%s: time %d", row.Input, r.Time)
			}
		})
	}
}

func TestMultilineCorpus(t *testing.T) {
	each(t, "multiline/fluentbit.jsonl", func(row struct {
		Case            string
		InputLines      []string `json:"input_lines"`
		ExpectedRecords []string `json:"expected_records"`
	}) {
		if row.Case == "endswith" { // joining behind a backslash is a setting of that parser, not what logs do
			return
		}
		var raw strings.Builder
		for _, line := range row.InputLines {
			if strings.HasPrefix(line, "{") { // a raw line end within a JSON string cannot stand in a file
				line = strings.ReplaceAll(line, "\n", `\n`)
			}
			raw.WriteString(strings.TrimSuffix(line, "\n") + "\n")
		}
		var got []string
		for _, r := range decodeAll(t, raw.String()) {
			text := strings.TrimRight(r.Body, "\n")
			if r.Format == "cri+level" { // a level at the start is no part of the body, nor are blanks around it
				text = "[" + r.SeverityText + "] " + strings.Replace(text, " -\n", " - \n", 1)
			}
			got = append(got, text)
		}
		var want []string
		for _, r := range row.ExpectedRecords {
			want = append(want, strings.TrimRight(r, "\n"))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", row.Case, got, want)
		}
	})
}

// Samples of other tools: every record is of these formats, and has a time and a level, but for those counted.
func TestNamedSamples(t *testing.T) {
	f := func(name string, plain, untimed, unleveled int, formats ...string) {
		t.Helper()
		for _, r := range decodeAll(t, string(data(t, "samples/"+name))) {
			switch {
			case r.Format == "plain":
				plain--
			case !slices.Contains(formats, r.Format):
				t.Errorf("%s: %s: %s", name, r.Format, r.Raw)
			}
			if r.Format != "plain" && r.Time == logs.NoTime {
				untimed--
			}
			if r.Format != "plain" && r.Severity == 0 {
				unleveled--
			}
		}
		if plain != 0 || untimed != 0 || unleveled != 0 {
			t.Errorf("%s: %d plain, %d without time, %d without level fewer than should be", name, plain, untimed, unleveled)
		}
	}
	f("hl/cafe.log", 0, 0, 0, "json")
	f("hl/kitchen-sink.log", 0, 0, 0, "json")
	f("hl/prometheus.log", 0, 0, 0, "json")
	f("hl/mixed_valid_invalid.log", 1, 0, 2, "json")
	f("hl/multiline_json.log", 0, 0, 0, "json-lines")
	f("hl/pretty_json.log", 0, 0, 0, "json-lines")
	f("hl/nested_json.jsonl", 0, 2, 2, "json")
	f("klp/alertmanager.logfmt", 0, 0, 0, "logfmt")
	f("klp/grafana.logfmt", 0, 0, 0, "logfmt")
	f("klp/mylog.logfmt", 0, 0, 0, "logfmt")
}

// The logs of real pods: all are wrapped by Docker; a trace is found in the message.
func TestTraceCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("LX_DATA"), "traces/*/pods/*.gz"))
	if err != nil || len(files) == 0 {
		t.Fatal("LX_DATA has no traces")
	}
	formats, lines, untraced := map[string]int{}, 0, 0
	for _, name := range files {
		b, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(b)
		if err != nil {
			t.Fatal(err)
		}
		var raw bytes.Buffer
		if _, err := raw.ReadFrom(z); err != nil {
			t.Fatal(err)
		}
		b.Close()
		ix, _ := New(Options{})
		rows := agree(t, ix, raw.Bytes())
		lines += bytes.Count(raw.Bytes(), []byte("\n"))
		for _, row := range rows.List {
			formats[rows.Formats[row.Format]]++
			if row.Trace == 0 {
				untraced++
			}
		}
	}
	t.Logf("%d lines, %v, %d records without a trace", lines, formats, untraced)
	for name := range formats {
		if !strings.HasPrefix(name, "docker") {
			t.Errorf("%d records are %s", formats[name], name)
		}
	}
}
