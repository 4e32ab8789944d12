package session_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// clock is the session's: a test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// started runs a session of the sources.
func started(t testing.TB, list ...sources.Source) (*session.Session, *clock) {
	t.Helper()
	return startedWith(t, session.Options{}, list...)
}

func toyIndexer(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }

// startedWith is started with other options than those.
func startedWith(t testing.TB, o session.Options, list ...sources.Source) (*session.Session, *clock) {
	t.Helper()
	c := &clock{now: noon}
	o.Indexer, o.Now = toyIndexer, c.Now
	s := session.New(o, list...)
	s.Start(t.Context())
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, c
}

// startedUntil is started with a function that ends the context of the sources.
func startedUntil(t testing.TB, list ...sources.Source) (*session.Session, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }}, list...)
	s.Start(ctx)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, cancel
}

// kinds makes a source that brings text, of each kind, and has it read.
var kinds = map[string]func(name, text string) (sources.Source, func()){
	"file": func(name, text string) (sources.Source, func()) {
		return sourcetest.NewFile(name, text), func() {}
	},
	"pipe": func(name, text string) (sources.Source, func()) {
		e := sourcetest.NewPipe(name)
		return e, func() {
			_ = e.Emit("", noon.UnixNano(), text)
			e.End(nil)
		}
	},
	"listener": func(name, text string) (sources.Source, func()) {
		e := sourcetest.NewEmitter(name)
		return e, func() {
			for line := range strings.Lines(text) {
				_ = e.Emit("", noon.UnixNano(), line)
			}
			_ = e.Settle("")
		}
	},
	"paged": func(name, text string) (sources.Source, func()) {
		return sourcetest.NewPaged(name, sourcetest.Records(text)...), func() {}
	},
	"wider": func(name, text string) (sources.Source, func()) {
		p := sourcetest.NewPaged(name, sourcetest.Records(text)...)
		p.Wider = true
		return p, func() {}
	},
}

// eachKind runs f on a session of one source of each kind that brings text, once it has read it.
func eachKind(t *testing.T, text string, f func(t *testing.T, s *session.Session)) {
	for name, source := range kinds {
		t.Run(name, func(t *testing.T) {
			src, bring := source("app", text)
			s, _ := started(t, src)
			bring()
			if err := s.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			f(t, s)
		})
	}
}

// filter reads "level=ERROR from=10:00:00 to=10:00:05 query".
func filter(t testing.TB, text string) sources.Filter {
	t.Helper()
	f := sources.Filter{From: logs.NoTime, To: logs.NoTime}
	for text != "" {
		word, rest, _ := strings.Cut(text, " ")
		switch key, value, _ := strings.Cut(word, "="); key {
		case "level":
			f.Level, _ = logs.ParseSeverity(value)
		case "from":
			f.From = at(t, value)
		case "to":
			f.To = at(t, value)
		default:
			var err error
			if f.Query, err = query.Parse(text); err != nil {
				t.Fatal(err)
			}
			return f
		}
		text = rest
	}
	return f
}

func at(t testing.TB, s string) int64 {
	t.Helper()
	tm, err := time.Parse(time.RFC3339, "2024-05-01T"+s+"Z")
	if err != nil {
		t.Fatal(err)
	}
	return tm.UnixNano()
}

func view(t testing.TB, s *session.Session, f string) session.View {
	t.Helper()
	v, err := s.View(filter(t, f))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

type row struct {
	key  session.Key
	body string
}

// all returns the rows of a view as Each gives them.
func all(t testing.TB, v session.View) (out []row) {
	t.Helper()
	err := v.Each(t.Context(), func(k session.Key, r *logs.Record) bool {
		out = append(out, row{k, strings.Clone(r.Body)})
		return true
	})
	if err != nil {
		t.Error(err)
	}
	for i := 1; i < len(out); i++ {
		if out[i-1].key.Compare(out[i].key) >= 0 {
			t.Errorf("%v does not stand behind %v", out[i], out[i-1])
		}
	}
	return out
}

func bodies(rows []row) string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.ReplaceAll(r.body, "\n", "|"))
	}
	return strings.Join(out, " ")
}

