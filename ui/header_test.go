package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
)

// A pipe says when it ended, and what to do where none of its records has a time.
func TestHeaderOfAPipe(t *testing.T) {
	f := func(state sources.State, timed bool, width int, want string) {
		t.Helper()
		x := newShop(20)
		x.health = []session.Health{{Source: "-", Kind: "pipe", State: state, Since: noon.Add(2*time.Minute + 3*time.Second).UnixNano()}}
		if !timed {
			for _, r := range x.rows {
				r.Record.Time = logs.NoTime
			}
		}
		s := open(t, x, width, 24, "")
		if got, _, _ := strings.Cut(s.frame(), "\n"); !strings.HasPrefix(got, want) {
			t.Errorf("the header is %q, not %q", got, want)
		}
	}
	f(session.Live, true, 80, " ● pipe live      ")
	f(session.Live, false, 80, " ● pipe live  no times: kubectl logs --timestamps  ")
	f(session.Ended, true, 80, " - pipe ended 12:02:03      ")
	f(session.Ended, false, 100, " - pipe ended 12:02:03  no times: kubectl logs --timestamps  ")
	f(session.Live, false, 50, " ● pipe live      ")
}
