package elastic

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/elastic/elastic-transport-go/v8/elastictransport"
	"github.com/elastic/go-elasticsearch/v8/esapi"
)

// A client puts questions to a server: at most maxQuestions at once, each again
// where it may be answered the next time.
type client struct {
	transport elastictransport.Interface
}

func newClient(o Options) (*client, error) {
	var urls []*url.URL
	for _, text := range o.URLs {
		u, err := url.Parse(text)
		if err != nil {
			return nil, err
		}
		urls = append(urls, u)
	}
	t, err := elastictransport.New(elastictransport.Config{URLs: urls, Username: o.Username, Password: o.Password, APIKey: o.APIKey, CACert: o.CA})
	return &client{t}, err
}

// answer puts a question and decodes its answer, JSON, into into. The error is
// ctx's, a *failure where the server refused, else says what is wrong with the way to it.
func (c *client) answer(ctx context.Context, question esapi.Request, into any) error {
	res, err := question.Do(ctx, c.transport)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.IsError() {
		return fmt.Errorf("%s", res.String())
	}
	return json.NewDecoder(res.Body).Decode(into)
}
