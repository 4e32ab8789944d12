//go:build unix

package stdin

// terminal is the one that the process was started from.
const terminal = "/dev/tty"
