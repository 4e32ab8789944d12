package elastic

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
)

// A question whose time ends while it waits to be put again was not answered.
func TestTheQuestionsTimeEndsInAWait(t *testing.T) {
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	c.sleep = func(context.Context, time.Duration) error { return context.DeadlineExceeded }
	if err := c.answer(t.Context(), who, nil); err == nil {
		t.Error("it counts as answered")
	}
}

// A node that never answers is left after one question.
func TestASilentURLIsLeft(t *testing.T) {
	leave := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-leave }))
	defer silent.Close()
	defer close(leave)
	live := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	defer live.Close()
	c, _ := to(t, Options{Name: "prod", URLs: []string{silent.URL, live.URL}, Timeout: 20 * time.Millisecond})
	if err := c.answer(t.Context(), who, nil); err == nil {
		t.Error("it answers")
	}
	if c.current.Load() != 1 {
		t.Error("the next question goes there, too")
	}
}

// A quietSink takes what is reported.
type quietSink struct{ sources.Sink }

func (quietSink) Report(sources.Health) {}
func (quietSink) Note(sources.Event)    {}

// A server that wants to be left alone is not polled before that.
func TestPollsWaitAsLongAsTheServerWants(t *testing.T) {
	bubble(t, func(t *testing.T) {
		tr := newTracker(newFakeCluster().source(t, Options{}), quietSink{})
		began, tries := time.Now(), 0
		err := tr.keepTrying(t.Context(), func(context.Context) error {
			if tries++; tries == 1 {
				return &failure{Status: http.StatusTooManyRequests, after: 40 * time.Second}
			}
			return nil
		})
		if waited := time.Since(began); err != nil || waited < 40*time.Second || waited > time.Minute {
			t.Errorf("after %s: %v", waited, err)
		}
	})
}
