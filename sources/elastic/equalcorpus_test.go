//go:build servers

package elastic_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// Documents are records as JSON, each with its place in "n", in a file and by themselves.
type documents struct {
	name  string
	lines [][]byte
	now   time.Time // of all queries
	file  *session.Session

	mu     sync.Mutex
	truths map[string]*truth
}

// A truth is what the file says about a query.
type truth struct {
	times  []int64 // of the matches that have one, in order
	ns     []int   // which documents they are; those without a time, which stand elsewhere in an index, behind the others
	totals *summary.Totals
}

// shopDocuments are those of the made-up shop in a format of JSON.
func shopDocuments(t *testing.T, name string, n int) *documents {
	t.Helper()
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	if _, err := corpus.Write(w, corpus.Options{Format: name, Records: n, Seed: 6}); err != nil {
		t.Fatal(err)
	}
	_ = w.Flush()
	lines := bytes.Split(bytes.TrimSuffix(b.Bytes(), []byte("\n")), []byte("\n"))
	for i, l := range lines {
		lines[i] = fmt.Appendf(nil, `{"n":%d,%s`, i, l[1:])
	}
	return inFile(t, name, lines)
}

// oddDocuments have what real ones have at times: arrays, nulls, fields by several names, values too long to be indexed.
func oddDocuments(t *testing.T, n int) *documents {
	t.Helper()
	r := rand.New(rand.NewPCG(6, 6))
	lines := make([][]byte, n)
	for i := range lines {
		lines[i] = oddDocument(r, i)
	}
	return inFile(t, "odd", lines)
}

