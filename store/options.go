package store

import (
	"os"
	"time"

	"github.com/lxlog/lx/when"
)

// Options bound what a store uses. The zero value has the defaults.
type Options struct {
	// Memory is how many of the bytes that cannot be read again stay in memory, of
	// all streams together, those that were read back included; 0: 64 MiB.
	Memory int64
	// Columns is how many bytes of columns stay in memory, of all streams together; 0: 128 MiB.
	Columns int64
	// Spill is how many bytes of disk they may take beyond, compressed. 0: 10 GB or a tenth of
	// the free disk, whichever is less; negative: none. 1 GiB of disk is left free in any case.
	Spill int64
	// Folder is where those files are made; "": the system's temporary folder.
	Folder string
	// Cache is the folder in which indexes of files are kept for the next time; "": none are.
	Cache string
	// Preview has the newest end of a large file indexed before the rest of it, for a screen to show.
	Preview bool
	// MaxLine is how long a line may be, its end not included; what follows in a
	// longer one is a record of its own, marked logs.Continued. 0: 64 MiB.
	MaxLine int
	// Workers is how many goroutines scan a file at once; 0: as many as there are cores.
	Workers int
	// Now is the clock; nil: time.Now.
	Now when.Clock
	// Changed is called after each change. It must neither block nor call the store. nil: nobody waits.
	Changed func()
}

const (
	chunkSize = 1 << 20  // bytes that are scanned at once
	blockSize = 4 << 20  // bytes that the records of a full block span
	blockRows = 16 << 10 // records of a full block

	defaultColumns = 128 << 20
	defaultMemory  = 64 << 20
	defaultSpill   = 10e9
	defaultMaxLine = 64 << 20
	keepFree       = 1 << 30 // bytes of disk that are never used
)

func (o Options) withDefaults() Options {
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	if o.Columns <= 0 {
		o.Columns = defaultColumns
	}
	if o.Folder == "" {
		o.Folder = os.TempDir()
	}
	if o.MaxLine <= 0 {
		o.MaxLine = defaultMaxLine
	}
	if o.Workers <= 0 {
		o.Workers = cores
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return o
}
