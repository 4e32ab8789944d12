package session

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/store"
)

// grown returns the blocks of one stream that grew in steps: the same one, longer each time.
func grown(t *testing.T, steps, lines int) (out []*store.Block) {
	t.Helper()
	s := store.New(store.Options{})
	t.Cleanup(func() { _ = s.Close() })
	st := s.Open(store.Info{ModTime: logs.NoTime}, sourcetest.Indexer())
	for i := range steps {
		var b strings.Builder
		for k := range lines {
			fmt.Fprintf(&b, "2024-05-01T10:00:00Z INFO s%d n%d\n", k%3, i)
		}
		if err := st.Append(t.Context(), []byte(b.String()), nil, 0); err != nil {
			t.Fatal(err)
		}
		out = append(out, s.Snapshot().Streams[0].Blocks[0])
	}
	return out
}

func compiled(t *testing.T, text string) *query.Query {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return query.Compile(n, query.Env{})
}

// Whatever was asked about before, of the block when it was shorter or longer, a verdict is right about what is asked.
func TestVerdicts(t *testing.T) {
	blocks := grown(t, 6, 50)
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		e := (&evaluations{}).of("q")
		for range 20 {
			b := blocks[r.IntN(len(blocks))]
			c, err := b.Columns()
			if err != nil {
				t.Fatal(err)
			}
			var asked query.Bits
			if r.IntN(4) > 0 {
				asked = query.NewBits(c.Len())
				from := r.IntN(c.Len())
				asked.Fill(from, from+r.IntN(c.Len()-from+1))
			}
			v, err := e.look(t.Context(), compiled(t, "service:s1"), b, c, &store.Reader{}, asked)
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.Len() {
				if want := serviceOf(c, i) == "s1"; (asked == nil || asked.Has(i)) && v.found.Has(i) != want {
					t.Fatalf("seed %d: record %d of %d is found: %t", seed, i, c.Len(), !want)
				}
			}
		}
		size := int64(0)
		for _, j := range e.blocks {
			size += j.known.Load().size() + judgedBytes
		}
		if e.bytes != size || e.all.bytes != size {
			t.Errorf("%d bytes are counted, and %d of all, of %d", e.bytes, e.all.bytes, size)
		}
	}
}

func serviceOf(c *store.Columns, i int) string {
	name, _ := c.Service(i)
	return name
}

// The query that was not asked for the longest time makes room, and is evaluated again when it is asked for.
func TestEvaluationsAreBounded(t *testing.T) {
	b := grown(t, 1, 64*50)[0]
	c, err := b.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var es evaluations
	ask := func(i int) *evaluation {
		e := es.of(fmt.Sprint(i))
		if v, err := e.look(t.Context(), compiled(t, "service:s1"), b, c, &store.Reader{}, nil); err != nil || v.found.Count() == 0 {
			t.Fatal(err)
		}
		return e
	}
	first, second := ask(1), ask(2)
	ask(1)
	if !es.grow(es.of("large"), maxEvaluated-es.bytes) || first.gone.Load() || second.gone.Load() {
		t.Error("something goes although there is room")
	}
	third := ask(3)
	if first.gone.Load() || !second.gone.Load() || third.gone.Load() || es.bytes > maxEvaluated || es.bytes != first.bytes+third.bytes+es.queries["large"].bytes {
		t.Errorf("gone are %t, %t, %t; %d bytes", first.gone.Load(), second.gone.Load(), third.gone.Load(), es.bytes)
	}
	if again := ask(2); again == second || again.bytes == 0 {
		t.Error("what has gone is not evaluated again")
	}
	if es.grow(third, maxEvaluated+1) {
		t.Error("there is room for what is larger than all")
	}
}

// An evaluation that is given up leaves what was known.
func TestAnEvaluationThatIsGivenUp(t *testing.T) {
	blocks := grown(t, 2, 50)
	e := (&evaluations{}).of("q")
	columns := func(b *store.Block) *store.Columns {
		c, err := b.Columns()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if _, err := e.look(t.Context(), compiled(t, "service:s1"), blocks[0], columns(blocks[0]), &store.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	known := e.of(blocks[0].ID)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.look(ctx, compiled(t, "service:s1"), blocks[1], columns(blocks[1]), &store.Reader{}, nil); err == nil || e.of(blocks[1].ID) != known {
		t.Errorf("after it was given up: %v", err)
	}
}
