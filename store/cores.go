package store

import "runtime"

var cores = runtime.GOMAXPROCS(0)

// Cores is how many goroutines work may take at once: as many as could run when the
// program started. A screen lets more run than that, so that no key waits for work.
func Cores() int { return cores }
