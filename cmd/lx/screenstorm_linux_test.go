package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// within runs a command line in this process, on a terminal of its own, so that what it
// leaves behind can be counted. ended brings its exit status.
func within(t *testing.T, width, height int, args ...string) (s *terminal, ended chan int) {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, home)
	}
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("LC_ALL", "C.UTF-8")
	master, slave := openTerminal(t)
	s = &terminal{t: t, master: master, within: patience, ended: make(chan struct{}), more: make(chan struct{})}
	s.resize(width, height)
	go s.read()
	ended = make(chan int, 1)
	go func() {
		p := &program{in: slave, out: slave, err: slave, terminal: true, now: time.Now}
		ended <- p.run(t.Context(), args)
		slave.Close()
	}()
	t.Cleanup(func() { <-s.ended; master.Close() })
	return s, ended
}

// written appends records to a log, as many a second, until stop is closed.
func written(t *testing.T, path string, perSecond int, stop chan struct{}) (done chan struct{}) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	done = make(chan struct{})
	go func() {
		defer close(done)
		defer file.Close()
		const each = 10 * time.Millisecond
		tick := time.NewTicker(each)
		defer tick.Stop()
		for n := 0; ; {
			select {
			case <-stop:
				return
			case now := <-tick.C:
				w := bufio.NewWriter(file)
				for range perSecond / int(time.Second/each) {
					fmt.Fprintf(w, `{"ts":"%s","level":"info","service":"orders","msg":"order %d word%d accepted"}`+"\n", now.UTC().Format(time.RFC3339Nano), n, n%100)
					n++
				}
				_ = w.Flush()
			}
		}
	}()
	return done
}

// inUse is how much memory is in use, once what is not has been collected.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// A storm of resizes while records come, then filters that change faster than they can be answered:
// the screen is whole in the end, and what was started for views that are gone has ended.
func TestScreenStorm(t *testing.T) {
	const changes = 800 / min(slower, 8)
	before := runtime.NumGoroutine()
	path := logFile(t, "shop.log", shopLog(1000))
	s, ended := within(t, 100, 30, path)
	s.within = 4 * patience // on a machine that has more to do
	s.shows(`order 999 declined`)
	s.shows(`1,000 · following`)
	until(t, "nothing more to do", func() bool { return runtime.NumGoroutine() < before+60 })
	open, memory := runtime.NumGoroutine(), inUse()

	stop := make(chan struct{})
	done := written(t, path, 5_000/slower, stop)
	for i := range changes {
		s.resize(1+i*37%200, 1+i*13%60)
		_ = syscall.Kill(syscall.Getpid(), syscall.SIGWINCH)
	}
	s.resize(100, 30)
	_ = syscall.Kill(syscall.Getpid(), syscall.SIGWINCH)
	s.shows(`(?s)order \d+ word\d+ accepted.*following`)
	close(stop)
	<-done

	stop = make(chan struct{})
	done = written(t, path, 50_000/slower, stop)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for i := range changes {
		<-tick.C
		s.press(fmt.Sprintf("&\x15word%d\r", i%100))
	}
	s.press("&\x15word7\r")
	s.shows(`(?m)^ word7 .* of .*following`)
	close(stop)
	<-done
	s.press("&\x15\r")
	s.shows(`no filter .*following`)
	until(t, fmt.Sprint("no more than ", open, " goroutines as at first"), func() bool { return runtime.NumGoroutine() <= open+2 })
	if now := inUse(); now > memory+150<<20 {
		t.Errorf("%d MB in use, %d MB at first", now>>20, memory>>20)
	}
	s.quits(ended)
	until(t, fmt.Sprint("no more than ", before, " goroutines as before"), func() bool { return runtime.NumGoroutine() <= before+2 })
}

// quits leaves the screen and checks the exit status.
func (s *terminal) quits(ended chan int) {
	s.t.Helper()
	s.press("q")
	select {
	case status := <-ended:
		if status != exitDone {
			s.t.Errorf("exit status %d", status)
		}
	case <-time.After(patience):
		s.t.Error("it goes on")
	}
	<-s.ended
}
