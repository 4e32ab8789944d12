package session_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A key stays where it is while records arrive above and below it, and a view finds them.
func TestKeysStayWhileRecordsArrive(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s, _ := started(t, e)
	v := view(t, s, "not x")
	ok(t, e.Emit("", at(t, "11:00:00"), "2024-05-01T10:00:10Z b\n2024-05-01T10:00:20Z d\n2024-05-01T10:00:15Z x\n"))
	ok(t, e.Settle(""))
	key := page(t, v, session.LastKey, 1, 0).Rows[0].Key
	ok(t, e.Emit("", at(t, "11:00:00"), "2024-05-01T10:00:30Z e\n2024-05-01T10:00:12Z c\n2024-05-01T10:00:00Z a\n"))
	ok(t, e.Settle(""))
	p := page(t, v, key, 10, 10)
	if got := bodies(rowsOf(p)); got != "a b c d e" || p.At != 3 || p.Rows[p.At].Key != key {
		t.Errorf("%s, the key is that of row %d", got, p.At)
	}
	samePages(t, v, all(t, v))
}

// The open record is shown at once, and replaced in place under the same identity.
func TestOpenRecord(t *testing.T) {
	f := func(name string, emit func(text string) error, settle func() error, src sources.Source) {
		t.Run(name, func(t *testing.T) {
			s, _ := started(t, src)
			v := view(t, s, "")
			var first session.Row
			check := func(want string, open bool) {
				t.Helper()
				p := page(t, v, session.LastKey, 10, 0)
				if got := bodies(rowsOf(p)); got != want {
					t.Errorf("rows %s, want %s", got, want)
				}
				r := p.Rows[0]
				if first.Record == nil {
					first = r
				}
				if r.Key != first.Key || r.ID != first.ID {
					t.Errorf("the record was %v %v and is %v %v", first.Key, first.ID, r.Key, r.ID)
				}
				if last := p.Rows[len(p.Rows)-1].Record; (last.Marks&logs.Open != 0) != open {
					t.Errorf("%q has marks %d", last.Body, last.Marks)
				}
				totals, err := v.Totals(t.Context())
				ok(t, err)
				if totals.Records.N != int64(len(p.Rows)) {
					t.Errorf("%d records are counted of %d", totals.Records.N, len(p.Rows))
				}
			}
			ok(t, emit("2024-05-01T10:00:00Z one\n"))
			check("one", true)
			ok(t, emit("\tmore\n"))
			check("one|\tmore", true)
			ok(t, settle())
			check("one|\tmore", false)
			ok(t, emit("2024-05-01T10:00:01Z two\n"))
			check("one|\tmore two", true)
		})
	}
	e := sourcetest.NewEmitter("app")
	f("listener", func(text string) error { return e.Emit("", noon.UnixNano(), text) }, func() error { return e.Settle("") }, e)
	file := sourcetest.NewFile("app", "")
	file.Follow = true
	f("file", file.Grow, file.Settle, file)
}

func TestCertainty(t *testing.T) {
	e := sourcetest.NewPipe("pipe")
	s, _ := started(t, e)
	v := view(t, s, "")
	f := func(want string) {
		t.Helper()
		totals, err := v.Totals(t.Context())
		ok(t, err)
		if totals.Records.String() != want {
			t.Errorf("%s, want %s", totals.Records, want)
		}
	}
	ok(t, e.Emit("", 0, "a\nb\nc"))
	f("2 so far")
	if p := page(t, v, session.FirstKey, 0, 1); len(p.Complete) > 0 {
		t.Errorf("complete in %v while the source is read", p.Complete)
	}
	e.End(nil)
	ok(t, s.Wait(t.Context()))
	f("3")
	if p := page(t, v, session.FirstKey, 0, 1); len(p.Complete["pipe"]) != 1 {
		t.Errorf("complete in %v when all was read", p.Complete)
	}
}

