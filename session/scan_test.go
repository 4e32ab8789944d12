package session_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// gathered is the bodies of records that scans gave.
type gathered struct {
	mu   sync.Mutex
	list []string
	stop context.CancelFunc // called when there are so many
	most int
}

// scan has v scanned from where from says; nil: all of it.
func (g *gathered) scan(ctx context.Context, v session.View, from *session.Scanned) error {
	return v.Scan(ctx, from, func() func(*logs.Record) {
		return func(r *logs.Record) {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.list = append(g.list, fmt.Sprint(r.Time, strings.Clone(r.Body)))
			if g.stop != nil && len(g.list) >= g.most {
				g.stop()
			}
		}
	})
}

// sameAsWhole checks that what scans with from gave is what one scan gives.
func (g *gathered) sameAsWhole(t *testing.T, v session.View) {
	t.Helper()
	var whole gathered
	ok(t, whole.scan(t.Context(), v, nil))
	slices.Sort(g.list)
	slices.Sort(whole.list)
	if !slices.Equal(g.list, whole.list) {
		t.Fatalf("step by step %d records, at once %d", len(g.list), len(whole.list))
	}
}

// Step by step a scan gives what one gives at the end, whatever ends a step early.
func TestScanGoesOn(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 21))
		file, pipe := sourcetest.NewFile("app.log", randomText(r, 3000)), sourcetest.NewEmitter("app")
		file.Follow = true
		paged := sourcetest.NewPaged("prod", sourcetest.Records(randomText(r, 100))...)
		s, clock := started(t, file, pipe, paged)
		ok(t, s.Wait(t.Context()))
		f := randomFilter(t, r)
		v, err := s.View(f)
		ok(t, err)
		var from session.Scanned
		var got gathered
		for range 20 {
			switch r.IntN(6) {
			case 0:
				ok(t, file.Rotate(randomText(r, r.IntN(100))))
			case 1:
				ok(t, file.Settle())
			case 2:
				ok(t, pipe.Emit(fmt.Sprint(r.IntN(2)), noon.UnixNano(), randomText(r, r.IntN(50))))
			default:
				ok(t, file.Grow(randomText(r, r.IntN(3000))))
			}
			clock.pass(time.Second)
			ctx, cancel := context.WithCancel(t.Context())
			if r.IntN(3) == 0 {
				got.most, got.stop = len(got.list)+1+r.IntN(500), cancel
			}
			err := got.scan(ctx, v, &from)
			if err != nil && ctx.Err() == nil {
				t.Fatal(err)
			}
			cancel()
			got.stop = nil
		}
		ok(t, file.Settle())
		ok(t, pipe.Settle("0"))
		ok(t, pipe.Settle("1"))
		ok(t, got.scan(t.Context(), v, &from))
		got.sameAsWhole(t, v)
		n := len(got.list)
		ok(t, got.scan(t.Context(), v, &from))
		if len(got.list) != n || from.Gone != 0 {
			t.Errorf("%d records more where nothing is new, %d gone", len(got.list)-n, from.Gone)
		}
	}
}

// The open record is given once, when it is whole.
func TestScanLeavesOutWhatMayGrow(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s, _ := started(t, e)
	v := view(t, s, "")
	var from session.Scanned
	step := func(text string, want ...string) {
		t.Helper()
		ok(t, e.Emit("", at(t, "10:00:00"), text))
		var got []string
		ok(t, v.Scan(t.Context(), &from, func() func(*logs.Record) {
			return func(r *logs.Record) { got = append(got, strings.ReplaceAll(r.Body, "\n", "|")) }
		}))
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	step("a\n")
	step("\tmore\n")
	step("b\n", "a|\tmore")
	step("\tmore\nc\nd\n", "b|\tmore", "c")
}

// What was given and is no more is counted; what was dated anew is another scan's.
func TestScanSaysWhatIsGone(t *testing.T) {
	file := sourcetest.NewFile("app.log", "2024-05-01T10:00:00Z a\n2024-05-01T10:00:00Z b x\n2024-05-01T10:00:01Z c\n")
	file.Follow, file.Loses = true, true
	s, _ := started(t, file)
	v := view(t, s, "not x")
	ok(t, file.Settle())
	var from session.Scanned
	var got gathered
	ok(t, got.scan(t.Context(), v, &from))
	ok(t, file.Truncate("2024-05-01T10:00:02Z d\n"))
	ok(t, file.Settle())
	_ = got.scan(t.Context(), v, &from) // what is gone is said there too
	if len(got.list) != 3 || from.Gone != 2 {
		t.Errorf("%d records were given and %d are gone, want 3 and 2", len(got.list), from.Gone)
	}

	ok(t, got.scan(t.Context(), view(t, s, ""), &session.Scanned{}))
	if err := got.scan(t.Context(), view(t, s, ""), &from); !errors.Is(err, session.ErrAnew) {
		t.Errorf("with what another view scanned: %v", err)
	}

	file = sourcetest.NewFile("app.log", "")
	file.Follow = true
	s, _ = started(t, file)
	v, from = view(t, s, ""), session.Scanned{}
	ok(t, file.Grow("a\nb\nc\n"))
	ok(t, got.scan(t.Context(), v, &from))
	ok(t, file.Grow("2024-05-01T10:00:02Z d\ne\n"))
	if err := got.scan(t.Context(), v, &from); !errors.Is(err, session.ErrAnew) {
		t.Errorf("after records got another time: %v", err)
	}
	from, got = session.Scanned{}, gathered{}
	ok(t, file.Settle())
	ok(t, got.scan(t.Context(), v, &from))
	got.sameAsWhole(t, v)
}

// Records that go for want of room are counted, and the others are given once.
func TestScanWhileRecordsGo(t *testing.T) {
	e := sourcetest.NewEmitter("app")
	s, _ := startedWith(t, session.Options{Store: smallStore}, e)
	v := view(t, s, "")
	var from session.Scanned
	var got gathered
	noise := newNoise()
	for i := range 60 {
		ok(t, e.Emit("", int64(i), fmt.Sprintf("%d %s\n", i, noise(100_000))))
		if err := got.scan(t.Context(), v, &from); errors.Is(err, session.ErrAnew) {
			from, got = session.Scanned{}, gathered{}
		}
	}
	ok(t, e.Settle(""))
	_ = got.scan(t.Context(), v, &from)
	slices.Sort(got.list)
	n := int64(len(all(t, v)))
	if once := len(slices.Compact(slices.Clone(got.list))); once != len(got.list) || from.Gone == 0 || int64(once)-from.Gone != n {
		t.Errorf("%d records were given, %d of them once, %d are gone, %d are there", len(got.list), once, from.Gone, n)
	}
}

// BenchmarkScanNothingNew is what a step costs that finds nothing: of one large file, and of many sources.
func BenchmarkScanNothingNew(b *testing.B) {
	s := million(b, 1_000_000)
	v := view(b, s, "level=ERROR")
	var from session.Scanned
	var got gathered
	ok(b, got.scan(b.Context(), v, &from))
	b.ReportAllocs()
	for b.Loop() {
		ok(b, got.scan(b.Context(), v, &from))
	}
}
