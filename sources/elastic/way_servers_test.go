//go:build servers

package elastic

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/sources/elastic/servertest"
)

// Through a real nginx with TLS, users and keys, and by another path.
func TestThroughTheGate(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		server.Delete(t, "a-gate")
		server.Do(t, "POST", "/a-gate/_doc?refresh=true", map[string]any{"@timestamp": "2026-03-04T05:06:07.123Z", "message": "hello", "level": "error"})
		g := servertest.Front(t, server)
		leaf := leafOf(t, g)
		wrong := certify(t, nil, isCA).pem()
		key, user := Options{CA: g.CA, APIKey: g.APIKey}, Options{CA: g.CA, Username: g.Username, Password: g.Password}
		with := func(o Options, change func(*Options)) Options { change(&o); return o }
		for _, c := range []struct {
			name, url string
			o         Options
			want      string // of a problem; "": it can be used
		}{
			{"API key", g.URL, key, ""},
			{"API key as id:key", g.URL, with(key, func(o *Options) { o.APIKey = "lx:secret" }), ""},
			{"user", g.URL, user, ""},
			{"path", g.Prefixed, key, ""},
			{"fingerprint", g.URL, with(key, func(o *Options) { o.CA, o.Fingerprint = nil, leaf }), ""},
			{"a dead one first", "http://127.0.0.1:1 " + g.URL, key, ""},
			{"nobody", g.URL, Options{CA: g.CA}, "wants to know who asks (401)"},
			{"wrong password", g.URL, with(user, func(o *Options) { o.Password = "other" }), "refuses the user or the password (401"},
			{"wrong key", g.URL, with(key, func(o *Options) { o.APIKey = "lx:other" }), "refuses the API key (401"},
			{"wrong CA", g.URL, with(key, func(o *Options) { o.CA = wrong }), "the CA that was given did not sign"},
			{"no CA", g.URL, with(key, func(o *Options) { o.CA = nil }), "no CA that is known here signed"},
			{"http to https", strings.Replace(g.URL, "https", "http", 1), Options{}, "wants TLS: write https://"},
			{"https to http", strings.Replace(server.URL, "http", "https", 1), key, "does not speak TLS"},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.o.Name, c.o.Index, c.o.URLs = "prod", "a-gate*", strings.Fields(c.url)
				r := Probe(t.Context(), c.o)
				if r.Usable != (c.want == "") || c.want != "" && !strings.Contains(strings.Join(r.Problems, "\n"), c.want) {
					t.Fatalf("%+v", r)
				}
				if c.want == "" && (r.Total != 1 || r.TLS == "" || r.Version == "" || (r.Product == "OpenSearch") != server.OpenSearch() || !r.Newest.Equal(time.Date(2026, 3, 4, 5, 6, 7, 123e6, time.UTC)) || r.Indices[0].Bytes <= 0) {
					t.Errorf("%+v", r)
				}
			})
		}
		// a path that is none: the server takes it for an index
		o := with(key, func(o *Options) { o.Name, o.URLs = "prod", []string{g.URL + "/other"} })
		if r := Probe(t.Context(), o); r.Usable || len(r.Problems) == 0 {
			t.Errorf("%+v", r)
		}
	})
}

// leafOf returns the fingerprint of the certificate that the gate shows.
func leafOf(t *testing.T, g *servertest.Gate) string {
	t.Helper()
	block, _ := pem.Decode(g.CA)
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	c, err := tls.Dial("tcp", strings.TrimPrefix(g.URL, "https://"), &tls.Config{RootCAs: roots})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sum := sha256.Sum256(c.ConnectionState().PeerCertificates[0].Raw)
	return hex.EncodeToString(sum[:])
}

func TestRefusalsOfServers(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		server.Delete(t, "a-refuse")
		server.Do(t, "POST", "/a-refuse/_doc?refresh=true", map[string]any{"message": "hello", "n": 1})
		c, w := to(t, Options{Name: "prod", URLs: []string{server.URL}})
		for _, q := range []struct{ index, body, want string }{
			{"a-refuse-none", `{}`, `prod has no index "a-refuse-none"`},
			{"a-refuse", `{"query":{"nothing":{}}}`, "prod refuses the question (400: "},
			{"a-refuse", `{"query":`, "prod refuses the question ("},
			{"a-refuse", `{"from":20000}`, "max_result_window"},
			{"a-refuse", `{"query":{"term":{"n":"x"}}}`, "(400: failed to create query"},
			{"a-refuse", `{"aggs":{"a":{"histogram":{"field":"n","interval":1e-300}}}}`, "prod "},
		} {
			err := c.answer(t.Context(), esapi.SearchRequest{Index: []string{q.index}, Body: strings.NewReader(q.body)}, nil)
			if _, ok := failed(err); !ok && q.want != "prod " || err != nil && !strings.Contains(err.Error(), q.want) {
				t.Errorf("%s: %v, want %q", q.body, err, q.want)
			}
		}
		if len(w.list) > 0 {
			t.Errorf("tried again after %v", w.list)
		}
	})
}

// slow is a search of an index a-task that takes a server seconds: Elasticsearch
// reads the source of each document again and again, OpenSearch runs a loop for each.
func slow(server *servertest.Server) string {
	if server.OpenSearch() {
		return `{"query":{"script":{"script":"long n = 0; for (int i = 0; i < 200000; i++) { n += i } return n > 0"}}}`
	}
	var fields, aggs []string
	for i := range 80 {
		if i < 8 {
			fields = append(fields, fmt.Sprintf(`"f%d":{"type":"keyword"}`, i))
		}
		aggs = append(aggs, fmt.Sprintf(`"a%d":{"terms":{"field":"f%d"}}`, i, i%8))
	}
	return `{"size":0,"runtime_mappings":{` + strings.Join(fields, ",") + `},"aggs":{` + strings.Join(aggs, ",") + `}}`
}

// Cancelling ends the work on the server too.
func TestNoTaskIsLeft(t *testing.T) {
	onServers(t, func(t *testing.T, server *servertest.Server) {
		server.Delete(t, "a-task")
		server.Do(t, "PUT", "/a-task", map[string]any{"mappings": map[string]any{"dynamic": false}})
		docs := make([][]byte, 20_000)
		for i := range docs {
			docs[i] = []byte(`{"f0":"a","f1":"b","f2":"c","f3":"d","f4":"e","f5":"f","f6":"g","f7":"h"}`)
		}
		server.Bulk(t, "a-task", 0, docs)
		server.Do(t, "POST", "/a-task/_refresh", nil)
		c, _ := to(t, Options{Name: "prod", URLs: []string{server.URL}})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ours := fmt.Sprintf(" lx-%d-%d", os.Getpid(), questions.Load()+1)
		end := make(chan error, 1)
		go func() {
			end <- c.answer(ctx, esapi.SearchRequest{Index: []string{"a-task"}, Body: strings.NewReader(slow(server))}, nil)
		}()
		isOurs := func(task string) bool { return strings.HasSuffix(task, ours) }
		await(t, "the search is under way", func() bool { return slices.ContainsFunc(server.Tasks(t), isOurs) })
		cancel()
		if err := <-end; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		await(t, "the search is gone", func() bool { return !slices.ContainsFunc(server.Tasks(t), isOurs) })
	})
}

// await asks until something holds, for a minute at most.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); {
		if time.Now().After(end) {
			t.Fatal("it never came to be that " + what)
		}
	}
}