func page(t testing.TB, v session.View, k session.Key, before, after int) session.Page {
	t.Helper()
	p, err := v.Rows(t.Context(), k, before, after)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func rowsOf(p session.Page) (out []row) {
	for _, r := range p.Rows {
		out = append(out, row{r.Key, r.Record.Body})
	}
	return out
}

const shop = `2024-05-01T10:00:00Z INFO shop a ms=10
2024-05-01T10:00:01Z ERROR payment b ms=2000
2024-05-01T10:00:01Z WARN shop c user=anna
2024-05-01T10:00:03Z d
2024-05-01T10:00:02Z FATAL payment e ms=1500
2024-05-01T10:01:00Z DEBUG shop f
	with a trace
2024-05-01T10:01:30Z ERROR shop g trace_id=4bf92f3577b34da6
`

func TestFilters(t *testing.T) {
	eachKind(t, shop, func(t *testing.T, s *session.Session) {
		f := func(text, want string) {
			t.Helper()
			var got []string
			for _, r := range all(t, view(t, s, text)) {
				got = append(got, r.body[:1])
			}
			if strings.Join(got, "") != want {
				t.Errorf("%q finds %s, want %s", text, strings.Join(got, ""), want)
			}
			p := page(t, view(t, s, text), session.FirstKey, 0, 100)
			if len(p.Rows) != len(want) {
				t.Errorf("%q pages %d rows, want %s", text, len(p.Rows), want)
			}
		}
		f("", "abcedfg")
		f("level=WARN", "bceg")
		f("level=TRACE", "abcefg") // one without a level is left out
		f("from=10:00:01", "bcedfg")
		f("to=10:00:01", "a")
		f("from=10:00:01 to=10:00:03", "bce")
		f("from=11:00:00", "")
		f("from=10:00:01 to=10:00:01", "")
		f("service:payment", "be")
		f("ms >= 1500", "be")
		f("level=ERROR ms >= 1500 and service:payment", "be")
		f("not service:payment", "acdfg")
		f("trace", "f")
		f("level=ERROR from=10:00:02 trace_id:4bf92f3577b34da6", "g")
		f(`@timestamp >= "2024-05-01T10:01:00Z"`, "fg")
		f("nothing", "")
	})
}

func TestTotals(t *testing.T) {
	eachKind(t, shop, func(t *testing.T, s *session.Session) {
		f := func(text, want string) {
			t.Helper()
			v := view(t, s, text)
			for range 2 { // the second from what the first left
				got, err := v.Totals(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				var minutes []string
				for _, m := range got.Sorted() {
					minutes = append(minutes, fmt.Sprint(time.Unix(0, m).UTC().Format("15:04="), got.Minutes[m].Total()))
				}
				if text := fmt.Sprint(got.Records, got.Levels, got.Services, minutes); text != want {
					t.Errorf("%s, want\n%s", text, want)
				}
			}
		}
		f("", "7 [1 0 1 1 1 2 1] map[:1 payment:2 shop:4] [10:00=5 10:01=2]")
		f("level=ERROR service:payment", "2 [0 0 0 0 0 1 1] map[payment:2] [10:00=2]")
		f("from=10:00:02 to=10:01:00", "2 [1 0 0 0 0 0 1] map[:1 payment:1] [10:00=2]")
		f("service:nobody", "0 [0 0 0 0 0 0 0] map[] []")
	})
}

// Paging from any key gives the rows that Each does, forwards and backwards.
func TestPagesAreWhatEachGives(t *testing.T) {
	var text strings.Builder
	for i := range 61 {
		fmt.Fprintf(&text, "%s INFO s%d n%d\n", noon.Add(-time.Hour+time.Duration(i*i%17)*time.Second).Format(time.RFC3339), i%3, i)
	}
	eachKind(t, text.String(), func(t *testing.T, s *session.Session) {
		for _, f := range []string{"", "service:s1", "service:s1 or service:s2"} {
			v := view(t, s, f)
			want := all(t, v)
			if len(want) < 20 {
				t.Fatalf("%d rows", len(want))
			}
			samePages(t, v, want)
		}
	})
}

// samePages asks for pages around the keys of want, those between them and the ends.
func samePages(t *testing.T, v session.View, want []row) {
	t.Helper()
	keys := []session.Key{session.FirstKey, session.LastKey}
	for _, r := range want {
		after := r.key
		after.Sequence++
		other := r.key
		other.Source++
		less := r.key
		less.Source--
		keys = append(keys, r.key, after, other, less)
	}
	for i, k := range keys {
		if i > 40 && i%7 != 0 {
			continue
		}
		for _, n := range [][2]int{{0, 5}, {5, 0}, {3, 4}, {1000, 1000}} {
			samePage(t, page(t, v, k, n[0], n[1]), want, k, n[0], n[1])
		}
	}
}

func samePage(t *testing.T, p session.Page, want []row, k session.Key, before, after int) {
	t.Helper()
	i, _ := slices.BinarySearchFunc(want, k, func(r row, k session.Key) int { return r.key.Compare(k) })
	from, to := max(0, i-before), min(len(want), i+after)
	if got := rowsOf(p); !slices.Equal(got, want[from:to]) || p.At != i-from {
		t.Fatalf("%d before and %d from %v on: row %d of\n%v, want row %d of\n%v", before, after, k, p.At, got, i-from, want[from:to])
	}
	if p.Head != (from == 0) || p.Tail != (to == len(want)) {
		t.Fatalf("%d before and %d from %v on: head %t, tail %t, rows %d to %d of %d", before, after, k, p.Head, p.Tail, from, to, len(want))
	}
}

func TestOrderOfSources(t *testing.T) {
	a := sourcetest.NewFile("a", "2024-05-01T10:00:01Z a1\n2024-05-01T10:00:01Z a2\n2024-05-01T10:00:03Z a3\n")
	b := sourcetest.NewPaged("b", sourcetest.Records("2024-05-01T10:00:00Z b1\n2024-05-01T10:00:01Z b2\n2024-05-01T10:00:03Z b3\n2024-05-01T10:00:03Z b4\n")...)
	c := sourcetest.NewPipe("c")
	d := sourcetest.NewEmitter("d")
	s, _ := started(t, a, b, c, d)
	_ = c.Emit("", 0, "2024-05-01T10:00:03Z c1\n2024-05-01T10:00:01Z c2\n")
	c.End(nil)
	_ = d.Emit("y", at(t, "10:00:02"), "2024-05-01T10:00:01Z d1\n2024-05-01T11:00:00Z d3\n")
	_ = d.Emit("x", at(t, "10:00:02"), "2024-05-01T10:00:01Z d2\n")
	_ = d.Settle("x")
	_ = d.Settle("y")
	if err := s.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	v := view(t, s, "")
	want := all(t, v)
	if got := bodies(want); got != "b1 a1 a2 b2 c2 d1 d2 d3 a3 b3 b4 c1" {
		t.Errorf("in the order %s", got)
	}
	samePages(t, v, want)
}

func TestEachStops(t *testing.T) {
	eachKind(t, shop, func(t *testing.T, s *session.Session) {
		n := 0
		err := view(t, s, "").Each(t.Context(), func(session.Key, *logs.Record) bool { n++; return n < 3 })
		if err != nil || n != 3 {
			t.Errorf("%d rows: %v", n, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := view(t, s, "").Each(ctx, func(session.Key, *logs.Record) bool { return true }); err == nil {
			t.Error("Each after the end of its context")
		}
	})
}

func TestFilterMustMakeSense(t *testing.T) {
	s, _ := started(t)
	if _, err := s.View(filter(t, "from=11:00:00 to=10:00:00")); err == nil {
		t.Error("a range that ends before it begins")
	}
	if v := view(t, s, "from=10:00:00"); v.Filter().From != at(t, "10:00:00") {
		t.Errorf("%+v", v.Filter())
	}
}

// count returns a function for Each that counts.
func count(n *int) func(session.Key, *logs.Record) bool {
	return func(session.Key, *logs.Record) bool { *n++; return true }
}
