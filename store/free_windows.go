package store

import "golang.org/x/sys/windows"

// freeDisk is how many bytes can still be written in a folder; false where the system does not say.
func freeDisk(folder string) (int64, bool) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, false
	}
	var free uint64
	if windows.GetDiskFreeSpaceEx(name, &free, nil, nil) != nil {
		return 0, false
	}
	return int64(free), true
}
