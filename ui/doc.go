// Package ui is the screen: one Bubble Tea model over a session's views.
//
// The model holds a window of rows around the cursor and never all that is selected.
// What is on the screen is asked of the session in commands, which run beside the
// loop and come back as messages; Update does no work that waits. The screen is a pile
// of layers: a view (the list of records, the details of one, the fields) over a scope,
// which is what a selection finds. The view on top has the keys, unless a box, where
// something is typed or asked, is open. A view, or a box, is a type, and a file.
package ui
