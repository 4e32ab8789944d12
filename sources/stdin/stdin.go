// Package stdin reads standard input: what another program writes into a pipe,
// as it comes, or a file that it was redirected from.
package stdin

import (
	"os"

	"github.com/lxlog/lx/sources/file"
)

// Name is what standard input is called on the command line and in records.
const Name = "-"

// New returns the source that reads f, which is standard input, to its end. Of a
// pipe or a terminal it hands on at once what is there, and Run ends with its
// context even while nothing comes; except on a terminal under macOS and a
// console under Windows, where that takes until the next line. A regular file
// (`< app.log`) is read in place, as one that was named. f is never closed.
func New(f *os.File, o file.Options) *file.Source {
	return file.OnDescriptor(Name, f, o)
}
