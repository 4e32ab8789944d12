//go:build race

package main

// raced: the race detector needs memory of its own, many times that of the program.
const (
	raced  = true
	slower = 16 // than without it: what is large is less so
)