func inFile(t *testing.T, name string, lines [][]byte) *documents {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".log")
	if err := os.WriteFile(path, append(bytes.Join(lines, []byte("\n")), '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &documents{name: name, lines: lines, now: corpus.Start.Add(10 * time.Minute), truths: map[string]*truth{}}
	d.file = d.session(t, file.New(path, file.Options{}))
	if err := d.file.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// session is one of one source, at the time of all queries.
func (d *documents) session(t *testing.T, s sources.Source) *session.Session {
	t.Helper()
	ix, err := format.New(format.Options{Format: "json"})
	if err != nil {
		t.Fatal(err)
	}
	out := session.New(session.Options{
		Now:     func() time.Time { return d.now },
		Indexer: func(sources.StreamInfo) logs.Indexer { return ix.Clone() },
		Store:   store.Options{Memory: 256 << 20, Spill: -1},
	}, s)
	out.Start(t.Context())
	t.Cleanup(func() { _ = out.Close() })
	return out
}

// of returns what the file says about a query, which is asked once.
func (d *documents) of(t *testing.T, text string) *truth {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.truths[text]; known != nil {
		return known
	}
	v := viewOf(t, d.file, anyTime(parsed(t, text)))
	out := &truth{}
	var untimed []int
	must(t, v.Each(t.Context(), func(k session.Key, r *logs.Record) bool {
		if r.Time == logs.NoTime {
			untimed = append(untimed, number(t, r))
			return true
		}
		out.times = append(out.times, k.Time)
		out.ns = append(out.ns, number(t, r))
		return true
	}))
	out.ns = append(out.ns, untimed...)
	var err error
	out.totals, err = v.Totals(t.Context())
	must(t, err)
	d.truths[text] = out
	return out
}

// decoded is a document as a file has it.
func (d *documents) decoded(t *testing.T, line []byte) *logs.Record {
	t.Helper()
	ix, err := format.New(format.Options{Format: "json"})
	must(t, err)
	f, _ := ix.Format("json")
	r := &logs.Record{}
	r.Reset()
	f.Decode(line, r)
	return r.Clone()
}

func viewOf(t *testing.T, s *session.Session, f sources.Filter) session.View {
	t.Helper()
	v, err := s.View(f)
	must(t, err)
	return v
}

func anyTime(n query.Node) sources.Filter {
	return sources.Filter{Query: n, From: logs.NoTime, To: logs.NoTime}
}

func parsed(t *testing.T, text string) query.Node {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// number is which document a record is.
func number(t *testing.T, r *logs.Record) int {
	t.Helper()
	v, ok := r.Attr("n")
	var n int
	if _, err := fmt.Sscan(v.Str, &n); err != nil || !ok {
		t.Fatalf("a record without its number: %s", r.Raw)
	}
	return n
}

// without is a document without some fields, named by their dotted paths.
func without(t *testing.T, line []byte, fields []string) []byte {
	t.Helper()
	var doc map[string]any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	must(t, d.Decode(&doc))
	out, err := json.Marshal(lacking(doc, "", fields))
	must(t, err)
	return out
}

func lacking(v any, path string, fields []string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, inner := range v {
			full := strings.TrimPrefix(path+"."+k, ".")
			if !slices.Contains(fields, full) {
				out[k] = lacking(inner, full, fields)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = lacking(inner, path, fields)
		}
		return out
	}
	return v
}

func oddDocument(r *rand.Rand, n int) []byte {
	doc := map[string]any{"n": n}
	pick := func(of ...any) any { return of[r.IntN(len(of))] }
	put := func(name string, of ...any) {
		if r.IntN(3) > 0 {
			doc[name] = pick(of...)
		}
	}
	if r.IntN(50) > 0 {
		doc["@timestamp"] = corpus.Start.Add(time.Duration(r.IntN(600_000)) * time.Millisecond).Format("2006-01-02T15:04:05.000Z")
	}
	put("message", "Read timed out", "connection to db-1 reset by peer", "it's done: 42 %", "GET /a/b?c=d", "java.net.SocketTimeoutException: Read timed out",
		"Übergröße naïve café", "日本語 のログ", "", "two\nlines", "user@example.org said \"no\"", strings.Repeat("long words ", 60)+"timeout")
	put("level", "error", "WARNING", "Info", "debug", "fatal", "notice", "odd")
	if r.IntN(6) == 0 {
		doc["severity"] = pick("ERROR", "INFO")
	}
	put("service", "pay", "payment", "Payment", "pay-db", "a b")
	if r.IntN(5) == 0 {
		doc["app"] = pick("shop", "pay")
	}
	put("host", map[string]any{"name": "a-1"}, map[string]any{"name": "b-1", "ip": "10.0.0.1"}, map[string]any{"name": "c-1", "os": []any{"linux", "bsd"}})
	put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "a3ce929d0e0e4736", "11803532876627986230", "none")
	put("tags", []any{"a", "b"}, []any{"b"}, []any{}, "a", nil, []any{nil, "c"}, "a b")
	put("status", 200, 404, 500, []any{200, 500})
	put("ratio", 0.5, 1.25, 42.0625, -3.5)
	put("up", true, false, nil)
	put("user", map[string]any{"name": "ann", "id": 7}, map[string]any{"name": "Bob"}, map[string]any{"name": nil}, map[string]any{})
	put("items", []any{map[string]any{"sku": "x", "count": 1}, map[string]any{"sku": "y", "count": 2}}, []any{map[string]any{"sku": "y", "count": 1}})
	put("error", map[string]any{"message": "Timed out waiting"}, map[string]any{"message": "refused", "code": "E42"})
	put("path", "/a/b", "/A/b", `C:\dir\file`, strings.Repeat("/very/long", 40), "/a b/c")
	put("since", "2026-03-14T07:00:00Z", "2026-03-14T08:05:00.500Z")
	put("version", "1.2", "1.10", "v2*", "2")
	b, _ := json.Marshal(doc)
	return b
}

// eachOf calls f for all records of a view.
func eachOf(ctx context.Context, t *testing.T, v session.View, f func(session.Key, *logs.Record)) {
	t.Helper()
	must(t, v.Each(ctx, func(k session.Key, r *logs.Record) bool {
		f(k, r)
		return true
	}))
}
