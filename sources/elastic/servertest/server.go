package servertest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Server is one that runs on this machine, with one node and no security.
type Server struct {
	Kind    string // es7, es8, es9, os2 or os3
	URL     string // http://127.0.0.1:PORT; stays the same when it is restarted
	Version string

	dir      string
	settings []string

	mu      sync.Mutex
	process *process // nil while it does not run
}

// toStart is how long a server may take, downloads included.
const toStart = 10 * time.Minute

// Start starts a server with settings such as "search.max_buckets=100". It is
// stopped, and what it holds goes, when the test ends.
func Start(t testing.TB, kind string, settings ...string) *Server {
	t.Helper()
	s := &Server{Kind: kind, dir: folder(t), settings: settings}
	t.Cleanup(func() {
		s.Stop()
		_ = os.RemoveAll(s.dir)
	})
	s.run(t, "0")
	return s
}

var shared struct {
	mu      sync.Mutex
	servers map[string]*Server
}

// Shared returns the server of that kind that all tests of one test binary share,
// with the settings that it has by itself. What a test puts into it should have
// the test's own names. It ends with the binary.
func Shared(t testing.TB, kind string) *Server {
	t.Helper()
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if s := shared.servers[kind]; s != nil {
		return s
	}
	s := &Server{Kind: kind, dir: folder(t)}
	s.run(t, "0")
	if shared.servers == nil {
		shared.servers = map[string]*Server{}
	}
	shared.servers[kind] = s
	return s
}

func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lx-server-")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// OpenSearch reports whether it is one, and no Elasticsearch.
func (s *Server) OpenSearch() bool { return strings.HasPrefix(s.Kind, "os") }

// DataStreams reports whether it has data streams.
func (s *Server) DataStreams() bool { return s.Kind != "es7" }

// run starts the process and returns when it answers.
func (s *Server) run(t testing.TB, port string) {
	t.Helper()
	ready := make(chan []string, 1)
	args := append([]string{s.Kind, port, filepath.Join(s.dir, "data")}, s.settings...)
	p := launch(t, s.dir, func(line string) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "ready" {
			ready <- words[1:]
		}
	}, script(t, "start"), args...)
	select {
	case words := <-ready:
		s.URL, s.Version = words[0], words[1]
	case <-p.ended:
		t.Fatalf("%s does not start:\n%s", s.Kind, p.complaints())
	case <-time.After(toStart):
		p.kill()
		t.Fatalf("%s did not answer in %v:\n%s", s.Kind, toStart, p.complaints())
	}
	s.mu.Lock()
	s.process = p
	s.mu.Unlock()
}

// take returns the process, which is from now on the caller's to end.
func (s *Server) take() *process {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.process
	s.process = nil
	return p
}

// Stop ends the server in good order, and returns when it has ended. What it holds stays for Restart.
func (s *Server) Stop() {
	if p := s.take(); p != nil {
		p.stop()
	}
}

// Kill ends the server as a crash would.
func (s *Server) Kill() {
	if p := s.take(); p != nil {
		p.kill()
	}
}

// Restart starts the server again, at its address and with what it held; one that still runs is stopped before.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.Stop()
	s.run(t, s.URL[strings.LastIndexByte(s.URL, ':')+1:])
}
