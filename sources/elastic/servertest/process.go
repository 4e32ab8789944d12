package servertest

import (
	"bufio"
	"bytes"
	"io"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A process is one that a test has started. It ends with the test's process, also where that is killed.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{}  // closed when it has
	guard io.WriteCloser // its end has the guard kill the process, unless it was told that it ended

	mu     sync.Mutex
	errors bytes.Buffer // what it wrote on standard error, the first part of it
}

// The guard reads a line that says that the process is no more. Where instead the
// pipe ends, the test is no more: then it kills the process and removes its folder.
const guarding = `trap "" INT HUP TERM; read -r word; [ "$word" = ended ] || { kill -9 "$1"; rm -rf "$2"; }`

// launch starts a command whose files are in dir. lines gets what it writes on standard output.
func launch(t testing.TB, dir string, lines func(string), name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(name, args...), ended: make(chan struct{})}
	p.cmd.Stderr = p
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	guard := exec.Command("sh", "-c", guarding, "guard", strconv.Itoa(p.cmd.Process.Pid), dir)
	if p.guard, err = guard.StdinPipe(); err == nil {
		err = guard.Start()
	}
	if err != nil {
		_ = p.cmd.Process.Kill()
		t.Fatal(err)
	}
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); {
			lines(s.Text())
		}
		_ = p.cmd.Wait()
		_, _ = io.WriteString(p.guard, "ended\n")
		_ = p.guard.Close()
		_ = guard.Wait()
		close(p.ended)
	}()
	return p
}

// Write keeps what the process writes on standard error.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors.Write(b[:min(len(b), max(0, 1<<20-p.errors.Len()))])
	return len(b), nil
}

func (p *process) complaints() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.errors.String()
}

// stop asks the process to end, kills it where it does not, and returns when it has ended.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(20 * time.Second):
		p.kill()
	}
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}
