package elastic

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A signer is a certificate and its key, which may sign others.
type signer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// certify makes a certificate signed by another, or by itself.
func certify(t *testing.T, by *signer, change func(*x509.Certificate)) *signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "node"},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	change(c)
	parent, parentKey := c, key
	if by != nil {
		parent, parentKey = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), parentKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &signer{made, key}
}

func (s *signer) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.cert.Raw})
}

func (s *signer) keyPEM(t *testing.T) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(s.key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func (s *signer) print() string {
	sum := sha256.Sum256(s.cert.Raw)
	return hex.EncodeToString(sum[:])
}

// secure starts a TLS server that shows these certificates, its own first.
func secure(t *testing.T, clients *x509.CertPool, own *signer, others ...*signer) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	pair := tls.Certificate{Certificate: [][]byte{own.cert.Raw}, PrivateKey: own.key}
	for _, o := range others {
		pair.Certificate = append(pair.Certificate, o.cert.Raw)
	}
	s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	if clients != nil {
		s.TLS.ClientAuth, s.TLS.ClientCAs = tls.RequireAndVerifyClientCert, clients
	}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func isCA(c *x509.Certificate) { c.IsCA, c.Subject.CommonName = true, "our CA" }

func TestTLS(t *testing.T) {
	plainNode := func(*x509.Certificate) {}
	ca, otherCA := certify(t, nil, isCA), certify(t, nil, isCA)
	node := certify(t, ca, plainNode)
	elsewhere := certify(t, ca, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"node.example"} })
	old := certify(t, ca, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-24 * time.Hour) })
	early := certify(t, ca, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(24 * time.Hour) })
	forged := certify(t, otherCA, plainNode)
	user := certify(t, ca, func(c *x509.Certificate) { c.Subject.CommonName = "lx" })
	users := x509.NewCertPool()
	users.AddCert(ca.cert)
	colons := strings.ToUpper(ca.print()[:2]) + ":" + strings.ToUpper(ca.print()[2:])

	for _, c := range []struct {
		name string
		url  string
		o    Options
		want string // part of the error; "": none
	}{
		{"CA", secure(t, nil, node), Options{CA: ca.pem()}, ""},
		{"fingerprint of the CA", secure(t, nil, node, ca), Options{Fingerprint: colons}, ""},
		{"fingerprint of the server", secure(t, nil, node), Options{Fingerprint: node.print()}, ""},
		{"fingerprint needs no name", secure(t, nil, elsewhere, ca), Options{Fingerprint: ca.print()}, ""},
		{"client certificate", secure(t, users, node), Options{CA: ca.pem(), ClientCert: user.pem(), ClientKey: user.keyPEM(t)}, ""},

		{"unknown CA", secure(t, nil, node), Options{}, `no CA that is known here signed its certificate (it is "CN=our CA" who did)`},
		{"wrong CA", secure(t, nil, node), Options{CA: otherCA.pem()}, "the CA that was given did not sign"},
		{"another name", secure(t, nil, elsewhere), Options{CA: ca.pem()}, `its certificate is not for "127.0.0.1" but for node.example`},
		{"expired", secure(t, nil, old), Options{CA: ca.pem()}, "its certificate expired on " + old.cert.NotAfter.UTC().Format(time.DateOnly)},
		{"not yet valid", secure(t, nil, early), Options{CA: ca.pem()}, "is the clock of this machine right"},
		{"expired under a fingerprint", secure(t, nil, old, ca), Options{Fingerprint: ca.print()}, "expired"},
		{"wrong fingerprint", secure(t, nil, node, ca), Options{Fingerprint: otherCA.print()}, "but " + ca.print()},
		{"a CA that is only shown", secure(t, nil, forged, ca), Options{Fingerprint: ca.print()}, "is not to be trusted"},
		{"no client certificate", secure(t, users, node), Options{CA: ca.pem()}, "wants a client certificate"},
		{"client certificate of another", secure(t, users, node), Options{CA: ca.pem(), ClientCert: forged.pem(), ClientKey: forged.keyPEM(t)}, "is the client certificate right"},
		{"http to https", strings.Replace(secure(t, nil, node), "https", "http", 1), Options{}, "wants TLS: write https://"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Name, c.o.URLs = "prod", []string{c.url}
			cl, w := to(t, c.o)
			err := cl.answer(t.Context(), who, nil)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "prod ")) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if len(w.list) > 0 {
				t.Errorf("tried again after %v", w.list)
			}
		})
	}
}

// raw listens on a port and answers every connection with a text, which may be empty, and closes it.
func raw(t *testing.T, text string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, text) // the test sees what came
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

