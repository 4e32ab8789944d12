package elastic

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/when"
)

// DefaultIndex is what is asked where no index is named.
const DefaultIndex = "logs-*,app-logs-*,logstash-*,filebeat-*"

// Options say how a server is reached and what of it is asked.
type Options struct {
	Name    string   // how the user calls it; the name of the source
	URLs    []string // http or https, with a path where a gateway wants one; none where CloudID is given
	CloudID string   // of an Elastic Cloud deployment
	Index   string   // names, patterns, aliases and data streams, separated by commas; "": DefaultIndex

	APIKey             string // as the server gives it out, encoded, or "id:key"
	Username, Password string
	Token              string // a bearer token

	CA                    []byte // PEM; nil: those of the system
	Fingerprint           string // SHA-256 of a certificate to trust, the server's or its CA's, hexadecimal, with colons or without
	ClientCert, ClientKey []byte // PEM

	Timeout time.Duration // of one question, all of its tries together; 0: DefaultTimeout

	TimeField string               // "": @timestamp, or the first other name of the time that the index has
	Fields    map[logs.Core]string // fields that hold a core field, before its usual names

	Follow bool       // tells of what becomes visible
	Env    query.Env  // what queries depend on
	Now    when.Clock // nil: time.Now
}

// DefaultTimeout is how long one question may take.
const DefaultTimeout = 30 * time.Second

// errUserinfo does not repeat the URL: it holds a secret.
var errUserinfo = errors.New("urls: a URL holds a user or a password, which others may see there: take it out, and set username and password_file in the profile, or LX_ES_USERNAME and LX_ES_PASSWORD")

// addresses returns the URLs to ask, without a slash at the end. An error names the option that is wrong.
func (o Options) addresses() (list []*url.URL, err error) {
	texts := o.URLs
	switch {
	case o.CloudID != "" && len(texts) > 0:
		return nil, errors.New("urls and cloud_id are both given: leave one out")
	case o.CloudID != "":
		text, err := cloudURL(o.CloudID)
		if err != nil {
			return nil, err
		}
		texts = []string{text}
	case len(texts) == 0:
		return nil, errors.New(`urls: no server is named: write its URL, such as "https://localhost:9200"`)
	}
	for _, text := range texts {
		u, err := address(text)
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}

// address returns one URL of a server.
func address(text string) (*url.URL, error) {
	if strings.Contains(text, "@") {
		return nil, errUserinfo
	}
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Hostname() == "" {
		return nil, fmt.Errorf("urls: %q is not a URL: write it as https://host:9200", plain(text))
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("urls: %q begins with %s: it must be http:// or https://", text, u.Scheme)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("urls: %q has more than a host and a path: leave out what is after ? or #", u.Host)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	return u, nil
}

// check says what is wrong with the options that are no matter of the way to the server.
func (o Options) check() error {
	if i := strings.IndexAny(o.Index, " \"\\/?<>|#%\t\r\n"); i >= 0 {
		return fmt.Errorf("index: %q: a name cannot hold %q: separate names by commas, and write * for any text", o.Index, o.Index[i])
	}
	if o.Timeout < 0 {
		return fmt.Errorf("timeout: %s is less than nothing: write how long one question may take, such as 30s", o.Timeout)
	}
	return nil
}
