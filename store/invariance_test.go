package store_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// A seen is what the columns say of one record.
type seen struct {
	row     logs.Row
	order   int64
	line    int64
	service string
}

// A reading is one way in which bytes come to a stream of the real formats.
type reading struct {
	name    string
	options store.Options
	feed    func(ctx context.Context, st *store.Stream, text []byte) error
	inPlace bool // the stream has the bytes as a file
}

func appended(size int) reading {
	return reading{name: fmt.Sprintf("appended by %d bytes", size), feed: func(ctx context.Context, st *store.Stream, text []byte) error {
		for piece := range slices.Chunk(text, size) {
			if err := st.Append(ctx, piece, nil, noon.UnixNano()); err != nil {
				return err
			}
		}
		return nil
	}}
}

func grown(steps, workers int, preview bool) reading {
	name := fmt.Sprintf("grown in %d steps by %d workers, preview %t", steps, workers, preview)
	return reading{name: name, options: store.Options{Workers: workers, Preview: preview}, inPlace: true, feed: func(ctx context.Context, st *store.Stream, text []byte) error {
		for i := range steps {
			if err := st.Grow(ctx, int64(len(text)*(i+1)/steps)); err != nil {
				return err
			}
		}
		return nil
	}}
}

// indexed reads a text, last modified at modTime, and returns what readers see of it in the end.
func (r *reading) indexed(t *testing.T, text []byte, modTime int64) ([]seen, *summary.Totals) {
	t.Helper()
	ix, err := format.New(format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := newStore(t, r.options)
	info := store.Info{Resource: &logs.Resource{Source: "app.log"}, ModTime: modTime}
	early := &spy{data: data{text}, store: s}
	if r.inPlace {
		info.Data = early
	}
	st := s.Open(info, ix)
	if err := r.feed(t.Context(), st, text); err != nil {
		t.Fatal(err)
	}
	st.Close()
	all := look(t, state(t, s))
	if preview := early.preview; preview != nil {
		first := look(t, &store.StreamState{Stream: st, Blocks: preview})
		sameRecords(t, r.name+", seen first", withoutLines(first), withoutLines(all[len(all)-len(first):]))
	} else if r.options.Preview {
		t.Errorf("%s: nothing was seen first", r.name)
	}
	return all, totals(t, state(t, s))
}

// A spy is a file that looks at what readers see when its first byte is read.
type spy struct {
	data
	store   *store.Store
	once    sync.Once
	preview []*store.Block
}

func (s *spy) ReadAt(b []byte, at int64) (int, error) {
	if at == 0 {
		s.once.Do(func() { s.preview = s.store.Snapshot().Streams[0].Preview })
	}
	return s.data.ReadAt(b, at)
}

func look(t *testing.T, st *store.StreamState) (all []seen) {
	t.Helper()
	var r store.Reader
	each(t, st, func(c *store.Columns, i int) {
		s := seen{row: c.Row(i), order: c.Order(i), line: r.Line(c, i)}
		s.service, _ = c.Service(i)
		s.row.Service = 0 // its number is the stream's own matter
		all = append(all, s)
	})
	return all
}

// withoutLines takes out what is not known before a file has been read up to there.
func withoutLines(all []seen) []seen {
	all = slices.Clone(all)
	for i := range all {
		all[i].line, all[i].row.Format = 0, 0
	}
	return all
}

func totals(t *testing.T, st *store.StreamState) *summary.Totals {
	t.Helper()
	sum, rows := summary.NewTotals(), summary.NewTotals()
	for _, b := range st.Blocks {
		c, err := b.Columns()
		if err != nil {
			t.Fatal(err)
		}
		c.AddTo(rows, nil, func(int) string { return "" })
		if !b.AddTo(sum) {
			c.AddTo(sum, nil, func(int) string { return "" })
		}
	}
	if !reflect.DeepEqual(sum, rows) {
		t.Errorf("summaries %+v, columns %+v", sum, rows)
	}
	return sum
}

func sameRecords(t *testing.T, name string, got, want []seen) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d records of %d", name, len(got), len(want))
		return
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: record %d is %+v, want %+v", name, i, got[i], want[i])
			return
		}
	}
}

// invariant checks that a text gives the same records and totals however it is
// read: in pieces, and, made longer, by several workers and the newest end first.
func invariant(t *testing.T, name string, text []byte, modTime int64) *summary.Totals {
	t.Helper()
	agree := func(text []byte, list ...reading) *summary.Totals {
		t.Helper()
		want, sum := list[0].indexed(t, text, modTime)
		for _, r := range list[1:] {
			got, also := r.indexed(t, text, modTime)
			sameRecords(t, name+", "+r.name, got, want)
			if !reflect.DeepEqual(also, sum) {
				t.Errorf("%s, %s: totals %+v, want %+v", name, r.name, also, sum)
			}
		}
		return sum
	}
	sum := agree(text, appended(len(text)), appended(64), appended(4<<10), grown(1, 1, false), grown(3, 2, false))
	long := bytes.Repeat(text, 5<<19/len(text)+1)
	agree(long, appended(len(long)), grown(1, 1, false), grown(1, 2, true), grown(1, 8, false), grown(3, 8, false))
	return sum
}

func TestInvarianceOfCorpora(t *testing.T) {
	for _, name := range corpus.Formats() {
		var text bytes.Buffer
		w := bufio.NewWriter(&text)
		truth, err := corpus.Write(w, corpus.Options{Format: name, Records: 2_000, Seed: 7})
		if err != nil || w.Flush() != nil {
			t.Fatal(err)
		}
		sum := invariant(t, name, text.Bytes(), truth.Last.UnixNano())
		if sum.Records.N != int64(truth.Records) || sum.Lines != int64(truth.Lines) || sum.Bytes != int64(text.Len()) {
			t.Errorf("%s: %s records, %d lines, %d bytes; the truth is %d, %d, %d", name, sum.Records, sum.Lines, sum.Bytes, truth.Records, truth.Lines, text.Len())
		}
	}
}

// The samples one behind the other, for records of all formats beside one another.
func TestInvarianceOfSamples(t *testing.T) {
	paths, err := filepath.Glob("../testdata/samples/*")
	if err != nil || len(paths) == 0 {
		t.Fatal(err)
	}
	var all []byte
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	invariant(t, "samples", all, noon.UnixNano())
}
