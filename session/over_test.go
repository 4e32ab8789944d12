package session

import (
	"context"
	"runtime"
	"testing"

	"github.com/lxlog/lx/store"
)

// Work takes no more than there was at the start, so that what is more is for the keys.
func TestWorkLeavesRoomForKeys(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(store.Cores() + 2))
	workers := 0
	err := over(t.Context(), make([]int, 100), func() func(context.Context, int) error {
		workers++
		return func(context.Context, int) error { return nil }
	})
	if err != nil || workers != store.Cores() {
		t.Errorf("%d goroutines work on %d cores: %v", workers, store.Cores(), err)
	}
}
