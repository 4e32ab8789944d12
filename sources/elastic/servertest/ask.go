package servertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
)

// Ask sends a request and returns the status and the decoded answer, of which numbers are
// json.Number. A body of type string or []byte is sent as it is, nil is none, any other as JSON.
func (s *Server) Ask(t testing.TB, method, path string, body any) (status int, answer map[string]any) {
	t.Helper()
	status, b := s.ask(t, method, path, body)
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&answer); err != nil && len(bytes.TrimSpace(b)) > 0 {
		t.Fatalf("%s %s: %v: %.500s", method, path, err, b)
	}
	return status, answer
}

// Do is Ask where any status but 2xx fails the test.
func (s *Server) Do(t testing.TB, method, path string, body any) map[string]any {
	t.Helper()
	status, answer := s.Ask(t, method, path, body)
	if status/100 != 2 {
		t.Fatalf("%s %s%s: %d %.1000v", method, s.URL, path, status, answer)
	}
	return answer
}

// Delete removes indices by names or a pattern, as far as there are any; data streams by the names of their indices.
func (s *Server) Delete(t testing.TB, pattern string) {
	t.Helper()
	s.ask(t, http.MethodDelete, "/"+pattern+"?expand_wildcards=all&ignore_unavailable=true", nil)
}

func (s *Server) ask(t testing.TB, method, path string, body any) (int, []byte) {
	t.Helper()
	var sent []byte
	var err error
	switch b := body.(type) {
	case nil:
	case string:
		sent = []byte(b)
	case []byte:
		sent = b
	default:
		if sent, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	status, answer, err := send(method, s.URL+path, sent)
	if err != nil {
		t.Fatal(err)
	}
	return status, answer
}

func send(method, url string, body []byte) (status int, answer []byte, err error) {
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

const (
	bulkDocuments   = 5_000 // of one request
	bulkConnections = 2
)

// Bulk indexes documents, lines of JSON, under the ids 0, 1, 2, ... by their place in
// docs, from first on, and refreshes. index may be a data stream.
func (s *Server) Bulk(t testing.TB, index string, first int, docs [][]byte) {
	t.Helper()
	parts := make(chan int)
	failed := make(chan error, bulkConnections)
	var senders sync.WaitGroup
	for range bulkConnections {
		senders.Go(func() {
			for at := range parts {
				if err := s.bulk(index, first+at, docs[at:min(at+bulkDocuments, len(docs))]); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	for at := 0; at < len(docs); at += bulkDocuments {
		parts <- at
	}
	close(parts)
	senders.Wait()
	select {
	case err := <-failed:
		t.Fatal(err)
	default:
	}
	s.Do(t, http.MethodPost, "/"+index+"/_refresh", nil)
}

func (s *Server) bulk(index string, first int, docs [][]byte) error {
	var body bytes.Buffer
	for i, d := range docs {
		fmt.Fprintf(&body, "{\"create\":{\"_id\":\"%d\"}}\n%s\n", first+i, d)
	}
	status, answer, err := send(http.MethodPost, s.URL+"/"+index+"/_bulk?filter_path=errors,items.*.error", body.Bytes())
	if err != nil {
		return err
	}
	var said struct{ Errors bool }
	if err := json.Unmarshal(answer, &said); err != nil || status != http.StatusOK || said.Errors {
		return fmt.Errorf("bulk into %s: %d %.1000s", index, status, answer)
	}
	return nil
}

// Template puts an index template for names of a pattern; with stream they become data streams.
// mappings is the object of that name; settings may be nil.
func (s *Server) Template(t testing.TB, name, pattern string, mappings, settings map[string]any, stream bool) {
	t.Helper()
	inside := map[string]any{"mappings": mappings}
	if settings != nil {
		inside["settings"] = settings
	}
	body := map[string]any{"index_patterns": []string{pattern}, "priority": 500, "template": inside}
	if stream {
		body["data_stream"] = map[string]any{}
	}
	s.Do(t, http.MethodPut, "/_index_template/"+name, body)
}
