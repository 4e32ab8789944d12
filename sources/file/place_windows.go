package file

import (
	"os"
	"syscall"
)

// place is what two descriptors of the same file have in common: its volume and its index there.
func place(f *os.File, _ os.FileInfo) (device, inode uint64, err error) {
	var s syscall.ByHandleFileInformation
	if err := syscall.GetFileInformationByHandle(syscall.Handle(f.Fd()), &s); err != nil {
		return 0, 0, err
	}
	return uint64(s.VolumeSerialNumber), uint64(s.FileIndexHigh)<<32 | uint64(s.FileIndexLow), nil
}

// deleted reports whether an open file has no name any more: one that is open cannot be deleted.
func deleted(os.FileInfo) bool { return false }
