package session_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/store"
)

// decodes counts how many records are decoded.
type decodes struct {
	n  atomic.Int64
	on atomic.Pointer[func(n int64)]
}

func (d *decodes) indexer() logs.Indexer { return countingIndexer{sourcetest.Indexer(), d} }

type countingIndexer struct {
	logs.Indexer
	d *decodes
}

func (x countingIndexer) Clone() logs.Indexer { return countingIndexer{x.Indexer.Clone(), x.d} }

func (x countingIndexer) Format(name string) (logs.Format, bool) {
	f, ok := x.Indexer.Format(name)
	return countingFormat{f, x.d}, ok
}

type countingFormat struct {
	logs.Format
	d *decodes
}

func (f countingFormat) Decode(raw []byte, r *logs.Record) {
	n := f.d.n.Add(1)
	if on := f.d.on.Load(); on != nil {
		(*on)(n)
	}
	f.Format.Decode(raw, r)
}

// counting runs a session that counts what is decoded.
func counting(t testing.TB, list ...sources.Source) (*session.Session, *decodes) {
	d := &decodes{}
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return d.indexer() }}, list...)
	s.Start(t.Context())
	t.Cleanup(func() { ok(t, s.Close()) })
	return s, d
}

// during returns how many records f has decoded.
func (d *decodes) during(f func()) int64 {
	before := d.n.Load()
	f()
	return d.n.Load() - before
}

// What a query holds for is looked at once, whatever the level and range, the view and the question.
func TestAQueryIsEvaluatedOnce(t *testing.T) {
	file := sourcetest.NewFile("app.log", many(t, 5000))
	file.Follow = true
	s, d := counting(t, file)
	ok(t, s.Wait(t.Context()))
	counted := func(f string, want int64) {
		t.Helper()
		n, err := view(t, s, f).Count(t.Context())
		ok(t, err)
		if n.N != want {
			t.Errorf("%s are counted with %q, want %d", n, f, want)
		}
	}
	const q = "not service:s3"
	if n := d.during(func() { counted(q, 4500) }); n < 4500 {
		t.Errorf("the first question decodes %d records", n)
	}
	n := d.during(func() {
		counted(q, 4500)
		counted("level=INFO "+q, 4500)
		counted("level=ERROR "+q, 0)
		counted("from=10:00:10 to=10:00:30 "+q, 18)
		_, err := view(t, s, "level=INFO from=10:00:10 "+q).Totals(t.Context())
		ok(t, err)
	})
	if n > 1 { // the record that may still grow is looked at when it is in another block
		t.Errorf("what is known costs %d records", n)
	}
	ok(t, file.Grow("2024-05-01T12:00:00Z INFO s1 new\n2024-05-01T12:00:01Z INFO s3 newer\n2024-05-01T12:00:02Z INFO s1 newest\n"))
	if n := d.during(func() { counted(q, 4502) }); n > 8 {
		t.Errorf("three new records cost %d", n)
	}
	if n := d.during(func() { counted("*", 5003); counted("* and *", 5003) }); n > 0 {
		t.Errorf("everything costs %d records", n)
	}
	// A part is a beginning of the whole.
	const other = "not service:s4"
	part := d.during(func() { counted("from=10:00:10 to=10:00:30 "+other, 18) })
	rest := d.during(func() { counted(other, 4503) })
	if part > 25 || rest > 5003-15 {
		t.Errorf("a part costs %d records, and the rest %d", part, rest)
	}
}

// What nobody waits for any more stops, and does not spoil later answers.
func TestWorkStops(t *testing.T) {
	s, d := counting(t, sourcetest.NewFile("app.log", many(t, 160_000)))
	ok(t, s.Wait(t.Context()))
	f := func(name string, ask func(ctx context.Context, v session.View) error) {
		t.Run(name, func(t *testing.T) {
			goroutines := runtime.NumGoroutine()
			v := view(t, s, "not "+name)
			ctx, cancel := context.WithCancel(t.Context())
			on := func(n int64) {
				if n%2000 == 0 {
					cancel()
				}
			}
			d.on.Store(&on)
			var err error
			n := d.during(func() { err = ask(ctx, v) })
			d.on.Store(nil)
			if !errors.Is(err, context.Canceled) || n > 8000 {
				t.Errorf("%d records are decoded: %v", n, err)
			}
			for begun := time.Now(); runtime.NumGoroutine() > goroutines && time.Since(begun) < time.Minute; {
				runtime.Gosched()
			}
			if n := runtime.NumGoroutine(); n > goroutines {
				t.Errorf("%d goroutines, %d before", n, goroutines)
			}
			if n, err := v.Count(t.Context()); err != nil || n.N != 160_000 {
				t.Errorf("%s are counted afterwards: %v", n, err)
			}
		})
	}
	never := func(session.Key, *logs.Record) bool { return true }
	f("count", func(ctx context.Context, v session.View) error { _, err := v.Count(ctx); return err })
	f("totals", func(ctx context.Context, v session.View) error { _, err := v.Totals(ctx); return err })
	f("rows", func(ctx context.Context, v session.View) error {
		_, err := v.Rows(ctx, session.LastKey, 200_000, 0)
		return err
	})
	f("each", func(ctx context.Context, v session.View) error { return v.Each(ctx, never) })
	f("scan", func(ctx context.Context, v session.View) error {
		return v.Scan(ctx, nil, func() func(*logs.Record) { return func(*logs.Record) {} })
	})
	given := 0
	n := d.during(func() {
		ok(t, view(t, s, "not enough").Each(t.Context(), func(session.Key, *logs.Record) bool { given++; return given < 10 }))
	})
	if most := int64(2*runtime.GOMAXPROCS(0)+2) << 14; given != 10 || n > most {
		t.Errorf("for %d records %d are decoded, more than %d", given, n, most)
	}
}

