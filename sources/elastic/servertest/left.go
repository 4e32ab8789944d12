package servertest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// toRest is how long a server may take to end what was cancelled: it learns of that from a connection that closes.
const toRest = 30 * time.Second

// Rests fails the test where searches go on, or contexts stay open, on a server that nobody asks any more.
func (s *Server) Rests(t testing.TB) {
	t.Helper()
	for end := time.Now().Add(toRest); ; {
		tasks := s.Tasks(t)
		contexts := s.OpenContexts(t)
		if len(tasks) == 0 && contexts == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%d contexts are open, %v under way", contexts, tasks)
			return
		}
	}
}

// OpenContexts returns how many search contexts are open: of searches under way, of scrolls and of points in time.
func (s *Server) OpenContexts(t testing.TB) int {
	t.Helper()
	n := 0
	nodes, _ := s.Do(t, http.MethodGet, "/_nodes/stats/indices/search", nil)["nodes"].(map[string]any)
	for _, node := range nodes {
		search, _ := inside(node, "indices", "search").(map[string]any)
		for _, what := range []string{"open_contexts", "scroll_current", "point_in_time_current"} {
			count, _ := search[what].(json.Number)
			i, _ := count.Int64()
			n += int(i)
		}
	}
	return n
}

// Tasks returns the searches under way, each as its action and, where it has one, the X-Opaque-Id of who asked for it.
func (s *Server) Tasks(t testing.TB) []string {
	t.Helper()
	var out []string
	nodes, _ := s.Do(t, http.MethodGet, "/_tasks?actions=indices:data/read/*&detailed=true", nil)["nodes"].(map[string]any)
	for _, node := range nodes {
		tasks, _ := inside(node, "tasks").(map[string]any)
		for _, task := range tasks {
			action, _ := inside(task, "action").(string)
			who, _ := inside(task, "headers", "X-Opaque-Id").(string)
			out = append(out, strings.TrimSpace(action+" "+who))
		}
	}
	slices.Sort(out)
	return out
}

func inside(of any, path ...string) any {
	for _, name := range path {
		m, _ := of.(map[string]any)
		of = m[name]
	}
	return of
}
