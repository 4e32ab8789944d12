package output

import (
	"io"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestWriter(t *testing.T) {
	a, b := &logs.Resource{Source: "a"}, &logs.Resource{Source: "b\x1b"}
	list := []*logs.Record{
		{Time: logs.NoTime, Body: "one", Raw: []byte("one\r\n  more"), Resource: a},
		{Time: logs.NoTime, Body: "goes on", Raw: []byte(" goes on"), Resource: a, Marks: logs.Continued},
		{Time: logs.NoTime, Body: "two", Raw: []byte("tw"), Resource: b, Marks: logs.Cut},
	}
	f := func(k Kind, names bool, want string) {
		t.Helper()
		var got strings.Builder
		w, err := NewWriter(&got, k, names)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			var whole func(io.Writer) error
			if r.Marks&logs.Cut != 0 {
				whole = func(w io.Writer) error { _, err := io.WriteString(w, "two\n"); return err }
			}
			if err := w.Write(r, whole); err != nil {
				t.Fatal(err)
			}
		}
		if got.String() != want {
			t.Errorf("%d:\n%q, want\n%q", k, got.String(), want)
		}
	}
	f(Raw, false, "one\r\n  more goes on\ntwo\n")
	f(Text, false, "one\n  more\n goes on\ntwo\n")
	f(Text, true, "a: one\na:   more\na:  goes on\nb\\x1b: two\n")
	f(CSV, false, strings.Join(CSVHeader, ",")+"\n,,,,one,,,a,,{}\n,,,,goes on,,,a,,{}\n,,,,two,,,b\x1b,,{}\n")
	f(JSONL, false, `{"severity":"","service":"","body":"one","source":"a","attributes":{}}
{"severity":"","service":"","body":"goes on","source":"a","continued":true,"attributes":{}}
{"severity":"","service":"","body":"two","source":"b\u001b","cut":true,"attributes":{}}
`)
}

func TestKindOfFile(t *testing.T) {
	f := func(path string, want Kind, refused bool) {
		t.Helper()
		if k, err := KindOfFile(path); k != want || (err != nil) != refused {
			t.Errorf("%s: %d, %v", path, k, err)
		}
	}
	f("a.jsonl", JSONL, false)
	f("/tmp/A.JSON", JSONL, false)
	f("a.ndjson", JSONL, false)
	f("a.csv", CSV, false)
	f("a.txt", Text, false)
	f("a.log", Raw, false)
	f("a", Raw, false)
	f("a.csv/b", Raw, false)
	f("a.log.gz", Raw, true)
	f("a.zst", Raw, true)
}
