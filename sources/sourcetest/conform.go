package sourcetest

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
)

// A Case is a source made ready to run, and what it must bring.
type Case struct {
	Source sources.Source
	Want   map[string]string // all bytes, by the source's name in the streams' resources
	Feed   func()            // what brings the bytes to a source that waits for them, called while it runs; nil: they are there
	Ends   bool              // it ends by itself once it has brought them; else when its context does
}

// patience is how long a source may take for anything.
const patience = time.Minute

// Conform holds a source to the rules of sources.Source. made returns a new one
// each time, unused. broken, if not nil, returns one that cannot be read.
func Conform(t *testing.T, made func(t *testing.T) Case, broken func(t *testing.T) sources.Source) {
	t.Run("brings its bytes", func(t *testing.T) { bringsItsBytes(t, made(t)) })
	t.Run("ends with its context", func(t *testing.T) { endsWithContext(t, made(t)) })
	t.Run("ends while its sink takes nothing", func(t *testing.T) { endsWhileBlocked(t, made(t)) })
	if broken != nil {
		t.Run("says what it cannot read", func(t *testing.T) { saysWhatItCannotRead(t, broken(t)) })
	}
}

// A run is a source that runs.
type run struct {
	*Recorder
	source     sources.Source
	name       string
	goroutines int
	cancel     context.CancelFunc
	ended      chan error
}

func start(t *testing.T, s sources.Source, r *Recorder) *run {
	ctx, cancel := context.WithCancel(t.Context())
	u := &run{r, s, s.Name(), runtime.NumGoroutine(), cancel, make(chan error, 1)}
	if u.name == "" {
		t.Error("it has no name: the screen and messages speak of it by its name")
	}
	go func() { u.ended <- s.Run(ctx, r) }()
	return u
}

// wait returns what Run does, and looks at what it leaves behind.
func (u *run) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-u.ended:
		u.over(t)
		return err
	case <-time.After(patience):
		t.Fatalf("Run has not returned after %s", patience)
		return nil
	}
}

func (u *run) over(t *testing.T) {
	t.Helper()
	for _, rule := range u.Broken(true) {
		t.Error(rule)
	}
	if name := u.source.Name(); name != u.name {
		t.Errorf("its name was %q and is %q: it is what its health and errors are found by", u.name, name)
	}
	for begin := time.Now(); runtime.NumGoroutine() > u.goroutines; runtime.Gosched() {
		if time.Since(begin) > patience {
			all := make([]byte, 1<<16)
			t.Fatalf("goroutines are left: a source waits for those that it started before Run returns\n%s", all[:runtime.Stack(all, true)])
		}
	}
}

func bringsItsBytes(t *testing.T, c Case) {
	u := start(t, c.Source, NewRecorder())
	defer u.cancel()
	if c.Feed != nil {
		c.Feed()
	}
	if !c.Ends {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		if u.Until(ctx, func() bool { return maps.Equal(u.Bytes(), c.Want) }) != nil {
			t.Errorf("it brings %s", difference(u.Bytes(), c.Want))
		}
		u.cancel()
	}
	if err := u.wait(t); err != nil {
		t.Errorf("Run returns %v: its end is no error", err)
	}
	if got := u.Bytes(); !maps.Equal(got, c.Want) {
		t.Errorf("it brings %s", difference(got, c.Want))
	}
	if len(u.Health()) == 0 {
		t.Error("it never reported its health: the screen would show it as opening for ever")
	}
}

func endsWithContext(t *testing.T, c Case) {
	u := start(t, c.Source, NewRecorder())
	u.cancel()
	if err := u.wait(t); err != nil {
		t.Errorf("Run returns %v: the end of its context is no error", err)
	}
}

func endsWhileBlocked(t *testing.T, c Case) {
	r := NewRecorder()
	r.Block = true
	u := start(t, c.Source, r)
	if c.Feed != nil {
		fed := make(chan struct{})
		go func() { defer close(fed); c.Feed() }()
		defer func() { <-fed }() // it uses what ends with the test
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if r.Until(ctx, func() bool { return len(r.Bytes()) > 0 }) != nil {
		t.Error("it never opened a stream")
	}
	u.cancel()
	if err := u.wait(t); err != nil {
		t.Errorf("Run returns %v: the end of its context is no error, in whatever it is", err)
	}
}

func saysWhatItCannotRead(t *testing.T, s sources.Source) {
	u := start(t, s, NewRecorder())
	defer u.cancel()
	err := u.wait(t)
	switch {
	case err == nil:
		t.Error("Run returns nil, although it could not be read")
	case !strings.Contains(err.Error(), s.Name()):
		t.Errorf("the error %q does not name the source %q: among many one could not tell which it was", err, s.Name())
	}
}

func difference(got, want map[string]string) string {
	for name, w := range want {
		if g := got[name]; g != w {
			return fmt.Sprintf("of %q %d bytes, want %d:\n%.300q, want\n%.300q", name, len(g), len(w), g, w)
		}
	}
	return fmt.Sprintf("streams of %d names, want %d", len(got), len(want))
}
