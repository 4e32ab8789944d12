package store_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

func TestCoresDoNotChangeTheRecords(t *testing.T) {
	text := bigText(3 << 20)
	text = text[:1<<20] + strings.Repeat("x", 1_500_000) + text[1<<20:] // a line that reaches over chunks
	want := ""
	for _, workers := range []int{0, 1, 2, 8} {
		s := newStore(t, store.Options{Workers: max(workers, 1)})
		st := open(t, s, &data{[]byte(text)})
		if workers == 0 { // in pieces that nobody scans ahead
			for n := int64(700_000); n < int64(len(text)); n += 700_000 {
				if err := st.Grow(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := st.Grow(t.Context(), int64(len(text))); err != nil {
			t.Fatal(err)
		}
		st.Close()
		got := dump(t, state(t, s))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d workers: other records", workers)
		}
	}
}

// A gate is a file that is read only at its end, until it is opened.
type gate struct {
	data
	shut chan struct{}
	from int64
}

func (g *gate) ReadAt(b []byte, at int64) (int, error) {
	if at < g.from {
		<-g.shut
	}
	return g.data.ReadAt(b, at)
}

func TestNewestEndIsSeenFirst(t *testing.T) {
	text := bigText(6 << 20)
	size := int64(len(text))
	g := &gate{data{[]byte(text)}, make(chan struct{}), size - 1<<20}
	looked := make(chan struct{}, 1)
	s := newStore(t, store.Options{Preview: true, Changed: func() {
		select {
		case looked <- struct{}{}:
		default:
		}
	}})
	st := open(t, s, g)
	done := make(chan error)
	go func() { done <- st.Grow(t.Context(), size) }()
	for len(state(t, s).Preview) == 0 {
		<-looked
	}
	early := places(t, &store.StreamState{Stream: st, Blocks: state(t, s).Preview})
	close(g.shut)
	for running := true; running; {
		select {
		case err := <-done:
			if running = false; err != nil {
				t.Fatal(err)
			}
		case <-looked:
		}
		now := state(t, s)
		if blocks := now.Blocks; len(now.Preview) > 0 && len(blocks) > 0 {
			c, err := blocks[len(blocks)-1].Columns()
			if err != nil {
				t.Fatal(err)
			}
			if at := c.Offset(c.Len() - 1); at >= now.Preview[0].Summary.Offset {
				t.Fatalf("the record at byte %d stands in the index and in the preview", at)
			}
		}
	}
	st.Close()
	if n := len(state(t, s).Preview); n > 0 {
		t.Errorf("%d blocks of a preview are left", n)
	}
	all := places(t, state(t, s))
	if len(early) < 1000 || len(all) < len(early) {
		t.Fatalf("%d records of %d were seen first", len(early), len(all))
	}
	for i, p := range early {
		q := all[len(all)-len(early)+i]
		saw, is := p.c.Row(p.i), q.c.Row(q.i)
		saw.Service, is.Service = 0, 0 // their dictionaries differ
		if saw != is || p.c.Order(p.i) != q.c.Order(q.i) {
			t.Fatalf("record %d: %+v was seen, and is %+v", i, saw, is)
		}
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	text := bigText(8 << 20)
	ctx, cancel := context.WithCancel(t.Context())
	s := newStore(t, store.Options{Workers: 3, Changed: cancel})
	st := s.Open(store.Info{Resource: &logs.Resource{}, ModTime: noon.UnixNano(), Data: &data{[]byte(text)}}, newIndexer())
	if err := st.Grow(ctx, int64(len(text))); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	// What had been read stays, and reading goes on behind it.
	if err := st.Grow(t.Context(), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	st.Close()
	if got := raw(t, state(t, s)); got != text {
		t.Errorf("%d bytes of %d", len(got), len(text))
	}
}

func TestAFileThatEndsEarly(t *testing.T) {
	text := bigText(5 << 20)
	s := newStore(t, store.Options{})
	st := open(t, s, &data{[]byte(text)})
	if err := st.Grow(t.Context(), 9<<20); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
	st.Close()
	if got := raw(t, state(t, s)); got != text {
		t.Errorf("%d bytes of %d", len(got), len(text))
	}
}
