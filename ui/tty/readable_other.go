//go:build !linux && !darwin

package tty

import (
	"os"
	"time"
)

// readable is not known here: Bubble Tea reads the console's events itself, in which no sequence is cut.
func readable(*os.File, time.Duration) bool { return false }
