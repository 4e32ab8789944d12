package demo_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/sources/sourcetest"
)

// found is what lx finds in the shop's logs, in the form of its truth.
type found struct {
	*demo.Truth
	traces map[string]*demo.Trace
	errors []string // of the incident's trace, in order
}

// Every figure of the truth is what the real store and session find.
func TestTruth(t *testing.T) {
	want := demo.NewTruth()
	texts := map[string][]byte{}
	for l := range demo.New(anHour(1)).All() {
		want.Add(&l)
		texts[l.Stream.File()] = append(texts[l.Stream.File()], l.Text...)
	}
	v := read(t, texts)
	totals, err := v.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	is := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	is("records", totals.Records.N, want.Records)
	is("lines", totals.Lines, want.Lines)
	is("bytes", totals.Bytes, want.Bytes)
	is("unparsed", totals.Unparsed, int64(0))
	is("first", totals.First, want.First.UnixNano())
	is("last", totals.Last, want.Last.UnixNano())
	is("services", maps.Equal(totals.Services, want.Services), true)
	for l := logs.Level(0); int(l) < len(totals.Levels); l++ {
		is("level "+l.String(), totals.Levels[l], want.Levels[l.String()])
	}
	starts := totals.Sorted()
	is("minutes", len(starts), len(want.PerMinute))
	for i, m := range starts {
		l, w := totals.Minutes[m], want.PerMinute[i]
		is("minute", time.Unix(0, m).UTC(), w.Time)
		is("records of a minute", l.Total(), w.Records)
		is("errors of a minute", l[logs.Error.Level()]+l[logs.Fatal.Level()], w.Errors)
	}
	got := records(t, v, want.Incident.Trace)
	for name, w := range want.Files {
		g := got.Files[name]
		is(name+" format", g.Format, w.Format)
		is(name+" records", g.Records, w.Records)
		is(name+" levels", maps.Equal(g.Levels, w.Levels), true)
	}
	is("traces", len(got.traces), len(want.Traces))
	for _, w := range want.Traces {
		g := got.traces[w.ID.String()]
		if g == nil || g.Records != w.Records || g.Errors != w.Errors || !slices.Equal(sorted(g.Services), sorted(w.Services)) {
			t.Fatalf("trace %s: %+v, want %+v", w.ID, g, w)
		}
	}
	if len(got.errors) == 0 || got.errors[0] != want.Incident.Text {
		t.Errorf("the first error of the incident's trace: %q, want %q", got.errors, want.Incident.Text)
	}
	if n := len(got.traces[want.Incident.Trace.String()].Services); n < 7 {
		t.Errorf("the incident's trace passes %d programs", n)
	}
}

// records goes over all records one by one.
func records(t *testing.T, v session.View, incident demo.TraceID) *found {
	t.Helper()
	f := &found{Truth: demo.NewTruth(), traces: map[string]*demo.Trace{}}
	err := v.Each(t.Context(), func(_ session.Key, r *logs.Record) bool {
		name := r.Source()
		file := f.Files[name]
		if file == nil {
			file = &demo.File{Levels: map[string]int64{}}
			f.Files[name] = file
		}
		file.Records++
		file.Levels[r.Severity.Level().String()]++
		if file.Format == "" {
			file.Format = r.Format
		} else if file.Format != r.Format {
			t.Errorf("%s has %s: %s", name, r.Format, r.Raw)
		}
		isError := r.Severity >= logs.Error
		if r.TraceID == "" {
			return true
		}
		tr := f.traces[r.TraceID]
		if tr == nil {
			tr = &demo.Trace{}
			f.traces[strings.Clone(r.TraceID)] = tr
		}
		tr.Records++
		if program := name[:len(name)-len(".log")]; !slices.Contains(tr.Services, program) {
			tr.Services = append(tr.Services, program)
		}
		if isError {
			tr.Errors++
		}
		if isError && r.TraceID == incident.String() {
			f.errors = append(f.errors, string(r.Raw))
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// read is all that a session finds in the logs.
func read(t *testing.T, texts map[string][]byte) session.View {
	t.Helper()
	ix, err := format.New(format.Options{Location: time.FixedZone("far", 5*3600+1800)}) // stamps name their own zone
	if err != nil {
		t.Fatal(err)
	}
	var list []sources.Source
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		list = append(list, sourcetest.NewFile(name, string(texts[name])))
	}
	x := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return ix.Clone() }}, list...)
	x.Start(t.Context())
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	v, err := x.View(sources.Filter{From: logs.NoTime, To: logs.NoTime})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
