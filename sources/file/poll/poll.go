// Package poll reads descriptors that may have nothing to give for long (pipes,
// named pipes, terminals, devices), so that the reading ends with a context and
// leaves no goroutine behind.
package poll

import "time"

// Idle says what a Reader does when nothing comes. Both functions are called by
// Read, in the goroutine of its caller.
type Idle struct {
	After func() time.Duration // how long from now nothing may come before Do is called; 0: for ever
	Do    func()               // called once for each Read at most
}
