package elastic

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/elastic/elastic-transport-go/v8/elastictransport"
)

// A transportFunc answers requests without a network.
type transportFunc func(*http.Request) (*http.Response, error)

// Perform implements elastictransport.Interface.
func (f transportFunc) Perform(r *http.Request) (*http.Response, error) { return f(r) }

// watching has a function called with the end of each request's path, and its body, before it is sent.
func watching(s *Source, f func(path, body string)) {
	inner := s.client.nodes[0].transport
	s.client.nodes[0].transport = watchedTransport{inner, f}
}

type watchedTransport struct {
	elastictransport.Interface
	f func(path, body string)
}

// Perform implements elastictransport.Interface.
func (w watchedTransport) Perform(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.GetBody != nil {
		from, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		if body, err = io.ReadAll(from); err != nil {
			return nil, err
		}
	}
	w.f(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:], string(body))
	return w.Interface.Perform(r)
}

// saying is a source of one index whose server answers every question with what a function says of it.
func saying(t *testing.T, answer func(r *http.Request) string) *Source {
	t.Helper()
	s, err := New(Options{Name: "prod", URLs: []string{"http://search.example:9200"}, Index: "logs-*"})
	if err != nil {
		t.Fatal(err)
	}
	s.client.nodes[0].transport = transportFunc(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer(r)))}, nil
	})
	c := &catalog{source: "prod", target: []string{"logs-*"}, indices: []string{"logs-1"}, groups: []group{{}}, timeField: "@timestamp", millis: true, size: newPageSizes()}
	s.keep(c, time.Now().Add(time.Hour))
	return s
}
