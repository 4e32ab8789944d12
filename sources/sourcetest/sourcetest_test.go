package sourcetest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

const text = "2024-05-01T10:00:00Z INFO shop one\n\tmore\n2024-05-01T10:00:01Z two\n"

func TestFileConforms(t *testing.T) {
	sourcetest.Conform(t, func(*testing.T) sourcetest.Case {
		return sourcetest.Case{Source: sourcetest.NewFile("app.log", text), Want: map[string]string{"app.log": text}, Ends: true}
	}, nil)
	sourcetest.Conform(t, func(*testing.T) sourcetest.Case {
		f := sourcetest.NewFile("app.log", text)
		f.Follow = true
		feed := func() { _, _ = f.Grow("more"), f.Rotate("the next") }
		return sourcetest.Case{Source: f, Want: map[string]string{"app.log": text + "more" + "the next"}, Feed: feed}
	}, nil)
}

func TestEmitterConforms(t *testing.T) {
	sourcetest.Conform(t, func(*testing.T) sourcetest.Case {
		e := sourcetest.NewEmitter("listen")
		feed := func() { _, _, _ = e.Emit("a", 1, "one\ntwo"), e.Emit("b", 2, "three", 2, 5), e.Settle("a") }
		return sourcetest.Case{Source: e, Want: map[string]string{"listen:a": "one\ntwo", "listen:b": "three"}, Feed: feed}
	}, func(*testing.T) sources.Source { return broken{} })
}

// broken cannot be read.
type broken struct{}

func (broken) Name() string { return "broken.log" }

func (broken) Run(context.Context, sources.Sink) error {
	return errors.New("broken.log: no such file")
}

func TestPagedConforms(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, "2024-05-01T10:00:%02dZ INFO s%d n%d\n", i*i%13, i%2, i)
	}
	p := sourcetest.NewPaged("prod", sourcetest.Records(b.String())...)
	all := sources.Filter{From: logs.NoTime, To: logs.NoTime}
	sourcetest.ConformSearcher(t, p, all, 100, 7)
	one := all
	var err error
	if one.Query, err = query.Parse("service:s1"); err != nil {
		t.Fatal(err)
	}
	sourcetest.ConformSearcher(t, p, one, 50, 20)
}

// A Recorder finds each rule that a source breaks.
func TestRecorderFindsWhatIsBroken(t *testing.T) {
	named := sources.StreamInfo{Resource: &logs.Resource{Source: "a"}, ModTime: logs.NoTime}
	f := func(want string, do func(r *sourcetest.Recorder)) {
		t.Helper()
		r := sourcetest.NewRecorder()
		do(r)
		if got := strings.Join(r.Broken(true), "; "); !strings.Contains(got, want) || strings.Contains(got, ";") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	ctx := t.Context()
	data := named
	data.Data = &sourcetest.Data{}
	f("still open", func(r *sourcetest.Recorder) { r.Open(named) })
	f("names no source", func(r *sourcetest.Recorder) { r.Open(sources.StreamInfo{ModTime: logs.NoTime}).Close() })
	f("1970", func(r *sourcetest.Recorder) { r.Open(sources.StreamInfo{Resource: named.Resource}).Close() })
	f("after Close", func(r *sourcetest.Recorder) {
		s := r.Open(named)
		s.Close()
		_ = s.Append(ctx, sources.Chunk{Data: []byte("x"), Arrived: 1})
	})
	f("says no arrival", func(r *sourcetest.Recorder) {
		s := r.Open(named)
		_ = s.Append(ctx, sources.Chunk{Data: []byte("x")})
		s.Close()
	})
	f("not in order", func(r *sourcetest.Recorder) {
		s := r.Open(named)
		_ = s.Append(ctx, sources.Chunk{Data: []byte("xyz"), Ends: []int{2, 1}, Arrived: 1})
		s.Close()
	})
	f("there twice", func(r *sourcetest.Recorder) {
		s := r.Open(data)
		_ = s.Append(ctx, sources.Chunk{Arrived: 1})
		s.Close()
	})
	f("nothing to read", func(r *sourcetest.Recorder) {
		s := r.Open(named)
		_ = s.Grow(ctx, 1)
		s.Close()
	})
}
