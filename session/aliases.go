package session

import "github.com/lxlog/lx/sources"

// What a screen needs of sources without knowing them.
type (
	Filter = sources.Filter
	Health = sources.Health
	Event  = sources.Event
)

// The states of a source that a screen tells apart.
const (
	Opening    = sources.Opening
	CatchingUp = sources.CatchingUp
	Live       = sources.Live
	Trouble    = sources.Trouble
	Ended      = sources.Ended
)
