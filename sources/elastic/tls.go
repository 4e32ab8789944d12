package elastic

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// dialTime is how long it may take until there is a connection, and as long again for TLS.
const dialTime = 10 * time.Second

// newWeb returns the transport of one client. proxy tells the proxy for a question.
func newWeb(o Options, proxy func(*http.Request) (*url.URL, error)) (*http.Transport, error) {
	secure, err := o.tls()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: min(dialTime, o.Timeout), KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        secure,
		TLSHandshakeTimeout:    min(dialTime, o.Timeout),
		MaxIdleConnsPerHost:    maxQuestions,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20, // a server may send many warnings
		DisableCompression:     true,    // the link says what comes packed, and unpacks it
		ReadBufferSize:         64 << 10,
	}, nil
}

// tls returns how a server is trusted and what is shown to it.
func (o Options) tls() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.CA != nil && o.Fingerprint != "" {
		return nil, errors.New("ca and ca_fingerprint are both given: leave one out")
	}
	if o.CA != nil {
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(o.CA) {
			return nil, errors.New("ca: there is no certificate in it: it must be PEM, with the line BEGIN CERTIFICATE")
		}
	}
	if o.Fingerprint != "" {
		sum, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(o.Fingerprint), ":", ""))
		if err != nil || len(sum) != sha256.Size {
			return nil, errors.New("ca_fingerprint is not the SHA-256 of a certificate: it has 64 hexadecimal digits, with colons or without")
		}
		c.InsecureSkipVerify = true // trusts does it
		c.VerifyConnection = func(s tls.ConnectionState) error { return trusts(s.PeerCertificates, [sha256.Size]byte(sum)) }
	}
	if (o.ClientCert == nil) != (o.ClientKey == nil) {
		return nil, errors.New("client_cert and client_key go together: one of them is missing")
	}
	if o.ClientCert != nil {
		pair, err := tls.X509KeyPair(o.ClientCert, o.ClientKey)
		if err != nil {
			return nil, fmt.Errorf("client_cert and client_key: %s", plain(strings.TrimPrefix(err.Error(), "tls: ")))
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// A misprint says that no certificate of a server has the fingerprint.
type misprint struct{ has string }

func (m misprint) Error() string { return "the certificate has the fingerprint " + m.has }

// trusts says why a server with this chain of certificates, its own first, is not
// to be trusted: its own has to have the fingerprint, or to be signed by the one
// that has. Its names count for nothing then: whoever holds that key is meant.
func trusts(chain []*x509.Certificate, want [sha256.Size]byte) error {
	for i, cert := range chain {
		if sha256.Sum256(cert.Raw) != want {
			continue
		}
		if i == 0 {
			return nil
		}
		roots, between := x509.NewCertPool(), x509.NewCertPool()
		roots.AddCert(cert)
		for _, c := range chain[1:i] {
			between.AddCert(c)
		}
		_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between})
		return err
	}
	var has string
	if len(chain) > 0 {
		sum := sha256.Sum256(chain[len(chain)-1].Raw)
		has = hex.EncodeToString(sum[:])
	}
	return misprint{has}
}
