//go:build !unix

package store

import "os"

const directly = 0

// closedTo is true: the user's cache folder is one that others may not write to, as the system sees to.
func closedTo(os.FileInfo, os.FileMode) bool { return true }
