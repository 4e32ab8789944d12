package elastic

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/sources"
)

// A server that refuses us ends the source's Run, before it was followed and while it is.
// Run again it misses nothing that came meanwhile.
func TestRunAgain(t *testing.T) {
	refuse := func(*http.Request) fakeFault { return faultUnknown }
	bubble(t, func(t *testing.T) {
		f := newFakeCluster()
		f.create("logs-1", 1)
		f.faults(refuse)
		w := watch(t, f, 10)
		defer w.end()
		for range 2 {
			pass(time.Minute)
			if h := w.health(); h.State != sources.Ended || !strings.Contains(h.Text, "401") || len(w.session.Errors()) != 1 {
				t.Fatalf("refused it is %+v, %v", h, w.session.Errors())
			}
			w.write("logs-1", 0, 5, 0)
			f.refresh("logs-1", 0, 2)
			f.faults(nil)
			w.session.Retry()
			pass(10 * time.Second)
			if h := w.health(); h.State != sources.Live || h.Text != "" || len(w.session.Errors()) > 0 {
				t.Fatalf("let in it is %+v, %v", h, w.session.Errors())
			}
			w.checkRows()
			w.write("logs-1", 0, 5, 0)
			f.refresh("logs-1", 0, 2)
			pass(10 * time.Second)
			w.checkRows()
			f.faults(refuse)
		}
	})
}
