package servertest

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A Gate is nginx with TLS and authentication in front of a server.
type Gate struct {
	URL      string // https://127.0.0.1:PORT
	Prefixed string // the same server under a path
	CA       []byte // the authority to trust, PEM

	Username, Password string
	APIKey             string // as a server gives it out, encoded; "lx:secret" inside
}

// Front puts a gate in front of a server; it ends with the test.
func Front(t testing.TB, s *Server) *Gate {
	t.Helper()
	if _, err := exec.LookPath("nginx"); err != nil {
		t.Fatal("nginx is not installed (Debian: nginx-light)")
	}
	dir := folder(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(free.Addr().(*net.TCPAddr).Port)
	_ = free.Close()
	p := launch(t, dir, func(string) {}, script(t, "front"), port, s.URL[strings.LastIndexByte(s.URL, ':')+1:], dir)
	t.Cleanup(func() {
		p.stop()
		_ = os.RemoveAll(dir)
	})
	g := &Gate{
		URL: "https://127.0.0.1:" + port, Prefixed: "https://localhost:" + port + "/search/",
		Username: "lx", Password: "secret", APIKey: "bHg6c2VjcmV0",
	}
	if err := g.await(p); err != nil {
		t.Fatalf("nginx does not answer: %v\n%s", err, p.complaints())
	}
	if g.CA, err = os.ReadFile(filepath.Join(dir, "ca.pem")); err != nil {
		t.Fatal(err)
	}
	return g
}

// await returns when the gate answers.
func (g *Gate) await(p *process) error {
	c := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // only whether it answers
	}}
	end := time.After(30 * time.Second)
	for {
		res, err := c.Get(g.URL)
		if err == nil {
			return res.Body.Close()
		}
		select {
		case <-p.ended:
			return errors.New("it has ended")
		case <-end:
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}
