package elastic

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// serve starts a server and returns a client for it, which waits for nothing
// between tries but keeps how long it would have.
func serve(t *testing.T, h http.HandlerFunc) (*client, *waits) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return to(t, Options{Name: "prod", URLs: []string{s.URL}})
}

func to(t *testing.T, o Options) (*client, *waits) {
	t.Helper()
	c, err := newClientBy(o, func(*http.Request) (*url.URL, error) { return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	w := &waits{}
	c.sleep = func(ctx context.Context, d time.Duration) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.list = append(w.list, d)
		return ctx.Err()
	}
	return c, w
}

// waits are how long a client would have waited.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

var who = esapi.InfoRequest{}

func search(body string) esapi.SearchRequest {
	return esapi.SearchRequest{Index: []string{"logs-*"}, Body: strings.NewReader(body)}
}

func TestQuestionOnTheWire(t *testing.T) {
	long := `{"query":"` + strings.Repeat("x", packFrom) + `"}`
	for _, body := range []string{`{"size":0}`, long} {
		var got string
		var header http.Header
		c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			header = r.Header
			var from io.Reader = r.Body
			if r.Header.Get("Content-Encoding") == "gzip" {
				z, err := gzip.NewReader(r.Body)
				if err != nil {
					t.Error(err)
					return
				}
				from = z
			}
			text, err := io.ReadAll(from)
			if err != nil {
				t.Error(err)
			}
			got = r.Method + " " + r.URL.Path + " " + string(text)
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, `{"took":7}`)
			_ = z.Close() // the test fails where it is not whole
		})
		var answer struct{ Took int }
		if err := c.answer(t.Context(), search(body), &answer); err != nil || answer.Took != 7 {
			t.Fatal(answer, err)
		}
		if want := "POST /logs-*/_search " + body; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for name, want := range map[string]string{
			"User-Agent": "^lx$", "X-Opaque-Id": `^lx-\d+-\d+$`, "Accept-Encoding": "gzip", "Content-Type": "^application/json$", "Accept": "^application/json$", "Authorization": "^$",
		} {
			if !regexp.MustCompile(want).MatchString(header.Get(name)) {
				t.Errorf("%s is %q", name, header.Get(name))
			}
		}
	}
}

func TestOpaqueIDsDiffer(t *testing.T) {
	var seen []string
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("X-Opaque-Id"))
		fmt.Fprint(w, `{}`)
	})
	for range 3 {
		if err := c.answer(t.Context(), who, nil); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(seen)
	if len(slices.Compact(seen)) != 3 {
		t.Error(seen)
	}
}

func TestPathPrefix(t *testing.T) {
	var path string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		fmt.Fprint(w, `{}`)
	}))
	defer s.Close()
	for _, end := range []string{"/search", "/search/"} {
		c, _ := to(t, Options{URLs: []string{s.URL + end}})
		if err := c.answer(t.Context(), search(`{}`), nil); err != nil || path != "/search/logs-*/_search" {
			t.Errorf("%s: %q %v", end, path, err)
		}
	}
}

func TestRetries(t *testing.T) {
	const ok = `200 {"took":1}`
	for _, c := range []struct {
		name    string
		answers []string // of one try after the other
		tries   int32
		fails   string // part of the error; "": it is answered
	}{
		{"at once", []string{ok}, 1, ""},
		{"429", []string{`429 {"error":{"type":"es_rejected_execution_exception","reason":"queue full"}}`, ok}, 2, ""},
		{"502 of a proxy", []string{`502 <html><title>Bad Gateway</title></html>`, ok}, 2, ""},
		{"503 and 504", []string{`503 {"error":"shards"}`, `504 {}`, ok}, 3, ""},
		{"reset", []string{"reset", ok}, 2, ""},
		{"cut", []string{"cut", ok}, 2, ""},
		{"cut between tries", []string{"cut", `503 {}`, ok}, 3, ""},
		{"cut JSON in a whole answer", []string{`200 {"took":`, ok}, 2, ""},
		{"nothing", []string{`200 `, ok}, 2, ""},
		{"never", []string{`503 {"error":"a"}`, `503 {"error":"b"}`, `503 {"error":"c"}`, ok}, 3, "prod cannot answer now (503: c)"},
		{"400", []string{`400 {"error":{"type":"parsing_exception","reason":"bad"}}`, ok}, 1, "400: bad"},
		{"401", []string{`401 {"error":"no"}`, ok}, 1, "401"},
		{"403", []string{`403 {"error":"no"}`, ok}, 1, "403"},
		{"404", []string{`404 {"error":"no"}`, ok}, 1, "404"},
		{"500", []string{`500 {"error":"no"}`, ok}, 1, "500"},
		{"a breaker", []string{`429 {"error":{"type":"circuit_breaking_exception","reason":"large"}}`, ok}, 1, "no memory"},
		{"too many buckets", []string{`503 {"error":{"type":"search_phase_execution_exception","reason":"","root_cause":[],"caused_by":{"type":"too_many_buckets_exception","reason":"65536"}}}`, ok}, 1, "too many buckets (65536)"},
		{"another shape", []string{`200 {"took":"long"}`, ok}, 1, "not as expected"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tries atomic.Int32
			bodies := make(chan string, 10)
			cl, w := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				bodies <- string(body)
				play(w, c.answers[tries.Add(1)-1])
			})
			var told atomic.Int32
			cl.onRetry(func(err error, wait time.Duration) {
				told.Add(1)
				if err == nil || wait > maxWait {
					t.Error(err, wait)
				}
			})
			var answer struct{ Took int }
			err := cl.answer(t.Context(), search(`{"size":1}`), &answer)
			if c.fails == "" && (err != nil || answer.Took != 1) || c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
				t.Errorf("got %+v, %v", answer, err)
			}
			if n := tries.Load(); n != c.tries || told.Load() != n-1 || len(w.list) != int(n-1) {
				t.Errorf("%d tries, %d told, waits %v", n, told.Load(), w.list)
			}
			for range c.tries {
				if b := <-bodies; b != `{"size":1}` {
					t.Errorf("a try sent %q", b)
				}
			}
		})
	}
}

