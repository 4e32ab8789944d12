package elastic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A fault answers a question in the place of the server at url; nil lets it through.
type fault func(w http.ResponseWriter, r *http.Request, url string)

// faulty starts a proxy before a server. For each question, numbered from 1, it
// does what choose returns. It returns the proxy's URL and counts its questions.
func faulty(t *testing.T, url string, choose func(n int64, r *http.Request) fault) (string, *atomic.Int64) {
	t.Helper()
	n := &atomic.Int64{}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := choose(n.Add(1), r)
		if f == nil {
			f = through
		}
		f(w, r, url)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, n
}

// forward puts a question to the server as it came; its answer is the caller's to close.
func forward(r *http.Request, url string) (*http.Response, error) {
	q := r.Clone(r.Context())
	q.RequestURI = ""
	at, err := q.URL.Parse(url + r.URL.RequestURI())
	if err != nil {
		return nil, err
	}
	q.URL, q.Host = at, at.Host
	return http.DefaultTransport.RoundTrip(q)
}

// answerOf returns what the server answers, with the headers copied to w.
func answerOf(w http.ResponseWriter, r *http.Request, url string) (status int, body []byte) {
	res, err := forward(r, url)
	if err != nil {
		panic(http.ErrAbortHandler) // the server is gone, or who asked
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		panic(http.ErrAbortHandler)
	}
	for name, values := range res.Header {
		if name != "Content-Length" {
			w.Header()[name] = values
		}
	}
	return res.StatusCode, body
}

func through(w http.ResponseWriter, r *http.Request, url string) {
	status, body := answerOf(w, r, url)
	w.WriteHeader(status)
	_, _ = w.Write(body) // who asked may have gone
}

// busy is a 429 that wants to be left alone for some seconds.
func busy(seconds int) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, `{"error":{"type":"es_rejected_execution_exception","reason":"the queue is full"},"status":429}`)
	}
}

// unavailable is a proxy's page.
func unavailable(status int) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<html><head><title>%s</title></head></html>", http.StatusText(status))
	}
}

// reset breaks the connection without an answer.
func reset(http.ResponseWriter, *http.Request, string) { panic(http.ErrAbortHandler) }

// cutAt gives the server's answer up to a part of it, in per mille, and breaks the connection.
func cutAt(part int) fault {
	return func(w http.ResponseWriter, r *http.Request, url string) {
		status, body := answerOf(w, r, url)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
		w.WriteHeader(status)
		_, _ = w.Write(body[:len(body)*part/1000]) // what comes is of no use
		panic(http.ErrAbortHandler)
	}
}

// endAt gives the server's answer up to a part of it as if that were all.
func endAt(part int) fault {
	return func(w http.ResponseWriter, r *http.Request, url string) {
		r.Header.Del("Accept-Encoding") // so that it comes unpacked
		status, body := answerOf(w, r, url)
		w.WriteHeader(status)
		_, _ = w.Write(body[:len(body)*part/1000]) // as in cutAt
	}
}

// slowly gives the server's answer in a few pieces, each on its own way.
func slowly(w http.ResponseWriter, r *http.Request, url string) {
	status, body := answerOf(w, r, url)
	w.WriteHeader(status)
	c := http.NewResponseController(w)
	for piece := len(body)/50 + 1; len(body) > 0; body = body[min(piece, len(body)):] {
		if _, err := w.Write(body[:min(piece, len(body))]); err != nil || c.Flush() != nil {
			return
		}
	}
}

// stuck begins an answer and never ends it while anybody waits.
func stuck(w http.ResponseWriter, r *http.Request, _ string) {
	_, _ = io.Copy(io.Discard, r.Body) // only then is it known when who asked goes
	fmt.Fprint(w, `{"took":`)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// faults are those that are gone at the next try.
var faults = map[string]fault{
	"429": busy(1), "502": unavailable(502), "503": unavailable(503), "504": unavailable(504),
	"reset": reset, "cut at once": cutAt(0), "cut in the middle": cutAt(500), "cut at the end": cutAt(999),
	"ends at once": endAt(0), "ends in the middle": endAt(500), "slowly": slowly,
}

func TestFaultsPass(t *testing.T) {
	fake := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != `{"size":1}` {
			t.Errorf("%q, %v", body, err)
		}
		fmt.Fprintf(w, `{"took":1,"text":%q}`, strings.Repeat("x", 10_000))
	}))
	defer fake.Close()
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			url, asked := faulty(t, fake.URL, func(n int64, _ *http.Request) fault {
				if n%2 == 1 {
					return f
				}
				return nil
			})
			c, _ := to(t, Options{Name: "prod", URLs: []string{url}})
			for range 3 {
				var a struct{ Took int }
				if err := c.answer(t.Context(), search(`{"size":1}`), &a); err != nil || a.Took != 1 {
					t.Error(a, err)
				}
			}
			if n := asked.Load(); n != 6 && name != "slowly" {
				t.Errorf("%d questions", n)
			}
		})
	}
}

// An answer that stops in the middle ends with the question's time, or with who asked.
func TestAnAnswerThatNeverEnds(t *testing.T) {
	url, _ := faulty(t, "", func(int64, *http.Request) fault { return stuck })
	c, w := to(t, Options{Name: "prod", URLs: []string{url}, Timeout: 30 * time.Millisecond})
	err := c.answer(t.Context(), search(`{}`), nil)
	if err == nil || !strings.Contains(err.Error(), "did not answer within") || len(w.list) > 0 {
		t.Error(err, w.list)
	}
	ctx, cancel := context.WithCancel(t.Context())
	url, _ = faulty(t, "", func(int64, *http.Request) fault { cancel(); return stuck })
	c, _ = to(t, Options{Name: "prod", URLs: []string{url}})
	if err := c.answer(ctx, search(`{}`), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
