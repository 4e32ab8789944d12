package elastic

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// A trouble is what is wrong with the way to a server, or with what stands at its end.
type trouble struct {
	text   string        // for people
	short  string        // what the server does, after its name; "": it does not answer
	status int           // of what was answered; 0: there was no answer
	again  bool          // the next try may do
	after  time.Duration // the server wants to be left alone for that long
	err    error         // what was met; may be nil
}

func (t *trouble) Error() string { return t.text }
func (t *trouble) Unwrap() error { return t.err }

// broken returns the trouble that an error of the network means.
func (c *client) broken(n node, err error) error {
	host := n.url.Host
	reached := c.reached.Load()
	say := func(again bool, format string, args ...any) error {
		return &trouble{text: c.name + " " + fmt.Sprintf(format, args...), again: again, err: err}
	}
	proxy, proxyErr := c.proxy(n)
	if proxyErr != nil { // its text may hold a password
		return &trouble{text: c.name + " cannot be reached: what HTTP_PROXY or HTTPS_PROXY holds is not the URL of a proxy: write http://host:port"}
	}
	if text := c.certificate(n, err); text != "" {
		return say(false, "%s", text)
	}
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, errTooLarge):
		return say(false, "gives an answer of more than 64 MiB: ask for a shorter time, or for less at once")
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return say(reached, "cannot be reached: the proxy %s does not answer (%s): is it right in HTTP_PROXY or HTTPS_PROXY? NO_PROXY=%s goes without", proxy, plain(op.Err.Error()), n.url.Hostname())
	case errors.As(err, &dns):
		why := "no such name"
		if !dns.IsNotFound {
			why = "the name cannot be looked up now"
		}
		return say(reached, "cannot be reached: host %q: %s: is it spelled right, and is the VPN on if it needs one?", n.url.Hostname(), why)
	case op != nil && op.Op == "dial" && isTimeout(err):
		return say(reached, "cannot be reached: %s does not answer: is the address right, and does a firewall let it through?", host)
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err) && reached:
		return say(false, "did not answer within %s: ask for a shorter time, or set a longer timeout", seconds(c.timeout))
	case isTimeout(err):
		return say(false, "cannot be reached: %s does not answer: is the address right, and does a firewall let it through?", host)
	case errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(err.Error(), "refused"):
		return say(reached, "cannot be reached: nothing listens at %s: is the server running, and is this its port (9200 as a rule)?", host)
	case isCut(err):
		if !reached && n.url.Scheme == "http" {
			return say(true, "closed the connection without an answer: perhaps it wants TLS: write https:// in its URL")
		}
		return say(true, "broke the connection off in the middle of an answer: is it being restarted, or a proxy before it?")
	case strings.Contains(err.Error(), "malformed HTTP"):
		if n.url.Scheme == "http" && strings.Contains(err.Error(), `\x15\x03`) { // a TLS alert
			return say(false, "wants TLS: write https:// in its URL")
		}
		return say(false, "is not an Elasticsearch: what listens at %s does not speak HTTP: is this its port (9200 as a rule)?", host)
	}
	if proxy != "" {
		return say(reached, "cannot be reached: the proxy %s says %q about %s: NO_PROXY=%s goes without", proxy, plain(err.Error()), host, n.url.Hostname())
	}
	return say(reached, "cannot be reached: %s: %s", host, plain(err.Error()))
}

// proxy returns the host of the proxy through which a node is asked; "" for none.
func (c *client) proxy(n node) (host string, err error) {
	u, err := c.web.Proxy(&http.Request{URL: n.url})
	if err != nil || u == nil {
		return "", err
	}
	return u.Host, nil
}

// certificate says what is wrong with TLS; "" where that is not what is wrong.
func (c *client) certificate(n node, err error) string {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var other misprint
	var alert tls.AlertError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &other):
		return fmt.Sprintf("is not to be trusted: its certificate does not have the fingerprint that was given, but %s: is it the right server?", other.has)
	case errors.As(err, &unknown):
		if c.web.TLSClientConfig.RootCAs != nil {
			return "is not to be trusted: the CA that was given did not sign its certificate" + issuer(unknown.Cert) + ": give the CA of this server"
		}
		return "is not to be trusted: no CA that is known here signed its certificate" + issuer(unknown.Cert) + ": give its CA (ca), or its fingerprint (ca_fingerprint)"
	case errors.As(err, &name):
		return fmt.Sprintf("is not to be trusted: its certificate is not for %q%s: write a name in the URL that it is for", name.Host, names(name.Certificate))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if time.Now().Before(invalid.Cert.NotBefore) {
			return "is not to be trusted: its certificate is valid from " + invalid.Cert.NotBefore.UTC().Format(time.DateOnly) + " on: is the clock of this machine right?"
		}
		return "is not to be trusted: its certificate expired on " + invalid.Cert.NotAfter.UTC().Format(time.DateOnly) + ": it has to be renewed there"
	case errors.As(err, &invalid):
		return "is not to be trusted: " + plain(invalid.Error())
	case errors.As(err, &record) || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "does not speak TLS at " + n.url.Host + ": write http:// in its URL, or the port where it does"
	case errors.As(err, &alert) || strings.Contains(err.Error(), "remote error: tls:"):
		if len(c.web.TLSClientConfig.Certificates) == 0 && strings.Contains(err.Error(), "certificate") {
			return "wants a client certificate: give client_cert and client_key"
		}
		return "refuses the connection (" + plain(err.Error()) + "): is the client certificate right?"
	}
	return ""
}

