package session

import "github.com/lxlog/lx/sources"

// A screen knows no sources; what it needs of them it finds here.
type (
	// Filter selects records.
	Filter = sources.Filter
	// Health is how a source is.
	Health = sources.Health
	// Event happened to a source at a time.
	Event = sources.Event
)

// The states of a source that a screen tells apart.
const (
	Opening    = sources.Opening
	CatchingUp = sources.CatchingUp
	Live       = sources.Live
	Trouble    = sources.Trouble
	Ended      = sources.Ended
)

// Skipped is the kind of an event that something was left out: a file of a folder that is no log.
const Skipped = sources.Skipped
