package format

import "golang.org/x/sys/cpu"

// wide says whether the processor compares 32 bytes at once.
var wide = cpu.X86.HasAVX2

// stopBlocks is stopBits of blocks of 64 bytes, one at least, with AVX2.
//
//go:noescape
func stopBlocks(bits *uint64, b *byte, blocks int, quote, slash, control byte)
