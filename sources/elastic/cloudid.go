package elastic

import (
	"encoding/base64"
	"errors"
	"net"
	"net/url"
	"strings"
)

// errCloudID does not repeat the id, in place of which a key may have been pasted.
var errCloudID = errors.New("cloud_id is not one: copy it from the deployment's page in the cloud console, as NAME:TEXT")

// cloudURL returns the URL of Elasticsearch that a cloud id means: after a name
// and a colon stands, in base64, the host of the region, perhaps with a port, and
// the first parts of the hosts of Elasticsearch and of Kibana, with $ between.
func cloudURL(id string) (string, error) {
	_, text, found := strings.Cut(strings.TrimSpace(id), ":")
	if !found {
		return "", errCloudID
	}
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return "", errCloudID
	}
	parts := strings.Split(string(data), "$")
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return "", errCloudID
	}
	host, port := portOf(parts[0], "443")
	first, port := portOf(parts[1], port)
	u := url.URL{Scheme: "https", Host: net.JoinHostPort(first+"."+host, port)}
	if read, err := url.Parse(u.String()); err != nil || read.Host != u.Host || read.User != nil || strings.ContainsAny(u.Host, "/?#@[] ") {
		return "", errCloudID
	}
	return u.String(), nil
}

// portOf parts a host from its port, which is otherwise the one given.
func portOf(text, otherwise string) (host, port string) {
	if host, port, found := strings.Cut(text, ":"); found && port != "" {
		return host, port
	}
	return strings.TrimSuffix(text, ":"), otherwise
}
