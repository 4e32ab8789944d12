//go:build !amd64

package format

const wide = false

func stopBlocks(*uint64, *byte, int, byte, byte, byte) {}
