package elastic

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// A Report is what Probe found, in the order in which people ask. What the server
// says stands in it in lines without control characters.
type Report struct {
	Name     string    `json:"name"`
	URL      string    `json:"url,omitempty"`     // that answered; "": none did
	Product  string    `json:"product,omitempty"` // "Elasticsearch" or "OpenSearch"
	Version  string    `json:"version,omitempty"` // "": the server does not tell
	TLS      string    `json:"tls,omitempty"`     // "TLS 1.3"; "": the way is not encrypted
	Index    string    `json:"index"`             // what is asked for
	Indices  []Matched `json:"indices"`           // those that match, the largest first, up to a thousand
	Matches  int       `json:"matches"`           // how many match
	Total    int64     `json:"total"`             // documents in all that match
	Newest   time.Time `json:"newest,omitzero"`   // of the newest document; zero: not known
	Rights   []Right   `json:"rights"`
	Fields   []Taken   `json:"fields"`
	Problems []string  `json:"problems"` // each says what to do
	Usable   bool      `json:"usable"`   // it can be searched
}

// Matched is an index that the pattern means.
type Matched struct {
	Name      string `json:"name"`
	Documents int64  `json:"documents"`
	Bytes     int64  `json:"bytes"` // on disk, of all copies; -1: the server does not tell
}

// A Right is something that was tried.
type Right struct {
	What    string `json:"what"` // for people: "search"
	API     string `json:"api"`  // "_search"
	Allowed bool   `json:"allowed"`
	Why     string `json:"why,omitempty"` // it is not
}

// Taken says which fields hold a core field.
type Taken struct {
	Core  string   `json:"core"`  // its key: "log.level"
	Names []string `json:"names"` // with the type: "level (keyword)"; the first that a document has is taken. None: no field was found
}

// Probe asks a server all that a session would need, and reports what of it can
// be had. Nothing is changed there. The options may be wrong.
func Probe(ctx context.Context, o Options) Report {
	r := Report{Name: o.Name, Index: o.Index, Indices: []Matched{}, Rights: []Right{}, Fields: []Taken{}, Problems: []string{}}
	s, err := New(o)
	if err != nil {
		r.problem(err)
		return r
	}
	defer s.client.close()
	r.Name, r.Index = s.client.name, s.o.Index
	r.unencrypted(s.client)
	p := &probe{s, &r}
	if !p.server(ctx) {
		return r
	}
	known := p.fields(ctx)
	searched := p.search(ctx, known)
	p.sizes(ctx)
	r.Usable = known != nil && searched
	return r
}

// A probe fills a report.
type probe struct {
	*Source
	report *Report
}

func (r *Report) problem(err error) { r.Problems = append(r.Problems, err.Error()) }

// try notes whether something is allowed, and its error otherwise.
func (p *probe) try(what, api string, err error) bool {
	right := Right{What: what, API: api, Allowed: err == nil}
	if err != nil {
		right.Why = err.Error()
	}
	p.report.Rights = append(p.report.Rights, right)
	return err == nil
}

// unencrypted tells of secrets that everybody on the way can read.
func (r *Report) unencrypted(c *client) {
	for _, n := range c.nodes {
		ip := net.ParseIP(n.url.Hostname())
		local := n.url.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
		if n.url.Scheme == "http" && c.who.header != "" && !local {
			r.Problems = append(r.Problems, fmt.Sprintf("%s is sent to %s without TLS, and whoever is on the way can read it: write https:// in its URL", c.who.kind, n.url.Host))
		}
	}
}

// server fills in who answers. It returns false where nobody does who can be searched.
func (p *probe) server(ctx context.Context) bool {
	known, err := p.Source.server(ctx)
	if p.client.reached.Load() {
		p.report.URL = p.client.nodes[p.client.current.Load()].url.String()
	}
	if state := p.client.tls.Load(); state != nil {
		p.report.TLS = tls.VersionName(state.Version)
		p.report.expiring(state, p.o.Now())
	}
	if err != nil {
		p.report.problem(err)
		if refusesUs(err) {
			p.try("search", "_search", err)
		}
		return false
	}
	p.report.Product, p.report.Version = known.product(), known.version
	if old := known.tooOld(); old != "" {
		p.report.Problems = append(p.report.Problems, old)
	}
	if known.version == "" {
		err = errors.New("the server does not tell its version to who asks; nothing depends on it")
	}
	p.try("see its version", "/", err)
	return true
}