// issuer names who signed a certificate.
func issuer(cert *x509.Certificate) string {
	if cert == nil {
		return ""
	}
	return fmt.Sprintf(" (it is %q who did)", plain(cert.Issuer.String()))
}

// names lists some names that a certificate is for.
func names(cert *x509.Certificate) string {
	if cert == nil {
		return ""
	}
	var list []string
	list = append(list, cert.DNSNames...)
	for _, ip := range cert.IPAddresses {
		list = append(list, ip.String())
	}
	if len(list) == 0 {
		return ""
	}
	return " but for " + plain(strings.Join(list[:min(len(list), 5)], ", "))
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

func isCut(err error) bool {
	var damaged flate.CorruptInputError
	return errors.As(err, &damaged) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		strings.Contains(err.Error(), "connection reset") || strings.Contains(err.Error(), "forcibly closed") || strings.Contains(err.Error(), "server closed idle connection")
}

// read decodes an answer into into, unless that is nil, or returns the error that it means.
func (c *client) read(a *reply, into any) error {
	if isGood(a.status) && isJSON(a.body) {
		if q, ok := into.(interface{ quick(b []byte) bool }); ok && q.quick(a.body) {
			return nil
		}
		if into == nil {
			into = new(json.RawMessage)
		}
		if err := json.Unmarshal(a.body, into); err != nil {
			return c.strange(a, err)
		}
		return nil
	}
	if a.status >= 300 && a.status < 400 {
		return c.redirect(a)
	}
	if f := failureOf(a.status, a.body); f != nil && !isGood(a.status) {
		f.server, f.kind, f.after = c.name, c.who.kind, retryAfter(a.header, time.Now())
		return f
	}
	return c.strange(a, nil)
}

// redirect is the error of an answer that points elsewhere.
func (c *client) redirect(a *reply) error {
	to := "nowhere"
	if u, err := a.node.url.Parse(a.header.Get("Location")); err == nil && u.Host != "" {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		to = plain(u.String())
	}
	return &trouble{text: fmt.Sprintf("%s points to %s (status %d), where no credentials are sent: if that is the server, give its URL in place of %s", c.name, to, a.status, a.node.url)}
}

// strange is the error of an answer that no Elasticsearch gives, and err what
// was wrong with it where it was JSON.
func (c *client) strange(a *reply, err error) error {
	t := &trouble{err: err, status: a.status, short: fmt.Sprintf("answers %d", a.status), again: (&failure{Status: a.status}).isTooBusy(), after: retryAfter(a.header, time.Now())}
	text := bytes.TrimSpace(a.body)
	switch {
	case a.status == http.StatusBadRequest && a.node.url.Scheme == "http" && bytes.Contains(text, []byte("HTTPS ")):
		t.text = c.name + " wants TLS: write https:// in its URL"
	case isGood(a.status) && (len(text) == 0 || isEnd(err)):
		t.text, t.short, t.again = c.name+" gives an answer that is cut off: is it being restarted, or a proxy before it?", "cuts its answer off", true
	case a.status == http.StatusProxyAuthRequired:
		t.text = c.name + " cannot be reached: the proxy wants credentials (407): give them in HTTP_PROXY or HTTPS_PROXY, or go without it by NO_PROXY=" + a.node.url.Hostname()
	case len(text) == 0:
		t.text = fmt.Sprintf("%s is not an Elasticsearch: it answers with nothing (status %d): is there a proxy or a wrong path before it?", c.name, a.status)
	case isPage(a.header, text):
		t.text = fmt.Sprintf("%s is not an Elasticsearch: it answers with a web page (title %q, status %d): is there a proxy or a wrong path before it?", c.name, title(text), a.status)
	case err != nil:
		t.text = fmt.Sprintf("%s is not an Elasticsearch: its answer is not as expected (%s)", c.name, plain(err.Error()))
	default:
		t.text = fmt.Sprintf("%s is not an Elasticsearch: it answers with %q (status %d): is there a proxy or a wrong path before it?", c.name, excerpt(text), a.status)
	}
	return t
}

// isEnd: JSON that ends too early.
func isEnd(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) && strings.Contains(syntax.Error(), "unexpected end")
}

func isJSON(body []byte) bool {
	text := bytes.TrimLeft(body, " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

func isPage(h http.Header, text []byte) bool {
	return strings.Contains(h.Get("Content-Type"), "html") || text[0] == '<'
}

// title returns that of a web page.
func title(page []byte) string {
	page = page[:min(len(page), 64<<10)]
	lower := bytes.ToLower(page)
	at := bytes.Index(lower, []byte("<title"))
	if at < 0 || len(lower) != len(page) {
		return ""
	}
	inner, _, _ := bytes.Cut(page[at:], []byte("</"))
	_, inner, _ = bytes.Cut(inner, []byte(">"))
	return excerpt(inner)
}

// excerpt is the beginning of a text, in one line.
func excerpt(text []byte) string {
	const most = 120
	if len(text) > most {
		return plain(string(text[:most])) + "…"
	}
	return plain(string(text))
}
