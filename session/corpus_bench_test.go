package session_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/analysis"
	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/testdata/loggen/corpus"
)

// shopText is the log of a shop in JSON.
func shopText(b *testing.B, o corpus.Options) string {
	b.Helper()
	var text bytes.Buffer
	w := bufio.NewWriter(&text)
	o.Format = "json"
	if _, err := corpus.Write(w, o); err != nil {
		b.Fatal(err)
	}
	ok(b, w.Flush())
	return text.String()
}

// read is a session that has read the sources, as the program does.
func read(b *testing.B, list ...sources.Source) *session.Session {
	b.Helper()
	ix, err := format.New(format.Options{})
	ok(b, err)
	s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return ix.Clone() }}, list...)
	s.Start(b.Context())
	b.Cleanup(func() { ok(b, s.Close()) })
	ok(b, s.Wait(b.Context()))
	return s
}

// What is asked of 400,000 records of JSON, 130 MB.
func BenchmarkCorpus(b *testing.B) {
	text := shopText(b, corpus.Options{Records: 400_000})
	s := read(b, sourcetest.NewFile("shop.log", text))
	run := func(name string, f func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			f(b)
		})
	}
	each := func(b *testing.B, v session.View) {
		n := 0
		if err := v.Each(b.Context(), count(&n)); err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
	fresh := 0
	filters := map[string]func() string{ // each time one that nobody has asked for before
		"all":   func() string { return "" },
		"level": func() string { return "level=ERROR " },
		"word":  func() string { fresh++; return fmt.Sprintf("timeout or zz%d", fresh) },
		"field": func() string { fresh++; return fmt.Sprintf("duration_ms > 1000 or zz: %d", fresh) },
	}
	for _, name := range []string{"all", "level", "word", "field"} {
		f := filters[name]
		run("totals/"+name, func(b *testing.B) {
			for b.Loop() {
				_, err := view(b, s, f()).Totals(b.Context())
				ok(b, err)
			}
		})
		run("count/"+name, func(b *testing.B) {
			for b.Loop() {
				_, err := view(b, s, f()).Count(b.Context())
				ok(b, err)
			}
		})
		run("each/"+name, func(b *testing.B) {
			for b.Loop() {
				each(b, view(b, s, f()))
			}
		})
		run("undecoded/"+name, func(b *testing.B) {
			for b.Loop() {
				each(b, view(b, s, f()).Undecoded())
			}
		})
	}
	run("scan", func(b *testing.B) {
		for b.Loop() {
			ok(b, view(b, s, "").Scan(b.Context(), nil, func() func(*logs.Record) { return func(*logs.Record) {} }))
		}
	})
	run("facets", func(b *testing.B) {
		for b.Loop() {
			ok(b, view(b, s, "").Scan(b.Context(), nil, func() func(*logs.Record) { return analysis.NewFacets().Add }))
		}
	})
	run("same query again", func(b *testing.B) {
		for b.Loop() {
			_, err := view(b, s, "timeout").Totals(b.Context())
			ok(b, err)
		}
	})
	run("page of a word", func(b *testing.B) {
		for b.Loop() {
			page(b, view(b, s, filters["word"]()), session.LastKey, 50, 0)
		}
	})
}

// A page anywhere in 1,000 files that were written at the same time.
func BenchmarkManyStreams(b *testing.B) {
	var list []sources.Source
	for i := range 1000 {
		list = append(list, sourcetest.NewFile(fmt.Sprintf("f%d.log", i), shopText(b, corpus.Options{Records: 200, Seed: uint64(i), Rate: 1})))
	}
	s := read(b, list...)
	first := page(b, view(b, s, ""), session.FirstKey, 0, 1).Rows[0].Key.Time
	r := rand.New(rand.NewPCG(3, 4))
	for _, f := range []string{"", "level=ERROR", "timeout"} {
		b.Run("page/"+f, func(b *testing.B) {
			v := view(b, s, f)
			_, err := v.Totals(b.Context())
			ok(b, err)
			b.ReportAllocs()
			for b.Loop() {
				page(b, v, session.Key{Time: first + r.Int64N(180e9)}, 50, 50)
			}
		})
	}
	b.Run("each", func(b *testing.B) {
		for b.Loop() {
			n := 0
			if err := view(b, s, "").Each(b.Context(), count(&n)); err != nil || n != 200_000 {
				b.Fatal(n, err)
			}
		}
	})
}

// Following 1,000 files of which one has grown: by 4 MB, and by a record.
func BenchmarkFollow(b *testing.B) {
	chunk := shopText(b, corpus.Options{Records: 14_000})
	line := chunk[:strings.IndexByte(chunk, '\n')+1]
	for _, text := range []string{chunk, line} {
		for _, filter := range []string{"", "level=ERROR", "timeout"} {
			b.Run(fmt.Sprintf("%d bytes/%s", len(text), filter), func(b *testing.B) {
				var files []*sourcetest.File
				var list []sources.Source
				for i := range 1000 {
					f := sourcetest.NewFile(fmt.Sprintf("f%d.log", i), line)
					f.Follow = true
					files, list = append(files, f), append(list, f)
				}
				s := read(b, list...)
				last := make(chan bool)
				ctx, cancel := context.WithCancel(b.Context())
				ended := make(chan error)
				go func() {
					ended <- view(b, s, filter).Undecoded().Follow(ctx, 0, func(_ session.Key, r *logs.Record) bool {
						if bytes.Contains(r.Raw, []byte("the last one")) {
							last <- true
						}
						return true
					})
				}()
				<-s.Following()
				b.SetBytes(int64(len(text)))
				for i := 0; b.Loop(); i++ {
					f := files[i%50]
					ok(b, f.Grow(text))
					ok(b, f.Grow(`{"time":"2026-03-14T12:00:00Z","level":"ERROR","msg":"timeout, the last one"}`+"\n"))
					ok(b, f.Settle())
					<-last
				}
				cancel()
				ok(b, <-ended)
			})
		}
	}
}
