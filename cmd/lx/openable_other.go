//go:build !unix

package main

import "io/fs"

// whoMayRead says who may read a file.
func whoMayRead(fs.FileInfo) string { return "others only" }
