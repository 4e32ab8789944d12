//go:build unix

package command

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file"
	"github.com/lxlog/lx/sources/sourcetest"
)

// shell is a source of a script, with arguments for it.
func shell(script string, args ...string) *Source {
	return New(append([]string{"sh", "-c", script, "sh"}, args...), file.Options{})
}

func TestConform(t *testing.T) {
	broken := func(*testing.T) sources.Source { return New([]string{"/no/such/command"}, file.Options{}) }
	sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
		s := shell("printf 'one\\r\\ntwo'")
		return sourcetest.Case{Source: s, Want: map[string]string{s.Name(): "one\r\ntwo"}, Ends: true}
	}, broken)
	sourcetest.Conform(t, func(t *testing.T) sourcetest.Case {
		s := shell("echo one; sleep 600")
		return sourcetest.Case{Source: s, Want: map[string]string{s.Name(): "one\n"}}
	}, func(*testing.T) sources.Source { return New([]string{"no-such-command-at-all"}, file.Options{}) })
}

// A sink tells the streams of a run apart, and sees when they settle.
type sink struct {
	*sourcetest.Recorder
	settled chan string

	mu   sync.Mutex
	came map[string]string
}

type stream struct {
	sources.Stream
	s    *sink
	name string
}

func newSink() *sink {
	return &sink{Recorder: sourcetest.NewRecorder(), settled: make(chan string, 100), came: map[string]string{}}
}

func (s *sink) Open(info sources.StreamInfo) sources.Stream {
	return &stream{s.Recorder.Open(info), s, info.Resource.Attrs[0].Key + "=" + info.Resource.Attrs[0].Value.Str}
}

func (s *stream) Append(ctx context.Context, c sources.Chunk) error {
	s.s.mu.Lock()
	s.s.came[s.name] += string(c.Data)
	s.s.mu.Unlock()
	return s.Stream.Append(ctx, c)
}

func (s *stream) Settle() { s.Stream.Settle(); s.s.settled <- s.name }

func TestBothStreams(t *testing.T) {
	s := newSink()
	source := shell(`echo "out $1"; printf 'err\n  more' >&2; read x || echo 'no input'`, "$HOME 'a' *")
	if err := source.Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if s.came["log.iostream=stdout"] != "out $HOME 'a' *\nno input\n" || s.came["log.iostream=stderr"] != "err\n  more" {
		t.Errorf("%q", s.came)
	}
	all := s.Health()
	if last := all[len(all)-1]; last.State != sources.Ended || last.Text != "" || last.Read != 35 {
		t.Errorf("%+v", last)
	}
}

