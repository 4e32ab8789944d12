package stdin

import "os"

// Keyboard opens the terminal for reading keys, for the case that standard input
// brings records. It is the caller's to close. The error says that there is none.
func Keyboard() (*os.File, error) {
	return os.OpenFile(terminal, os.O_RDWR, 0)
}
