// Package themes gives meanings their look: one file a theme, each a function
// that fills the same semantic styles, and one file for the signs that are drawn.
package themes

import "charm.land/lipgloss/v2"

// Theme is the look of everything on the screen, by what it means.
// The background is always the terminal's own.
type Theme struct {
	Name  string
	About string // in a few words, for whoever chooses

	Text     lipgloss.Style // the message
	Dim      lipgloss.Style // what explains: times, keys' descriptions, fields behind the message
	Strong   lipgloss.Style // names, counts that matter, keys to press
	Service  lipgloss.Style
	Context  lipgloss.Style    // records that do not match and stand around those that do
	Cursor   lipgloss.Style    // laid over the row under the cursor
	Selected lipgloss.Style    // rows, or minutes, that are selected
	Found    lipgloss.Style    // a hit of the search
	Trace    lipgloss.Style    // an id by which records belong together
	Mark     lipgloss.Style    // a bookmark
	Fault    lipgloss.Style    // the part of an input that is wrong
	Trouble  lipgloss.Style    // a source or a request that failed
	Notice   lipgloss.Style    // what one should know and is no failure: a gap, a rotation
	Healthy  lipgloss.Style    // a source that is well
	Levels   [7]lipgloss.Style // by logs.Level
	Sources  []lipgloss.Style  // to tell sources apart, in turn
}
