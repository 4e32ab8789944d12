package elastic

import (
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
	Fingerprint           string // SHA-256 of a certificate to trust, hexadecimal
	ClientCert, ClientKey []byte // PEM

	Timeout time.Duration // of one question; 0: DefaultTimeout

	TimeField string               // "": @timestamp, or the first other name of the time that the index has
	Fields    map[logs.Core]string // fields that hold a core field, before its usual names

	Follow bool       // tells of what becomes visible
	Env    query.Env  // what queries depend on
	Now    when.Clock // nil: time.Now
}

// DefaultTimeout is how long one question may take.
const DefaultTimeout = 30 * time.Second