func TestFilesThatRotate(t *testing.T) {
	file := sourcetest.NewFile("app.log", "2024-05-01T10:00:00Z a\n")
	file.Follow = true
	s, _ := started(t, file)
	v := view(t, s, "")
	ok(t, file.Rotate("2024-05-01T10:00:01Z b\n2024-05-01T10:00:00Z c\n"))
	ok(t, file.Settle())
	p := page(t, v, session.FirstKey, 0, 10)
	if got := bodies(rowsOf(p)); got != "a c b" {
		t.Errorf("after the rotation %s", got)
	}
	if a, c := p.Rows[0].ID, p.Rows[1].ID; a.Generation != 0 || c.Generation != 1 || a.Source != "app.log" || a == c {
		t.Errorf("%+v and %+v", a, c)
	}
	ok(t, file.Truncate("2024-05-01T10:00:02Z d\n"))
	p = page(t, v, session.FirstKey, 0, 10)
	if got := bodies(rowsOf(p)); got != "a d" {
		t.Errorf("after the truncation %s", got)
	}
	if len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "app.log") || !strings.Contains(p.Notes[0], ": 2: ") {
		t.Errorf("two records cannot be read any more: %q", p.Notes)
	}
	if err := v.Each(t.Context(), func(session.Key, *logs.Record) bool { return true }); err == nil || !strings.Contains(err.Error(), "app.log") {
		t.Errorf("Each does not say what could not be read: %v", err)
	}
	events, dropped := s.Events()
	if len(events) != 2 || events[0].Kind != sources.Rotated || events[1].Kind != sources.Truncated || dropped != 0 {
		t.Errorf("events %+v", events)
	}
}

func TestErrorsOfSources(t *testing.T) {
	file := sourcetest.NewFile("a.log", "a\n")
	pipe := sourcetest.NewPipe("pipe")
	s, _ := started(t, file, pipe)
	ok(t, pipe.Emit("", noon.UnixNano(), "b\n"))
	broken := errors.New("pipe: it broke")
	pipe.End(broken)
	if err := s.Wait(t.Context()); !errors.Is(err, broken) {
		t.Errorf("Wait: %v", err)
	}
	if errs := s.Errors(); len(errs) != 1 || errs[0] != broken {
		t.Errorf("errors %v", errs)
	}
	h := s.Health()
	if h[0].State != sources.Ended || h[0].Text != "" || h[1].State != sources.Ended || h[1].Text != broken.Error() || h[1].Source != "pipe" {
		t.Errorf("health %+v", h)
	}
	v := view(t, s, "")
	p := page(t, v, session.FirstKey, 0, 10)
	if got := bodies(rowsOf(p)); got != "a b" {
		t.Errorf("what could be read is %s", got)
	}
	totals, err := v.Totals(t.Context())
	ok(t, err)
	if totals.Records != (summary.Count{N: 2, Certainty: summary.AtLeast}) {
		t.Errorf("%s records, of sources that one broke of", totals.Records)
	}
	if _, there := p.Complete["pipe"]; there || p.Complete["a.log"] == nil {
		t.Errorf("complete in %v", p.Complete)
	}
}

func TestChanged(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s, _ := started(t, e)
	ok(t, e.Emit("", 1, "before\n"))
	version := page(t, view(t, s, ""), session.FirstKey, 0, 1).Version
	a, b := s.Changed(), s.Changed()
	select {
	case <-a:
		t.Fatal("a change that was before the call")
	default:
	}
	ok(t, e.Emit("", 2, "one\n"))
	ok(t, e.Emit("", 3, "two\n"))
	<-a
	<-b
	if v := page(t, view(t, s, ""), session.FirstKey, 0, 1).Version; v <= version {
		t.Errorf("version %d after %d", v, version)
	}
}

