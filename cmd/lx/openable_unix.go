//go:build unix

package main

import (
	"io/fs"
	"os/user"
	"strconv"
	"syscall"
)

// whoMayRead names the group that may read a file, or else its owner.
func whoMayRead(info fs.FileInfo) string {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "others only"
	}
	if info.Mode().Perm()&0o040 != 0 {
		id := strconv.FormatUint(uint64(s.Gid), 10)
		if g, err := user.LookupGroupId(id); err == nil {
			return g.Name + " group"
		}
		return "group " + id
	}
	id := strconv.FormatUint(uint64(s.Uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return "only " + u.Username
	}
	return "only user " + id
}
