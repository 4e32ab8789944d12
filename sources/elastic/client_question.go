package elastic

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

const (
	maxAnswer = 64 << 20 // bytes of an answer, unpacked
	packFrom  = 1 << 10  // bytes of a question from which on it is sent packed
)

// A written is a question as it goes over the network, to be sent as often as needed.
type written struct {
	request *http.Request
	body    []byte
	size    int // bytes of the body before it was packed
}

// questions counts those of this process: each is told apart by its number in the server's list of tasks.
var questions atomic.Int64

// write returns a question as esapi writes it.
func write(question esapi.Request) (*written, error) {
	w := &written{}
	res, err := question.Do(context.Background(), w)
	if err != nil {
		return nil, fmt.Errorf("writing a question: %w", err)
	}
	_ = res.Body.Close() // there is nothing in it
	if w.request.Body != nil {
		if w.body, err = io.ReadAll(w.request.Body); err != nil {
			return nil, fmt.Errorf("writing a question: %w", err)
		}
		_ = w.request.Body.Close() // it was read
	}
	w.size = len(w.body)
	w.request.Header.Set("X-Opaque-Id", "lx-"+strconv.Itoa(os.Getpid())+"-"+strconv.FormatInt(questions.Add(1), 10))
	if len(w.body) >= packFrom {
		w.pack()
	}
	return w, nil
}

// Perform implements esapi.Transport: it keeps the question and sends nothing.
func (w *written) Perform(r *http.Request) (*http.Response, error) {
	w.request = r
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
}

func (w *written) pack() {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(w.body) // a buffer takes everything
	_ = z.Close()
	w.body = packed.Bytes()
	w.request.Header.Set("Content-Encoding", "gzip")
}

// to returns a request of its own for one try.
func (w *written) to(ctx context.Context) *http.Request {
	r := w.request.Clone(ctx)
	r.Body, r.GetBody, r.ContentLength = http.NoBody, nil, 0
	if len(w.body) > 0 {
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(w.body)), nil }
		r.Body, _ = r.GetBody()
		r.ContentLength = int64(len(w.body))
	}
	return r
}

// A reply is what one node answered, whole.
type reply struct {
	node   node
	status int
	header http.Header
	body   []byte
	tls    *tls.ConnectionState // nil: without TLS
}

// errTooLarge is the answer's that has more than maxAnswer bytes.
var errTooLarge = errors.New("an answer of more than 64 MiB")

// once asks one node once, over a link to it. The error is the network's.
func (n node) once(ctx context.Context, w *written, l *link) (*reply, error) {
	r := w.to(ctx)
	if l.wantsPacked() {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	res, err := n.transport.Perform(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := l.read(res, maxAnswer)
	if err == nil && len(body) > maxAnswer {
		err = errTooLarge
	}
	if err != nil && !isGood(res.StatusCode) && len(body) > 0 && ctx.Err() == nil {
		err = nil // what came of a refusal says enough
		body = body[:min(len(body), maxAnswer)]
	}
	return &reply{n, res.StatusCode, res.Header, body, res.TLS}, err
}

func isGood(status int) bool { return status >= 200 && status < 300 }
