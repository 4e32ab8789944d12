package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
)

// mixedText has records of many formats, parts of containers' records among
// others', long stretches that no word is in, and a record longer than what is decoded.
func mixedText(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		word := []string{"timeout", "declined", "ok", "retry", "x\\u0069x"}[r.IntN(5)]
		at := fmt.Sprintf("2026-03-14T08:%02d:%02d.%03dZ", i/60000%60, i/1000%60, i%1000)
		switch r.IntN(12) {
		default:
			fmt.Fprintf(&b, `{"time":%q,"level":%q,"service":"s%d","duration_ms":%d,"message":"call %s"}`+"\n", at, []string{"INFO", "ERROR"}[i%2], i%5, r.IntN(2000), word)
		case 0:
			fmt.Fprintf(&b, "%s ERROR [main] shop.Pay: %s\n\tat shop.Pay(Pay.java:7)\n", at, word)
		case 1:
			fmt.Fprintf(&b, "%s stdout P {\"message\":\"time\n%s stderr F level=warn msg=%s n=%d\n%s stdout F out\",\"duration_ms\":%d}\n", at, at, word, i, at, i)
		case 2:
			fmt.Fprintf(&b, "time=%s level=info msg=%s duration_ms=%d\n", at, word, r.IntN(2000))
		case 3:
			fmt.Fprintf(&b, "just %s words\n", word)
		}
		switch i {
		case n / 3:
			fmt.Fprintf(&b, `{"time":%q,"message":"%s declined"}`+"\n", at, strings.Repeat("long ", logs.MaxDecode/5))
		case n / 2:
			fmt.Fprintf(&b, "%s INFO [main] a.B: big\n%s", at, strings.Repeat("\tat a.B(b)\n", 30_000))
		}
	}
	return b.String()
}

var matchQueries = []string{"timeout", "declined and not retry", "duration_ms > 1000", "level:ERROR", "service:s3 or duration_ms < 100",
	"not timeout", "zanzibar", "*etr*", "ixi", "xix", "message:*", "msg:ok", `"call declined"`, "1000 or 7", "/time.ut/"}

func openMixed(t testing.TB, s *store.Store, resource *logs.Resource, data io.ReaderAt) *store.Stream {
	t.Helper()
	ix, err := format.New(format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Open(store.Info{Resource: resource, ModTime: noon.UnixNano(), Data: data}, ix)
}

// Many records looked at together match as each does by itself.
func TestMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	text := mixedText(r, 1000)
	f := func(name string, st *store.StreamState) {
		t.Helper()
		for _, text := range matchQueries {
			n, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			q := query.Compile(n, query.Env{Now: noon})
			for _, b := range st.Blocks {
				for _, one := range []int{1, 2, 50, 2000} {
					matchesAlike(t, name, b, q, r, one)
				}
			}
		}
	}
	d := &data{}
	s := newStore(t, store.Options{})
	st := openMixed(t, s, &logs.Resource{Source: "app.log"}, d)
	growAll(t, st, d, text, len(text))
	st.Close()
	f("file", state(t, s))

	s = newStore(t, store.Options{})
	st = openMixed(t, s, &logs.Resource{Source: "pipe"}, nil)
	appendAll(t, st, text, 100_000)
	st.Close()
	f("pipe", state(t, s))

	s = newStore(t, store.Options{})
	st = openMixed(t, s, &logs.Resource{Source: "tag", Attrs: []logs.Attr{{Key: "duration_ms", Value: logs.NumberValue("1500")}, {Key: "tag", Value: logs.TextValue("a timeout")}}}, nil)
	appendAll(t, st, text[:100_000], 50_000)
	st.Close()
	f("attributes of the stream", state(t, s))
}

// matchesAlike compares what Match finds of about one in so many records of a block.
func matchesAlike(t *testing.T, name string, b *store.Block, q *query.Query, r *rand.Rand, one int) {
	t.Helper()
	c, err := b.Columns()
	if err != nil {
		t.Fatal(err)
	}
	asked, found := query.NewBits(c.Len()), query.NewBits(c.Len())
	for i := range c.Len() {
		if r.IntN(one) == 0 {
			asked.Set(i)
		}
	}
	var rd, plain store.Reader
	var rec logs.Record
	if err := rd.Match(t.Context(), c, q, asked, found, func(_ int, err error) { t.Fatal(err) }); err != nil {
		t.Fatal(err)
	}
	for i := range c.Len() {
		if err := plain.Decode(c, i, &rec); err != nil {
			t.Fatal(err)
		}
		if want := asked.Has(i) && q.Match(&rec); found.Has(i) != want {
			t.Fatalf("%s, %s, one in %d: record %d is found %t, want %t: %.200s", name, q.Node(), one, i, found.Has(i), want, rec.Raw)
		}
	}
}

