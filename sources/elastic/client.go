package elastic

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/elastic/elastic-transport-go/v8/elastictransport"
	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// maxQuestions is how many questions a client puts at once; more wait.
const maxQuestions = 4

// A client puts questions to a server: at most maxQuestions at once, each again
// where it may be answered the next time. It is safe for many goroutines.
type client struct {
	name    string // of the source, for people
	nodes   []node
	web     *http.Transport
	who     credential
	timeout time.Duration
	room    chan struct{} // holds one for each question that is being asked

	current atomic.Int32                        // the node to ask first: the one that answered last
	reached atomic.Bool                         // some node has answered
	link    link                                // to the nodes
	tls     atomic.Pointer[tls.ConnectionState] // of the newest answer
	told    atomic.Pointer[func(err error, wait time.Duration)]
	sleep   func(ctx context.Context, d time.Duration) error // in place of the clock, in tests
}

// A node is one URL by which the server is reached.
type node struct {
	url       *url.URL
	transport elastictransport.Interface
}

// newClient returns a client and asks nothing. The error says which option is wrong.
func newClient(o Options) (*client, error) {
	return newClientBy(o, http.ProxyFromEnvironment)
}

func newClientBy(o Options, proxy func(*http.Request) (*url.URL, error)) (*client, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	urls, err := o.addresses()
	if err != nil {
		return nil, err
	}
	who, err := o.credential()
	if err != nil {
		return nil, err
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	web, err := newWeb(o, proxy)
	if err != nil {
		return nil, err
	}
	c := &client{name: o.Name, web: web, who: who, timeout: o.Timeout, room: make(chan struct{}, maxQuestions), sleep: sleep}
	if c.name == "" {
		c.name = urls[0].Host
	}
	header := http.Header{"Accept": {"application/json"}}
	if who.header != "" {
		header.Set("Authorization", who.header)
	}
	for _, u := range urls {
		t, err := elastictransport.NewClient(
			elastictransport.WithURLs(u),
			elastictransport.WithHeader(header),
			elastictransport.WithUserAgent("lx"),
			elastictransport.WithTransport(web),
			elastictransport.WithDisableRetry(),
		)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", u.Host, err)
		}
		c.nodes = append(c.nodes, node{u, t})
	}
	return c, nil
}

// answer puts a question and decodes its answer, JSON, into into, unless that is
// nil. The error is ctx's, a *failure where the server refused, else a *trouble
// on the way to it.
func (c *client) answer(ctx context.Context, question esapi.Request, into any) error {
	_, err := c.answerWith(ctx, question, into)
	return err
}

// answerWith is answer and returns the headers of the answer as well.
func (c *client) answerWith(ctx context.Context, question esapi.Request, into any) (http.Header, error) {
	q, err := write(question)
	if err != nil {
		return nil, err
	}
	select {
	case c.room <- struct{}{}:
		defer func() { <-c.room }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return c.tries(ctx, q, into)
}

// onRetry has a function called before each wait after which a question is put
// again, with what went wrong. It may be called by many goroutines at once.
func (c *client) onRetry(told func(err error, wait time.Duration)) { c.told.Store(&told) }

// close lets the connections go that are not in use.
func (c *client) close() { c.web.CloseIdleConnections() }