func TestFollow(t *testing.T) {
	e, file := sourcetest.NewEmitter("app"), sourcetest.NewFile("old.log", "2024-05-01T09:00:00Z o1\n2024-05-01T09:59:59Z o2\n2024-05-01T10:00:01Z o3 x\n")
	paged := sourcetest.NewPaged("prod", sourcetest.Records("2024-05-01T10:00:00Z p1\n")...)
	s, _ := started(t, e, file, paged)
	ok(t, e.Emit("", noon.UnixNano(), "2024-05-01T10:00:00Z e1\n2024-05-01T10:00:02Z open\n"))
	ok(t, s.Wait(t.Context()))
	got := make(chan string)
	go func() {
		_ = view(t, s, "not x").Follow(t.Context(), 3, func(_ session.Key, r *logs.Record) bool {
			got <- strings.ReplaceAll(r.Body, "\n", "|")
			return r.Body != "e4"
		})
		close(got)
	}()
	expect := func(want ...string) {
		t.Helper()
		for _, w := range want {
			if g := <-got; g != w {
				t.Fatalf("%q follows, want %q", g, w)
			}
		}
	}
	expect("o2", "e1", "p1")
	ok(t, e.Emit("", noon.UnixNano(), "\tmore\n2024-05-01T10:00:05Z x\n2024-05-01T08:00:00Z e3\n"))
	expect("open|\tmore")
	ok(t, e.Emit("new", noon.UnixNano(), "n1\n"))
	ok(t, e.Settle("new"))
	expect("n1")
	ok(t, e.Settle(""))
	expect("e3")
	ok(t, e.Emit("", noon.UnixNano(), "e4\ne5\n"))
	expect("e4")
	if g, more := <-got; more {
		t.Errorf("%q follows what was enough", g)
	}
}

// What has ended has been followed.
func TestFollowEnds(t *testing.T) {
	s, _ := started(t, sourcetest.NewFile("a.log", shop), sourcetest.NewFile("b.log", "b\n"))
	for _, last := range []int{-1, 100} {
		n := 0
		ok(t, view(t, s, "").Follow(t.Context(), last, func(session.Key, *logs.Record) bool { n++; return true }))
		if n != 8 {
			t.Errorf("the last %d are %d", last, n)
		}
	}
}

func TestRecordsLetGoAreSaid(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }, Store: smallStore}, e)
	s.Start(t.Context())
	defer s.Close()
	v := view(t, s, "")
	var totals *summary.Totals
	noise := newNoise()
	for i := range 60 {
		ok(t, e.Emit("", int64(i), fmt.Sprintf("%d %s\n", i, noise(100_000))))
		var err error
		totals, err = v.Totals(t.Context())
		ok(t, err)
	}
	if totals.Records.Certainty != summary.AtLeast || len(totals.Notes) != 1 || !strings.Contains(totals.Notes[0].Text, "let go") {
		t.Errorf("%s records, %v", totals.Records, totals.Notes)
	}
	if n := len(all(t, view(t, s, ""))); n == 0 || n >= 60 || int64(n) != totals.Records.N {
		t.Errorf("%d records are left of 60, %s are counted", n, totals.Records)
	}
}

// newNoise returns a function for n bytes that do not get smaller when they are packed.
func newNoise() func(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	return func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('0' + r.IntN(64))
		}
		return string(b)
	}
}

func TestNowIsBoundWhenAViewIsMade(t *testing.T) {
	s, c := started(t, sourcetest.NewFile("app", "2024-05-01T11:50:00Z a\n2024-05-01T11:59:00Z b\n"))
	ok(t, s.Wait(t.Context()))
	early := view(t, s, `@timestamp >= "now-5m"`)
	c.pass(time.Hour)
	if got := bodies(all(t, early)); got != "b" {
		t.Errorf("a view finds %q later", got)
	}
	if got := bodies(all(t, view(t, s, `@timestamp >= "now-5m"`))); got != "" {
		t.Errorf("a view made an hour later finds %q", got)
	}
}
