package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lxlog/lx/sources"
)

// Where no two documents fit into an answer, a page fails, and does not ask for ever.
func TestDocumentsTooLargeForAnAnswer(t *testing.T) {
	f := newFakeServer(t, tiedDocuments(6, 1)...)
	refused := func(w http.ResponseWriter) bool {
		if f.searches[len(f.searches)-1].Size < 2 {
			return false
		}
		return answering(http.StatusTooManyRequests, `{"error":{"type":"circuit_breaking_exception","reason":"large"}}`)(w)
	}
	f.next(slices.Repeat([]func(http.ResponseWriter) bool{refused}, 50)...)
	_, err := f.source(Options{}).Search(t.Context(), newestOf(20))
	if n := len(f.taken()); err == nil || !strings.Contains(err.Error(), "too large for an answer of 2") || n > 10 {
		t.Errorf("after %d questions: %v", n, err)
	}
}

// Of an index that gives fewer hits at once than usual all are found, in answers of as many as it gives,
// be it one of several, of which the others answer.
func TestIndexOfASmallWindow(t *testing.T) {
	const why = `{"type":"illegal_argument_exception","reason":"Result window is too large, from + size must be less than or equal to: [40] but was [1008]. This limit can be set by changing the [index.max_result_window] index level setting."}`
	for status, text := range map[int]string{
		http.StatusBadRequest: `{"error":{"type":"search_phase_execution_exception","reason":"all shards failed","root_cause":[` + why + `]},"status":400}`,
		http.StatusOK: `{"_shards":{"total":2,"failed":1,"failures":[{"index":"logs-0","reason":` + why + `}]},
			"hits":{"hits":[{"_index":"other","_id":"1","sort":[1700000000000,1],"_source":{}}]}}`,
	} {
		f := newFakeServer(t, tiedDocuments(500, 1)...)
		refused := func(w http.ResponseWriter) bool {
			return f.searches[len(f.searches)-1].Size > 40 && answering(status, text)(w)
		}
		f.next(slices.Repeat([]func(http.ResponseWriter) bool{refused}, 100)...)
		hits := allPages(t, f.source(Options{}), sources.Request{Filter: everything, Limit: 100, Backward: true})
		asked := f.taken()
		n := len(slices.DeleteFunc(slices.Clone(asked), func(s fakeSearch) bool { return s.Size <= 40 }))
		if len(hits) != 500 || n != 1 || len(asked) > 30 {
			t.Errorf("%d: %d hits after %d questions, of which %d are refused", status, len(hits), len(asked), n)
		}
	}
	for _, err := range []error{nil, errors.New("x"), &failure{Reason: "max_result_window"}, &failure{Reason: "less than or equal to: [x] max_result_window"}} {
		if n := resultWindow(err); n != 0 {
			t.Errorf("the window of %v is %d", err, n)
		}
	}
}

// Who waits for somebody else's question for the span of times may give up.
func TestWaitForTheSpanEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		leave := make(chan struct{})
		s := saying(t, func(r *http.Request) string {
			if body, _ := bodyOf(r); strings.Contains(string(body), `"oldest"`) {
				<-leave
			}
			return `{"_shards":{"total":1},"hits":{"hits":[]}}`
		})
		asked := func(ctx context.Context) chan error {
			end := make(chan error, 1)
			go func() {
				_, err := s.Search(ctx, newestOf(2))
				end <- err
			}()
			synctest.Wait()
			return end
		}
		first := asked(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		second := asked(ctx)
		cancel()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up: %v", err)
		}
		close(leave)
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}

// A page whose documents came without their sources asks for their values, also where another one
// has found out meanwhile that there are such documents.
func TestPageWithoutSourcesBesideAnother(t *testing.T) {
	f := newFakeServer(t)
	s := f.source(Options{})
	hit := `{"_shards":{"total":1},"hits":{"hits":[{"_index":"i","_id":"1","sort":[1700000000000,1]%s}]}}`
	f.next(answering(200, fmt.Sprintf(hit, "")), answering(200, fmt.Sprintf(hit, `,"fields":{"log.level":["WARN"]}`)))
	c, err := s.catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	watching(s, func(_, body string) {
		if strings.Contains(body, `"search_after"`) {
			c.size.bare.Store(true)
		}
	})
	p, err := s.Search(t.Context(), newestOf(1))
	if err != nil || len(p.Hits) != 1 || p.Hits[0].Record.SeverityText != "WARN" {
		t.Errorf("%+v: %v", p, err)
	}
}
