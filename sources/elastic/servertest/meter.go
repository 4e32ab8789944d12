package servertest

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// A Meter stands in front of a server and counts what goes over the wire.
type Meter struct {
	URL string

	requests, received atomic.Int64
}

// Measure puts a meter in front of a server; it ends with the test.
func Measure(t testing.TB, s *Server) *Meter {
	t.Helper()
	to, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	m := &Meter{}
	front := httptest.NewServer(&httputil.ReverseProxy{
		ErrorLog: log.New(io.Discard, "", 0), // a server that is away is a part of some tests
		Rewrite: func(r *httputil.ProxyRequest) {
			m.requests.Add(1)
			r.SetURL(to)
		},
		ModifyResponse: func(res *http.Response) error {
			res.Body = counting{res.Body, &m.received}
			return nil
		},
	})
	t.Cleanup(front.Close)
	m.URL = front.URL
	return m
}

// Requests is how many came by.
func (m *Meter) Requests() int64 { return m.requests.Load() }

// Received is how many bytes the bodies of the answers had, compressed as they came.
func (m *Meter) Received() int64 { return m.received.Load() }

// Reset begins to count anew.
func (m *Meter) Reset() {
	m.requests.Store(0)
	m.received.Store(0)
}

type counting struct {
	io.ReadCloser
	n *atomic.Int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.n.Add(int64(n))
	return n, err
}
