//go:build !race

package main

const (
	raced  = false
	slower = 1
)
