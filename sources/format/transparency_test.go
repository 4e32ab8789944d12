package format

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

// showsValues checks that the values of every record stand in its bytes as its format says.
func showsValues(t testing.TB, ix *Indexer, raw []byte) (records int) {
	t.Helper()
	rows := foldChunks(ix, raw, len(raw)+1)
	var r logs.Record
	for _, row := range rows.List {
		f, _ := ix.Format(rows.Formats[row.Format])
		open := f.(logs.Transparent).Transparency()
		if open == nil || row.Length > logs.MaxDecode {
			continue
		}
		records++
		b := raw[row.Offset : row.Offset+row.Length]
		r.Reset()
		f.Decode(b, &r)
		for _, a := range r.Attrs {
			if c := logs.CoreOf(a.Key); open.Core && (c == logs.CoreTime || c == logs.CoreLevel || c == logs.CoreService || c == logs.CoreTrace || a.Value.Kind == logs.Array) {
				t.Fatalf("%s is an attribute of %s %q", a.Key, f.Name(), clip(b))
			}
		}
		if open.Escapes && bytes.Contains(b, []byte(`\u`)) || slices.ContainsFunc(open.Bytes, func(key string) bool { return bytes.Contains(b, []byte(key+`"`)) }) {
			continue
		}
		for key, v := range r.Fields() {
			if key == logs.CoreLevel.Key() && r.SeverityText == "" {
				continue
			}
			if v.Kind == logs.Number && open.MadeNumbers && isNumber([]byte(v.Str)) && digits([]byte(v.Str)) == len(v.Str) {
				continue
			}
			for run := range strings.FieldsFuncSeq(v.Str, func(c rune) bool { return c < ' ' || c >= 0x7f || strings.ContainsRune(`"\/]`, c) }) {
				if !bytes.Contains(b, []byte(run)) && !slices.Contains(open.Made, strings.ToLower(run)) {
					t.Fatalf("%s does not stand in the bytes: %s of %s %q", run, key, f.Name(), clip(b))
				}
			}
		}
	}
	return records
}

func TestTransparency(t *testing.T) {
	files, err := filepath.Glob("../../testdata/samples/*")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	ix := newTestIndexer(t, Options{})
	n := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n += showsValues(t, ix, raw)
	}
	if n < 300 {
		t.Errorf("only %d records", n)
	}
	for _, sample := range headerSamples {
		showsValues(t, ix, []byte(sample))
	}
}

func FuzzTransparency(f *testing.F) {
	for _, sample := range headerSamples {
		f.Add([]byte(sample))
	}
	f.Add([]byte(`a=1 b c="x\"y" level=info` + "\n" + `host:a	b:[c]	status:200` + "\n" + `{"level":30,"_PID":"7","attributes":[{"key":"a","value":{"kvlistValue":{"values":[{"key":"b","value":{"intValue":"1"}}]}}}]}`))
	f.Add([]byte("<34>1 2026-03-14T08:00:00Z h app 7 ID [a b=\"x\\\"y\\]\"] {\"message\":\"a\\/b\",\"n\":[1,{\"c\":2}]}"))
	ix := newTestIndexer(f, Options{})
	f.Fuzz(func(t *testing.T, raw []byte) { showsValues(t, ix, raw) })
}
