// Package themes gives meanings their look: one file a theme, each a function
// that fills the same semantic styles.
package themes

import "charm.land/lipgloss/v2"

// Theme is the look of everything on the screen, by what it means.
// The background is always the terminal's own.
type Theme struct {
	Text    lipgloss.Style // the message
	Dim     lipgloss.Style // what explains: times, keys' descriptions, fields behind the message
	Strong  lipgloss.Style // names, counts that matter, keys to press
	Service lipgloss.Style
	Cursor  lipgloss.Style // laid over the row under the cursor
	Fault   lipgloss.Style // the part of an input that is wrong
	Trouble lipgloss.Style // a source or a request that failed
	Healthy lipgloss.Style
	Levels  [7]lipgloss.Style // by logs.Level
}