// play answers as a line says: a status and a body, or a fault.
func play(w http.ResponseWriter, line string) {
	switch line {
	case "reset":
		panic(http.ErrAbortHandler)
	case "cut":
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, `{"took":1`)
		return
	}
	code, body, _ := strings.Cut(line, " ")
	var status int
	fmt.Sscan(code, &status)
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "0": 0, "7": 7 * time.Second, "3600": maxWait, "18446744073709551615": maxWait, "-1": 0, "soon": 0,
		"Wed, 04 Mar 2026 05:06:17 GMT": 10 * time.Second,
		"Wed, 04 Mar 2026 05:00:00 GMT": 0,
		"Thu, 04 Mar 2027 05:00:00 GMT": maxWait,
	} {
		h := http.Header{}
		h.Set("Retry-After", text)
		if got := retryAfter(h, now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	var n atomic.Int32
	c, w := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 1 {
			w.Header().Set("Retry-After", "9")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		fmt.Fprint(w, "{}")
	})
	var said string
	c.onRetry(func(err error, wait time.Duration) { said = c.again(err, wait) })
	if err := c.answer(t.Context(), who, nil); err != nil {
		t.Fatal(err)
	}
	if said != "prod answers 429: again in 9 s" || !slices.Equal(w.list, []time.Duration{9 * time.Second}) {
		t.Errorf("%q, %v", said, w.list)
	}
}

func TestWhatPeopleAreToldOfARetry(t *testing.T) {
	c := &client{name: "prod"}
	for _, r := range []struct {
		err  error
		wait time.Duration
		want string
	}{
		{&failure{Status: 429}, 2 * time.Second, "prod answers 429: again in 2 s"},
		{&failure{Status: 503}, 1234 * time.Millisecond, "prod answers 503: again in 1.2 s"},
		{&trouble{short: "cuts its answer off"}, time.Nanosecond, "prod cuts its answer off: again in 0.1 s"},
		{&trouble{}, 45*time.Second + 600*time.Millisecond, "prod does not answer: again in 46 s"},
	} {
		if got := c.again(r.err, r.wait); got != r.want {
			t.Errorf("%q, want %q", got, r.want)
		}
	}
}

// A server that wants more time than the question has is not waited for.
func TestRetryAfterTheQuestionsTime(t *testing.T) {
	c, w := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "50")
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, `{"error":"starting"}`)
	})
	err := c.answer(t.Context(), who, nil)
	if f, ok := errors.AsType[*failure](err); !ok || f.after != 50*time.Second || len(w.list) > 0 {
		t.Errorf("%v, waits %v", err, w.list)
	}
}

func TestCancelReachesTheServer(t *testing.T) {
	asked, gone := make(chan struct{}), make(chan struct{})
	c, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil { // only then does it watch the connection
			t.Error(err)
		}
		close(asked)
		<-r.Context().Done()
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	end := make(chan error)
	go func() { end <- c.answer(ctx, search(`{}`), nil) }()
	<-asked
	cancel()
	if err := <-end; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-gone
}

