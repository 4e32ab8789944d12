// Package ui is the screen: one Bubble Tea model over a session's view.
//
// The model holds a window of rows around the cursor and never the whole view.
// What is on the screen is asked of the view in commands, which run beside the
// loop and come back as messages; Update does no work that waits. One mode has
// the keys at a time (the list, the filter box, the details of a record); a mode
// is a type, and a file.
package ui