// unheard is an address at which nothing listens while the test runs: its port is that of a connection.
func unheard(t *testing.T) string {
	t.Helper()
	c, err := net.Dial("tcp", raw(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c.LocalAddr().String()
}

func TestWayErrors(t *testing.T) {
	refused := raw(t, "")
	nobody := unheard(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	t.Cleanup(web.Close)
	for _, c := range []struct {
		name, url, want string
	}{
		{"nobody", "http://" + nobody, "cannot be reached: nothing listens at " + nobody},
		{"no such host", "http://nowhere.invalid:9200", `host "nowhere.invalid": `},
		{"https to http", strings.Replace(web.URL, "http", "https", 1), "does not speak TLS"},
		{"closed at once", "http://" + refused, "perhaps it wants TLS"},
		{"TLS alert", "http://" + raw(t, "\x15\x03\x01\x00\x02\x02\x46"), "wants TLS: write https://"},
		{"another protocol", "http://" + raw(t, "SSH-2.0-OpenSSH_9.6\r\n"), "does not speak HTTP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl, _ := to(t, Options{Name: "prod", URLs: []string{c.url}})
			err := cl.answer(t.Context(), who, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestProxies(t *testing.T) {
	nobody := unheard(t)
	var asked string
	wants := 200
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.Host
		w.WriteHeader(wants)
		if r.Method != http.MethodConnect && wants == 200 {
			fmt.Fprint(w, "{}")
		}
	}))
	t.Cleanup(proxy.Close)
	for _, c := range []struct {
		name, proxy, url string
		status           int
		want             string
	}{
		{"plain", proxy.URL, "http://es.example:9200", 200, ""},
		{"no proxy there", "http://user:hunter2@" + nobody, "http://es.example:9200", 0, "the proxy " + nobody + " does not answer"},
		{"forbidden", proxy.URL, "https://es.example:9200", 403, `says "Forbidden" about es.example:9200`},
		{"wants credentials", proxy.URL, "http://es.example:9200", 407, "the proxy wants credentials (407)"},
		{"wants credentials for TLS", proxy.URL, "https://es.example:9200", 407, `says "Proxy Authentication Required"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			wants = c.status
			by, err := url.Parse(c.proxy)
			if err != nil {
				t.Fatal(err)
			}
			cl, err := newClientBy(Options{Name: "prod", URLs: []string{c.url}}, http.ProxyURL(by))
			if err != nil {
				t.Fatal(err)
			}
			err = cl.answer(t.Context(), who, nil)
			if c.want == "" && (err != nil || !strings.HasSuffix(asked, "es.example:9200")) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2")) {
				t.Errorf("%v, want %q; the proxy was asked %q", err, c.want, asked)
			}
		})
	}
}

func TestAProxyThatIsNoURLIsNotRepeated(t *testing.T) {
	c, err := newClientBy(Options{Name: "prod", URLs: []string{"http://es.example:9200"}}, func(*http.Request) (*url.URL, error) {
		return nil, errors.New(`invalid proxy address "lx:hunter2@"`)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = c.answer(t.Context(), who, nil)
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "HTTP_PROXY") || errors.Unwrap(err) != nil {
		t.Error(err)
	}
}

func TestRefusals(t *testing.T) {
	const index = `{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [web]","index":"web"}],"type":"index_not_found_exception","reason":"no such index [web]","index":"web"},"status":404}`
	const read = `{"error":{"type":"security_exception","reason":"action [indices:data/read/search] is unauthorized for API key id [k] of user [u] on indices [web], this action is granted by the index privileges [read,all]"},"status":403}`
	key, password := Options{APIKey: "id:key"}, Options{Username: "lx", Password: "hunter2"}
	for _, c := range []struct {
		name   string
		o      Options
		answer string
		want   string
	}{
		{"nobody", Options{}, `401 {"error":{"type":"security_exception","reason":"missing"}}`, "wants to know who asks (401)"},
		{"wrong password", password, `401 {"error":{"type":"security_exception","reason":"unable to authenticate"}}`, "refuses the user or the password (401: unable to authenticate): is it right"},
		{"plain text", password, "401 Unauthorized", "refuses the user or the password (401)"},
		{"expired key", key, `401 {"error":{"type":"security_exception","reason":"api key is Expired"}}`, "refuses the API key (401): it has expired: make a new one"},
		{"invalidated key", key, `401 {"error":{"type":"security_exception","reason":"api key has been invalidated"}}`, "invalidated: make a new one"},
		{"token", Options{Token: "t"}, "401 {}", "refuses the token (401)"},
		{"no rights", key, "403 " + read, `does not allow indices:data/read/search to the API key on "web" (403): it needs the privilege "read" on "web"`},
		{"no rights at OpenSearch", password, `403 {"error":{"type":"security_exception","reason":"no permissions for [indices:data/read/search] and User [name=lx]"}}`, `does not allow indices:data/read/search to this user (403): it needs the privilege "read"`},
		{"a gateway's no", key, `403 {"message":"not today"}`, "(403: not today)"},
		{"no index", Options{}, "404 " + index, `has no index "web"`},
		{"another 404", Options{}, `404 {"ok":false,"message":"Unknown resource."}`, "refuses the question (404: Unknown resource.)"},
		{"text", Options{}, `400 {"error":"no handler","status":400}`, "refuses the question (400: no handler)"},
		{"empty root", Options{}, `400 {"error":{"root_cause":[],"type":"search_phase_execution_exception","reason":"","caused_by":{"type":"too_many_buckets_exception","reason":"65536 are the most"}}}`, "too many buckets (65536 are the most)"},
		{"a shard's", Options{}, `400 {"error":{"type":"search_phase_execution_exception","reason":"all shards failed","failed_shards":[{"index":"web","reason":{"type":"query_shard_exception","reason":"no mapping"}}]}}`, "(400: no mapping)"},
		{"only a type", Options{}, `400 {"error":{"type":"odd_exception","reason":null}}`, "(400: odd_exception)"},
		{"wrong types", Options{}, `400 {"error":{"type":7,"reason":"r"}}`, "(400: r)"},
		{"a proxy's page", Options{}, "502 <html><head><title>Bad\n Gateway</title>", `is not an Elasticsearch: it answers with a web page (title "Bad Gateway", status 502): is there a proxy or a wrong path before it?`},
		{"a page with 200", Options{}, "200 <!doctype html><title>Sign in</title>", `web page (title "Sign in", status 200)`},
		{"a page without a title", Options{}, "404 <p>", `web page (title "", status 404)`},
		{"text with 200", Options{}, "200 hello", `it answers with "hello" (status 200)`},
		{"nginx wants TLS", Options{}, "400 <html><title>400 The plain HTTP request was sent to HTTPS port</title>", "wants TLS: write https://"},
		{"control characters", Options{}, "400 {\"error\":\"a\\u001b[31mb\\r\\nc\\u202e\"}", "(400: a [31mb c)"},
		{"long", Options{}, `400 {"error":"` + strings.Repeat("x", 5000) + `"}`, "x…)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { play(w, c.answer) }))
			defer s.Close()
			c.o.Name, c.o.URLs = "prod", []string{s.URL}
			cl, _ := to(t, c.o)
			err := cl.answer(t.Context(), who, nil)
			if err == nil || !strings.HasPrefix(err.Error(), "prod ") || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for to2, want := range map[string]string{
		"https://user:pw@es.example/login?token=x": "points to https://es.example/login (status 302), where no credentials are sent",
		"/_plugin/kibana":                          "/_plugin/kibana (status 302)",
		"":                                         "points to",
	} {
		var asked int
		c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Location", to2)
			w.WriteHeader(http.StatusFound)
		})
		err := c.answer(t.Context(), who, nil)
		if err == nil || !strings.Contains(err.Error(), want) || asked != 1 {
			t.Errorf("%v, want %q; asked %d times", err, want, asked)
		}
	}
}

func TestCredentials(t *testing.T) {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, ""},
		{Options{APIKey: "id:key"}, "ApiKey " + b64("id:key")},
		{Options{APIKey: " " + b64("id:key") + "\n"}, "ApiKey " + b64("id:key")},
		{Options{Username: "lx", Password: "a:b c"}, "Basic " + b64("lx:a:b c")},
		{Options{Username: "lx"}, "Basic " + b64("lx:")},
		{Options{Token: "abc\n"}, "Bearer abc"},
	} {
		var got string
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Authorization")
			fmt.Fprint(w, "{}")
		}))
		c.o.URLs = []string{s.URL}
		cl, _ := to(t, c.o)
		if err := cl.answer(t.Context(), who, nil); err != nil || got != c.want {
			t.Errorf("%q, want %q: %v", got, c.want, err)
		}
		s.Close()
	}
}

func TestOptions(t *testing.T) {
	u := []string{"https://localhost:9200"}
	ca := []byte("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "urls: no server is named"},
		{Options{URLs: u, CloudID: "a:b"}, "urls and cloud_id"},
		{Options{URLs: []string{"https://lx:hunter2@host"}}, "urls: a URL holds a user or a password"},
		{Options{URLs: []string{"https://lx:hun/ter2@host"}}, "urls: a URL holds a user or a password"},
		{Options{URLs: []string{"localhost:9200"}}, `urls: "localhost:9200" is not a URL`},
		{Options{URLs: []string{"ftp://host"}}, "urls: \"ftp://host\" begins with ftp"},
		{Options{URLs: []string{"https://host/?key=hunter2"}}, `urls: "host" has more than a host and a path`},
		{Options{URLs: []string{"https://:9200"}}, "is not a URL"},
		{Options{URLs: u, APIKey: "a:hunter2", Username: "lx"}, "api_key and username are both given"},
		{Options{URLs: u, Password: "hunter2"}, "username: a password is given and no user"},
		{Options{URLs: u, Username: "a:b", Password: "hunter2"}, "username: a user's name cannot hold a colon"},
		{Options{URLs: u, Token: "hunter2\nhunter2"}, "token has more than one line"},
		{Options{URLs: u, CA: []byte("x")}, "ca: there is no certificate in it"},
		{Options{URLs: u, CA: ca}, "ca: there is no certificate in it"},
		{Options{URLs: u, CA: ca, Fingerprint: "00"}, "ca and ca_fingerprint"},
		{Options{URLs: u, Fingerprint: "00:11"}, "ca_fingerprint is not the SHA-256"},
		{Options{URLs: u, ClientCert: ca}, "client_cert and client_key go together"},
		{Options{URLs: u, ClientCert: ca, ClientKey: []byte("hunter2")}, "client_cert and client_key: "},
		{Options{URLs: u, Timeout: -1}, "timeout: "},
		{Options{URLs: u, Index: "a b"}, `index: "a b": a name cannot hold ' '`},
		{Options{URLs: u, Index: "logs-*/_delete"}, "index: "},
		{Options{CloudID: "hunter2"}, "cloud_id is not one"},
	} {
		_, err := New(c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hun") {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, err := New(Options{URLs: u, Index: "logs-*,-logs-old,other:app-*"}); err != nil {
		t.Error(err)
	}
}

func TestCloudID(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"eu.cloud.example$abc$def", "https://abc.eu.cloud.example:443"},
		{"eu.cloud.example:9243$abc$def", "https://abc.eu.cloud.example:9243"},
		{"eu.cloud.example$abc:9244$def", "https://abc.eu.cloud.example:9244"},
		{"eu.cloud.example:$abc", "https://abc.eu.cloud.example:443"},
		{"eu.cloud.example", ""}, {"$abc", ""}, {"a$", ""}, {"a/b$c", ""}, {"a@b$c", ""}, {"a b$c", ""}, {"", ""},
	} {
		for _, code := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding} {
			got, err := cloudURL("my:" + code.EncodeToString([]byte(c.text)))
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("%q: %q, %v", c.text, got, err)
			}
		}
	}
	for _, bad := range []string{"", "name", "name:!!!"} {
		if got, err := cloudURL(bad); err == nil {
			t.Errorf("%q: %q", bad, got)
		}
	}
}

