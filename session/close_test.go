package session_test

import (
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// Close ends all that Start began: within the bubble no goroutine may be left.
func TestCloseLeavesNoGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := runtime.NumGoroutine()
		file := sourcetest.NewFile("a.log", shop)
		file.Follow = true
		e, p := sourcetest.NewEmitter("app"), sourcetest.NewPaged("prod", sourcetest.Records(shop)...)
		s := session.New(session.Options{Indexer: func(sources.StreamInfo) logs.Indexer { return sourcetest.Indexer() }}, file, e, p)
		s.Start(t.Context())
		ok(t, e.Emit("", 1, "one\n"))
		ok(t, s.Wait(t.Context()))
		v := view(t, s, "")
		if n := len(all(t, v)); n != 15 {
			t.Errorf("%d records", n)
		}
		page(t, v, session.FirstKey, 0, 100)
		ok(t, s.Close())
		synctest.Wait()
		for i := 0; i < 1_000_000 && runtime.NumGoroutine() > before; i++ {
			runtime.Gosched() // one that has ended may still be counted
		}
		if n := runtime.NumGoroutine(); n > before {
			stacks := make([]byte, 1<<16)
			t.Errorf("%d goroutines, %d before\n%s", n, before, stacks[:runtime.Stack(stacks, true)])
		}
		if err := e.Emit("", 2, "after the end\n"); err == nil {
			t.Error("a source runs on after Close")
		}
		if err := v.Each(t.Context(), func(session.Key, *logs.Record) bool { return true }); err == nil {
			t.Error("Each says nothing about what can no longer be read")
		}
	})
}

// An interrupt ends the sources, and what was read by then stays.
func TestWhatWasReadStays(t *testing.T) {
	e := sourcetest.NewPipe("app")
	s, stop := startedUntil(t, e)
	ok(t, e.Emit("", 1, "one\ntwo\nthree"))
	stop()
	ok(t, s.WaitEnded(t.Context()))
	if got := bodies(all(t, view(t, s, ""))); got != "one two three" {
		t.Errorf("after an interrupt %s", got)
	}
}