func TestFourQuestionsAtOnce(t *testing.T) {
	var now, most atomic.Int32
	arrived, leave := make(chan struct{}, 20), make(chan struct{})
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		arrived <- struct{}{}
		<-leave
		now.Add(-1)
		fmt.Fprint(w, "{}")
	})
	ends := make(chan error, 10)
	for range 10 {
		go func() { ends <- c.answer(t.Context(), who, nil) }()
	}
	for range maxQuestions {
		<-arrived
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.answer(ctx, who, nil); !errors.Is(err, context.Canceled) { // no room, and it does not wait
		t.Error(err)
	}
	close(leave)
	for range 10 {
		if err := <-ends; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != maxQuestions {
		t.Errorf("%d at once", most.Load())
	}
}

func TestADeadURLIsPassedOver(t *testing.T) {
	live := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	defer live.Close()
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	c, w := to(t, Options{URLs: []string{dead.URL, live.URL}})
	for range 3 {
		if err := c.answer(t.Context(), who, nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.list) > 0 || c.current.Load() != 1 {
		t.Errorf("waits %v, at %d", w.list, c.current.Load())
	}
}

// A busy node is asked again at another.
func TestABusyURLIsLeft(t *testing.T) {
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer busy.Close()
	live := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	defer live.Close()
	c, w := to(t, Options{URLs: []string{busy.URL, live.URL}})
	if err := c.answer(t.Context(), who, nil); err != nil || len(w.list) != 1 {
		t.Error(err, w.list)
	}
}

// A server that was there before is waited for; one that never was is told of at once.
func TestRefusedIsRetriedOnceReached(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	never, w := to(t, Options{Name: "prod", URLs: []string{s.URL}})
	c, waited := to(t, Options{Name: "prod", URLs: []string{s.URL}})
	if err := c.answer(t.Context(), who, nil); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := never.answer(t.Context(), who, nil); err == nil || len(w.list) != 0 {
		t.Error(err, w.list)
	}
	if err := c.answer(t.Context(), who, nil); err == nil || len(waited.list) != maxTries-1 || !strings.Contains(err.Error(), "nothing listens") {
		t.Error(err, waited.list)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	var packed bytes.Buffer // a MiB; one after the other they unpack as one
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(bytes.Repeat([]byte{' '}, 1<<20))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	c, w := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		for range 66 {
			if _, err := w.Write(packed.Bytes()); err != nil {
				return // the client has hung up
			}
		}
	})
	err := c.answer(t.Context(), who, nil)
	if !isTooMuch(err) || !strings.Contains(err.Error(), "more than 64 MiB") || len(w.list) > 0 {
		t.Error(err, w.list)
	}
}

func TestTheQuestionsTimeEnds(t *testing.T) {
	leave := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) { <-leave }))
	defer s.Close()
	defer close(leave)
	c, _ := to(t, Options{Name: "prod", URLs: []string{s.URL}, Timeout: 20 * time.Millisecond})
	err := c.answer(t.Context(), who, nil)
	if err == nil || !strings.Contains(err.Error(), "prod did not answer within") {
		t.Error(err)
	}
}

func FuzzAnswer(f *testing.F) {
	for _, s := range []string{`{}`, `{"error":{"type":"a","root_cause":[{"reason":"b"}],"caused_by":{"reason":"c","caused_by":{}},"failed_shards":[{"reason":{"type":"x"}}]},"status":400}`, `{"error":"x"}`, `<html><TITLE>x`, "\xff<title", `{"error":{"root_cause":5,"reason":["x"]}}`, `{"message":"m"}`, ``} {
		f.Add(s, 200, "application/json")
		f.Add(s, 403, "text/html")
		f.Add(s, 503, "")
		f.Add(s, 302, "")
	}
	u, _ := url.Parse("http://host:9200")
	f.Fuzz(func(t *testing.T, body string, status int, kind string) {
		c := &client{name: "prod"}
		a := &reply{node: node{url: u}, status: status, header: http.Header{"Content-Type": {kind}, "Location": {body}, "Retry-After": {body}}, body: []byte(body)}
		var into struct {
			Hits []struct{ ID json.Number }
		}
		err := c.read(a, &into)
		if err == nil {
			if !isGood(status) || !json.Valid([]byte(body)) {
				t.Errorf("%d %q is taken for an answer", status, body)
			}
			return
		}
		text := err.Error()
		if strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0 || len(text) > 4*maxText {
			t.Errorf("%d %q: %q", status, body, text)
		}
		if wait, _ := pause(err, 1); wait < 0 || wait > maxWait {
			t.Errorf("%q: wait %s", body, wait)
		}
	})
}
