package elastic

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// A server is what is known of the one that is asked.
type server struct {
	openSearch bool
	version    string // "8.19.1"; "" where it may not be asked
}

// product is its name for people.
func (s server) product() string {
	if s.openSearch {
		return "OpenSearch"
	}
	return "Elasticsearch"
}

// tooOld says that the server is older than those that were tried; "" where it is not, or is not known.
func (s server) tooOld() string {
	oldest, major, minor := "7.17", 7, 17
	if s.openSearch {
		oldest, major, minor = "2.0", 2, 0
	}
	var is [2]int
	if n, _ := fmt.Sscanf(s.version, "%d.%d", &is[0], &is[1]); n < 2 || is[0] > major || is[0] == major && is[1] >= minor {
		return ""
	}
	return fmt.Sprintf("%s %s is older than %s, the oldest that was tried: answers may be wrong", s.product(), s.version, oldest)
}

// server asks who answers. Where that may not be asked, it asks what has to be
// allowed, a search of nothing, and tells the product by the answer's headers.
func (s *Source) server(ctx context.Context) (server, error) {
	var info struct {
		Version struct {
			Number       string `json:"number"`
			Distribution string `json:"distribution"`
		} `json:"version"`
		Tagline string `json:"tagline"`
	}
	header, err := s.client.answerWith(ctx, esapi.InfoRequest{}, &info)
	if err == nil {
		known := server{strings.EqualFold(info.Version.Distribution, "opensearch"), plain(info.Version.Number)}
		if known.version == "" || !known.openSearch && header.Get("X-Elastic-Product") == "" && info.Tagline == "" {
			return server{}, s.client.noElasticsearch("/", "no version of one")
		}
		return known, nil
	}
	if !refusesUs(err) && !isNotFound(err) {
		return server{}, err
	}
	var found struct {
		Shards *struct{} `json:"_shards"`
	}
	header, err = s.client.answerWith(ctx, esapi.SearchRequest{
		Index:             s.o.pattern(),
		Body:              bytes.NewReader([]byte(`{"size":0,"track_total_hits":false,"query":{"match_none":{}}}`)),
		AllowNoIndices:    new(true),
		IgnoreUnavailable: new(true),
	}, &found)
	if err != nil {
		return server{}, err
	}
	if found.Shards == nil {
		return server{}, s.client.noElasticsearch("_search", "no _shards")
	}
	return server{openSearch: header.Get("X-Elastic-Product") == ""}, nil
}

// noElasticsearch is the error of a server that answers in JSON, and not as one does.
func (c *client) noElasticsearch(path, lacks string) error {
	return &trouble{text: c.name + " is not an Elasticsearch: its answer to " + path + " has " + lacks + ": is the URL right?"}
}
