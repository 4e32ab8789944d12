package sources

import "time"

// State is how a source is, in one word.
type State uint8

const (
	Opening    State = iota
	CatchingUp       // reading what was there before
	Live             // all that was there has been read; what comes is shown as it comes
	Trouble          // it tries again; Health.Text says what is wrong
	Ended            // nothing more will come
)

func (s State) String() string {
	return [...]string{"opening", "catching up", "live", "trouble", "ended"}[s]
}

// Health is how a source is. What a source reports of it stands first; the
// session fills in the rest, the same for all sources.
type Health struct {
	Source  string
	Kind    string // what it is, in one word: "file", "pipe", "device", "folder", "command"; "" where it does not say
	State   State
	Text    string // what is wrong and what is done about it, for people; "" where all is well
	Read    int64  // bytes read so far
	Size    int64  // bytes there are; 0 where that is not known
	Retries int64  // how often it failed and was tried again

	Since     int64         // when it came to be in State, nanoseconds since 1970
	Records   int64         // that came so far, those that are gone included
	Gone      int64         // of them, those that are no more: let go for room, or truncated away
	Late      int64         // of them, those that came late, once it was live: see session.Row
	Rotations int64         // rotations and truncations
	Newest    int64         // order time of the newest record; logs.NoTime: there is none
	Lag       time.Duration // how far that lies before now; 0 unless the source is live
	Rate      float64       // records a second, over the last 10 s or since it was live; 0 before
	Growth    float64       // bytes a minute, over the last minute or since it was live; 0 before
}

// EventKind is what happened to a source.
type EventKind uint8

const (
	Rotated EventKind = iota
	Truncated
	Gap       // records are missing: Event.Text says why and, where it is known, how many
	Reconnect // after trouble
	Skipped   // something was left out: a file of a folder that is no log
)

// An Event happened to a source at a time; it is shown among the records and is none.
type Event struct {
	Source string
	Time   int64 // nanoseconds since 1970
	Kind   EventKind
	Text   string
}