// expiring tells of a certificate that ends soon.
func (r *Report) expiring(state *tls.ConnectionState, now time.Time) {
	const soon = 14 * 24 * time.Hour
	if len(state.PeerCertificates) == 0 {
		return
	}
	if end := state.PeerCertificates[0].NotAfter; end.Sub(now) < soon {
		r.Problems = append(r.Problems, "its certificate expires on "+end.UTC().Format(time.DateOnly)+": it has to be renewed there")
	}
}

// probed is the answer to the search of a probe.
type probed struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Failed int `json:"failed"`
	} `json:"_shards"`
	Hits struct {
		Total struct {
			Value int64 `json:"value"`
		} `json:"total"`
	} `json:"hits"`
	Aggregations struct {
		Indices struct {
			Buckets []struct {
				Key   string `json:"key"`
				Count int64  `json:"doc_count"`
			} `json:"buckets"`
		} `json:"indices"`
		Newest struct {
			Value *float64 `json:"value"` // milliseconds since 1970
		} `json:"newest"`
	} `json:"aggregations"`
}

// mostMatched is how many indices a report names.
const mostMatched = 1000

// search counts the documents of each index and finds the newest.
func (p *probe) search(ctx context.Context, known *catalog) bool {
	aggs := map[string]any{"indices": map[string]any{"terms": map[string]any{"field": "_index", "size": mostMatched}}}
	target := p.o.pattern()
	if known != nil {
		target = known.target
		aggs["newest"] = map[string]any{"max": map[string]any{"field": known.timeField}}
	}
	body, err := json.Marshal(map[string]any{
		"size": 0, "track_total_hits": true, "aggs": aggs, "timeout": fmt.Sprintf("%dms", max(p.o.Timeout.Milliseconds(), 1)),
	})
	if err != nil {
		p.report.problem(err)
		return false
	}
	var got probed
	err = p.client.answer(ctx, esapi.SearchRequest{Index: target, Body: bytes.NewReader(body), IgnoreUnavailable: new(true), AllowNoIndices: new(true)}, &got)
	if !p.try("search", "_search", err) {
		p.report.problem(err)
		return false
	}
	r := p.report
	r.Total = got.Hits.Total.Value
	for _, b := range got.Aggregations.Indices.Buckets[:min(len(got.Aggregations.Indices.Buckets), mostMatched)] {
		r.Indices = append(r.Indices, Matched{plain(b.Key), b.Count, -1})
	}
	r.Matches = len(r.Indices)
	if known != nil {
		r.addEmpty(known.indices)
	}
	if v := got.Aggregations.Newest.Value; v != nil && math.Abs(*v) < 1e15 {
		r.Newest = time.UnixMilli(int64(*v)).UTC()
		if ahead := r.Newest.Sub(p.o.Now()); ahead > time.Minute {
			r.Problems = append(r.Problems, fmt.Sprintf("the newest document's time, %s, is still to come: is a clock wrong, or a time zone?", r.Newest.Format(time.RFC3339)))
		}
	}
	switch {
	case got.TimedOut:
		r.Problems = append(r.Problems, "the counts are not whole: the server needed longer than "+seconds(p.o.Timeout)+": set a longer timeout")
	case got.Shards.Failed > 0:
		r.Problems = append(r.Problems, fmt.Sprintf("the counts are not whole: %d shards do not answer: _cat/shards tells which", got.Shards.Failed))
	}
	return true
}

// addEmpty lists the indices without documents too.
func (r *Report) addEmpty(names []string) {
	listed := map[string]bool{}
	for _, i := range r.Indices {
		listed[i.Name] = true
	}
	r.Matches = max(len(names), r.Matches)
	for _, n := range names {
		if name := plain(n); !listed[name] && len(r.Indices) < mostMatched {
			r.Indices = append(r.Indices, Matched{name, 0, -1})
		}
	}
}
