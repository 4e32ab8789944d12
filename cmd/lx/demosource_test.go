package main

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/sources"
)

// demoSink keeps what a source hands on, with when.
type demoSink struct {
	chunks  []sources.Chunk
	health  []sources.Health
	settled int
	closed  bool
}

func (d *demoSink) Open(sources.StreamInfo) sources.Stream { return d }
func (d *demoSink) Report(h sources.Health)                { d.health = append(d.health, h) }
func (d *demoSink) Note(sources.Event)                     {}
func (d *demoSink) Arrive(sources.News)                    {}
func (d *demoSink) Append(ctx context.Context, c sources.Chunk) error {
	c.Data = []byte(string(c.Data))
	d.chunks = append(d.chunks, c)
	return ctx.Err()
}
func (d *demoSink) Grow(context.Context, int64) error { panic("not a file") }
func (d *demoSink) Lose(string)                       { panic("nothing is lost") }
func (d *demoSink) Settle()                           { d.settled++ }
func (d *demoSink) Close()                            { d.closed = true }

// What was before comes at once; then each record comes at its time, whole, until the context ends.
func TestDemoSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		shop := demo.Options{Seed: 1, Start: begun.Add(-30 * time.Minute), Incident: 26 * time.Minute, For: 5 * time.Minute}
		var want []demo.Line
		for l := range demo.New(shop).All() {
			if l.At > begun.Add(time.Minute).UnixNano() {
				break
			}
			if l.Stream == demo.Payment {
				l.Text = []byte(string(l.Text))
				want = append(want, l)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		sink := &demoSink{}
		d := &demoSource{stream: demo.Payment, shop: shop, now: time.Now}
		if err := d.Run(ctx, sink); err != nil {
			t.Fatal(err)
		}
		if !sink.closed || sink.settled == 0 || sink.health[len(sink.health)-1].State != sources.Live {
			t.Errorf("closed %v, settled %d, %v", sink.closed, sink.settled, sink.health)
		}
		var history strings.Builder
		live := 0
		for _, c := range sink.chunks {
			if c.Arrived == begun.UnixNano() {
				history.Write(c.Data)
				want = want[strings.Count(string(c.Data), "[payment,"):]
				continue
			}
			if live == len(want) {
				t.Fatalf("more than there is: %s", c.Data)
			}
			if w := want[live]; c.Arrived != w.At || string(c.Data) != string(w.Text) {
				t.Fatalf("at %d %q, want at %d %q", c.Arrived, c.Data, w.At, w.Text)
			}
			live++
		}
		if live != len(want) || live < 30 || history.Len() < 100_000 {
			t.Errorf("%d bytes of what was before, then %d records, want %d", history.Len(), live, len(want))
		}
	})
}