// torn fails to read the bytes from from up to before to.
type torn struct {
	data
	from, to int64
}

var errTorn = errors.New("torn")

func (d *torn) ReadAt(b []byte, at int64) (int, error) {
	if at < d.to && at+int64(len(b)) > d.from {
		return 0, errTorn
	}
	return d.data.ReadAt(b, at)
}

// Records that cannot be read are named, each once, and all others are found.
func TestMatchSaysWhatCannotBeRead(t *testing.T) {
	text := mixedText(rand.New(rand.NewPCG(9, 9)), 3000)
	d := &torn{data: data{[]byte(text)}}
	s := newStore(t, store.Options{})
	st := openMixed(t, s, nil, d)
	if err := st.Grow(t.Context(), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	st.Close()
	d.from, d.to = int64(len(text)/4), int64(len(text)/4+1000)
	n, _ := query.Parse("not zanzibar")
	q := query.Compile(n, query.Env{Now: noon})
	for _, b := range state(t, s).Blocks {
		c, err := b.Columns()
		if err != nil {
			t.Fatal(err)
		}
		asked, found := query.NewBits(c.Len()), query.NewBits(c.Len())
		asked.Fill(0, c.Len())
		failed := map[int]int{}
		var r store.Reader
		if err := r.Match(t.Context(), c, q, asked, found, func(i int, err error) {
			if !errors.Is(err, errTorn) {
				t.Error(err)
			}
			failed[i]++
		}); err != nil {
			t.Fatal(err)
		}
		for i := range c.Len() {
			row := c.Row(i)
			want := 0
			if row.Offset < d.to && row.Offset+row.Length > d.from {
				want = 1
			}
			if failed[i] != want || found.Has(i) != (want == 0) {
				t.Fatalf("record %d: failed %d times, found %t", i, failed[i], found.Has(i))
			}
		}
	}
}

func TestMatchEnds(t *testing.T) {
	s := newStore(t, store.Options{})
	st := openMixed(t, s, nil, nil)
	appendAll(t, st, mixedText(rand.New(rand.NewPCG(1, 1)), 1000), 100_000)
	st.Close()
	c, err := state(t, s).Blocks[0].Columns()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n, _ := query.Parse("ok")
	asked := query.NewBits(c.Len())
	asked.Fill(0, c.Len())
	var r store.Reader
	if err := r.Match(ctx, c, query.Compile(n, query.Env{}), asked, query.NewBits(c.Len()), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkMatch(b *testing.B) {
	var text strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; text.Len() < 8<<20; i++ {
		fmt.Fprintf(&text, `{"timestamp":"2026-03-14T08:00:00.%03dZ","level":%q,"service":"s%d","host":"s%d-1","trace_id":"%016x%016x","duration_ms":%d,"http":{"status_code":%d,"endpoint":"/api/v1/cart"},"message":"payment %s for order=%d"}`+"\n",
			i%1000, []string{"INFO", "DEBUG", "ERROR"}[i%3], i%7, i%7, r.Uint64(), r.Uint64(), r.IntN(2500), 200+i%4*100, []string{"accepted", "declined"}[min(i%25, 1)], i)
	}
	d := &data{[]byte(text.String())}
	s := newStore(b, store.Options{})
	st := openMixed(b, s, nil, d)
	if err := st.Grow(b.Context(), int64(text.Len())); err != nil {
		b.Fatal(err)
	}
	st.Close()
	for _, text := range []string{"zanzibar", "accepted", "declined", "duration_ms > 1000", "http.status_code >= 500", "level:ERROR", "service:s3", "trace_id:00112233445566778899aabbccddeeff", "502"} {
		b.Run(text, func(b *testing.B) {
			n, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			q := query.Compile(n, query.Env{Now: noon})
			b.SetBytes(int64(len(d.bytes)))
			b.ReportAllocs()
			for b.Loop() {
				var r store.Reader
				for _, block := range state(b, s).Blocks {
					c, err := block.Columns()
					if err != nil {
						b.Fatal(err)
					}
					asked, found := query.NewBits(c.Len()), query.NewBits(c.Len())
					asked.Fill(0, c.Len())
					if err := r.Match(b.Context(), c, q, asked, found, func(_ int, err error) { b.Fatal(err) }); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
