package file

import (
	"os"

	"golang.org/x/sys/unix"
)

// dataFrom is where the first data of a file lies from offset at on; at itself
// where the system does not say. It moves the file's place.
func dataFrom(f *os.File, at int64) int64 {
	to, err := f.Seek(at, unix.SEEK_DATA)
	if err != nil {
		return at
	}
	return max(at, to)
}