func FuzzCloudID(f *testing.F) {
	f.Add("eu.cloud.example:9243$abc$def")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := cloudURL("n:" + base64.StdEncoding.EncodeToString([]byte(text)))
		if err != nil {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "https" || u.User != nil || u.Path != "" || u.RawQuery != "" {
			t.Errorf("%q: %q %v", text, got, err)
		}
	})
}

func TestServer(t *testing.T) {
	const es, os = `{"version":{"number":"8.19.1"},"tagline":"You Know"}`, `{"version":{"number":"2.19.6","distribution":"opensearch"},"tagline":"x"}`
	for _, c := range []struct {
		name, root, search, product string
		want                        server
		fails                       string
	}{
		{"Elasticsearch", "200 " + es, "", "Elasticsearch", server{false, "8.19.1"}, ""},
		{"OpenSearch", "200 " + os, "", "", server{true, "2.19.6"}, ""},
		{"may not be asked", "403 {}", `200 {"_shards":{"total":1}}`, "Elasticsearch", server{false, ""}, ""},
		{"may not be asked, OpenSearch", "401 {}", `200 {"_shards":{}}`, "", server{true, ""}, ""},
		{"not there", "404 <html>", `200 {"_shards":{}}`, "Elasticsearch", server{false, ""}, ""},
		{"nothing is allowed", "401 {}", "401 {}", "", server{}, "wants to know who asks (401)"},
		{"another service", `200 {"version":"1.2"}`, "", "", server{}, "is not an Elasticsearch"},
		{"another with a version", `200 {"version":{"number":"3"}}`, "", "", server{}, "is not an Elasticsearch"},
		{"another that searches", "404 {}", `200 {"results":[]}`, "", server{}, "no _shards"},
		{"nothing there", "404 <html><title>x</title>", "404 <html><title>x</title>", "", server{}, "web page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if c.product != "" {
					w.Header().Set("X-Elastic-Product", c.product)
				}
				if r.URL.Path == "/" {
					play(w, c.root)
				} else {
					play(w, c.search)
				}
			}))
			defer s.Close()
			source, err := New(Options{Name: "prod", URLs: []string{s.URL}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := source.server(t.Context())
			if got != c.want || (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