// A large is a file that cannot be read between its first free bytes and its end until it is let.
type large struct {
	*sourcetest.Data
	text    string
	free    int64
	release chan struct{}
}

func (l *large) Name() string { return "large.log" }

func (l *large) ReadAt(b []byte, at int64) (int, error) {
	if at >= l.free && at < int64(len(l.text)-(1<<20)) {
		<-l.release
	}
	return strings.NewReader(l.text).ReadAt(b, at)
}

func (l *large) Run(ctx context.Context, to sources.Sink) error {
	to.Report(sources.Health{State: sources.CatchingUp})
	st := to.Open(sources.StreamInfo{Resource: &logs.Resource{Source: l.Name()}, ModTime: logs.NoTime, Data: l})
	defer st.Close()
	return st.Grow(ctx, int64(len(l.text)))
}

var _ io.ReaderAt = (*large)(nil)

// How far a file has been read is told while the store reads it.
func TestProgress(t *testing.T) {
	src := &large{Data: &sourcetest.Data{}, text: many(t, 150_000), free: 3 << 20, release: make(chan struct{})}
	s, _ := counting(t, src)
	until(t, s, func() bool {
		h := s.Health()[0]
		return h.State == session.CatchingUp && h.Read >= 3<<20 && h.Read < int64(len(src.text))
	})
	close(src.release)
	ok(t, s.Wait(t.Context()))
}

// While a file is indexed its newest end is there, under the same keys as later, and nobody takes it for the whole.
func TestPreview(t *testing.T) {
	src := &large{Data: &sourcetest.Data{}, text: many(t, 150_000), release: make(chan struct{})}
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }, Store: store.Options{Preview: true}}, src)
	s.Start(t.Context())
	defer s.Close()
	v := view(t, s, "not service:s3")
	var early session.Page
	until(t, s, func() bool { early = page(t, v, session.LastKey, 50, 50); return len(early.Rows) > 0 })
	if len(early.Rows) != 50 || !early.Tail || early.Head || early.Rows[49].Record.Body != "n149999" {
		t.Errorf("%d rows, head %t, tail %t", len(early.Rows), early.Head, early.Tail)
	}
	in := early.Complete["large.log"]
	if len(in) != 1 || in[0].From > early.Rows[0].Key.Time || in[0].From < at(t, "10:00:00")+100_000e9 {
		t.Errorf("complete in %v", in)
	}
	n, err := v.Count(t.Context())
	ok(t, err)
	totals, err := v.Totals(t.Context())
	ok(t, err)
	if totals.Records != n || n.N < 1000 || n.N > 50_000 || !strings.Contains(n.String(), "so far") {
		t.Errorf("%s are counted, %s in totals", n, totals.Records)
	}
	var last []session.Key
	followed := make(chan error)
	go func() {
		followed <- v.Follow(t.Context(), 3, func(k session.Key, r *logs.Record) bool {
			last = append(last, k)
			return len(last) < 3
		})
	}()
	ok(t, <-followed) // long before the index is there
	for i, r := range early.Rows[47:] {
		if i >= len(last) || last[i] != r.Key {
			t.Errorf("the last are %v", last)
		}
	}
	all := make(chan int)
	go func() {
		n := 0
		ok := v.Follow(t.Context(), 100_000, count(&n)) == nil // more than the newest end has
		if !ok {
			n = -1
		}
		all <- n
	}()
	close(src.release)
	ok(t, s.Wait(t.Context()))
	if n := <-all; n != 100_000 {
		t.Errorf("the last 100,000 are %d", n)
	}
	late := page(t, v, session.LastKey, 50, 50)
	if !slices.EqualFunc(early.Rows, late.Rows, func(a, b session.Row) bool {
		return a.Key == b.Key && a.ID == b.ID && a.Record.Body == b.Record.Body
	}) {
		t.Error("the rows are others when the file has been indexed")
	}
	if n, err := v.Count(t.Context()); err != nil || n.String() != "135,000" {
		t.Errorf("%s are counted: %v", n, err)
	}
}

// What is let go before it could be followed is counted.
func TestFollowCountsWhatWasLetGo(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }, Store: smallStore}, e)
	s.Start(t.Context())
	defer s.Close()
	v := view(t, s, "")
	looking, on := make(chan bool), make(chan bool)
	given := 0
	ended := make(chan error)
	go func() {
		ended <- v.Follow(t.Context(), -1, func(session.Key, *logs.Record) bool {
			if given++; given == 1 {
				looking <- true
				<-on
			}
			return true
		})
	}()
	ok(t, e.Emit("", 1, "first\n"))
	ok(t, e.Settle(""))
	<-looking
	r := newNoise()
	const n = 200
	for i := range n {
		ok(t, e.Emit("", int64(i), fmt.Sprintf("%d %s\n", i, r(100_000))))
	}
	ok(t, e.Settle(""))
	totals, err := view(t, s, "").Totals(t.Context())
	ok(t, err)
	close(on)
	e.End(nil)
	err = <-ended
	gone := n + 1 - given
	if gone == 0 || gone < n-int(totals.Records.N) || err == nil || !strings.Contains(err.Error(), fmt.Sprintf("app: records that could not be read: %d: ", gone)) {
		t.Errorf("%d records were given of %d, of which %s are left: %v", given, n+1, totals.Records, err)
	}
}
