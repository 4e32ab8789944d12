package file

import (
	"os"

	"github.com/lxlog/lx/sources"
)

// A descriptor is a plain file that can be read again at any time, also after it
// was renamed or deleted. It is closed by Close, or once nothing refers to it;
// one that was borrowed never is.
type descriptor struct {
	*os.File
	borrowed bool
}

// Close ends the reading of a file that is not borrowed.
func (d descriptor) Close() error {
	if d.borrowed {
		return nil
	}
	return d.File.Close()
}

// Identity tells whether it is still the same data.
func (d descriptor) Identity() (sources.Identity, error) {
	info, err := d.Stat()
	if err != nil {
		return sources.Identity{}, err
	}
	device, inode, err := place(d.File, info)
	return sources.Identity{Device: device, Inode: inode, Size: info.Size(), ModTime: info.ModTime().UnixNano()}, err
}
