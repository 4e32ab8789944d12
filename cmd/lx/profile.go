package main

import (
	"os"
	"runtime/pprof"
)

// profiled runs f, and writes where it spends the processor's time to the file
// that LX_PROFILE names, for `make profile`.
func profiled(f func() int) int {
	path := os.Getenv("LX_PROFILE")
	if path == "" {
		return f()
	}
	to, err := os.Create(path)
	if err != nil || pprof.StartCPUProfile(to) != nil {
		return f()
	}
	defer to.Close()
	defer pprof.StopCPUProfile()
	return f()
}