// A line without an end counts as whole when nothing comes for a while, though the command goes on.
func TestPartSettles(t *testing.T) {
	s := newSink()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- shell("printf 'Password: '; sleep 600").Run(ctx, s) }()
	if name := <-s.settled; name != "log.iostream=stdout" {
		t.Error(name)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestHowItEnds(t *testing.T) {
	f := func(s *Source, want string) {
		t.Helper()
		r := sourcetest.NewRecorder()
		err := s.Run(t.Context(), r)
		if err == nil || !regexp.MustCompile(want).MatchString(err.Error()) {
			t.Fatalf("%v, not %s", err, want)
		}
		all := r.Health()
		if last := all[len(all)-1]; last.State != sources.Ended || last.Text != err.Error() {
			t.Errorf("%+v", last)
		}
	}
	f(shell("echo one; exit 3"), `^sh -c echo one; exit 3 sh: exited with 3 after [\dm.]+ ?s$`)
	f(shell("kill -KILL $$"), `: ended by signal: killed after`)
	f(New([]string{"no-such-command-at-all", "x"}, file.Options{}), `^no-such-command-at-all x: there is no command no-such-command-at-all: name one of`)
	f(New([]string{t.TempDir()}, file.Options{}), `: it cannot be started: .*permission denied`)
}

// alive reports whether a process is there and no zombie.
func alive(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if os.IsNotExist(err) && pathExists("/proc/self") {
		return false
	}
	if err == nil {
		return !strings.Contains(string(b), ") Z ")
	}
	return syscall.Kill(pid, 0) == nil
}

func pathExists(path string) bool { _, err := os.Stat(path); return err == nil }

// pids waits until the script has written so many process numbers.
func pids(t *testing.T, s *sourcetest.Recorder, n int) (list []int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if s.Until(ctx, func() bool {
		for _, text := range s.Bytes() {
			if strings.Count(text, "\n") < n {
				return false
			}
			for _, w := range strings.Fields(text) {
				pid, _ := strconv.Atoi(w)
				list = append(list, pid)
			}
			return true
		}
		return false
	}) != nil {
		t.Fatal("the command did not begin")
	}
	return list
}

// What the command started ends with it: those that listen to SIGTERM by that, others killed.
func TestGroupEnds(t *testing.T) {
	f := func(script string, n int, grace time.Duration) {
		t.Helper()
		r := sourcetest.NewRecorder()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s := shell(script)
		s.grace = grace
		done := make(chan error, 1)
		go func() { done <- s.Run(ctx, r) }()
		all := pids(t, r, n)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		for _, pid := range all {
			for begin := time.Now(); alive(pid); {
				if time.Since(begin) > time.Minute {
					t.Fatalf("%s: process %d is left", script, pid)
				}
			}
		}
	}
	const long = time.Hour
	f("echo $$; exec sleep 600", 1, long)
	f("sleep 600 & echo $!; echo $$; wait", 2, long)
	f("sleep 600 >/dev/null 2>&1 & echo $!; echo $$; wait", 2, long)
	f("trap '' TERM; echo $$; while :; do sleep 1; done", 1, time.Millisecond)
	f("trap '' TERM; (while :; do sleep 1; done) & echo $!; echo $$; wait", 2, time.Millisecond)
	f("trap '' TERM; echo $$; while :; do echo text; done", 1, time.Millisecond) // nobody reads it any more
}

// A command that is asked to end can still write, and do what it does at its end.
func TestEndIsGentle(t *testing.T) {
	flag := filepath.Join(t.TempDir(), "flag")
	r := sourcetest.NewRecorder()
	ctx, cancel := context.WithCancel(t.Context())
	s := shell(`trap 'head -c 1000000 /dev/zero; echo done >"$1"; exit' TERM; echo $$; while :; do sleep 0.01; done`, flag)
	s.grace = time.Hour
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, r) }()
	pids(t, r, 1)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(flag); string(b) != "done\n" {
		t.Error("it did not get to its end", err)
	}
}

// What a process writes that the command left behind is read to its end.
func TestLeftBehind(t *testing.T) {
	r := sourcetest.NewRecorder()
	s := shell("(while kill -0 $$ 2>/dev/null; do :; done; echo late) & echo early")
	if err := s.Run(t.Context(), r); err != nil || r.Bytes()[s.Name()] != "early\nlate\n" {
		t.Errorf("%v %q", err, r.Bytes())
	}
}

func TestName(t *testing.T) {
	f := func(want string, args ...string) {
		t.Helper()
		if got := New(args, file.Options{}).Name(); got != want {
			t.Errorf("%q", got)
		}
	}
	f("ls", "ls")
	f("kubectl logs -f pod", "kubectl", "logs", "-f", "pod")
	f("a \ufffd", "a", "\xff")
	f(strings.Repeat("日", 39)+"…", strings.Repeat("日", 41))
	f(strings.Repeat("日", 40), strings.Repeat("日", 40))
}

func TestLength(t *testing.T) {
	f := func(d time.Duration, want string) {
		t.Helper()
		if got := length(d); got != want {
			t.Errorf("%s: %s", d, got)
		}
	}
	f(40*time.Millisecond, "0.0 s")
	f(1250*time.Millisecond, "1.2 s")
	f(12*time.Second, "12 s")
	f(3*time.Minute+4*time.Second+time.Millisecond, "3m4s")
}
