package sources

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

// Health is how a source is.
type Health struct {
	Source string
	State  State
	Text   string // what is wrong and what is done about it, for people; "" where all is well
	Read   int64  // bytes read so far
	Size   int64  // bytes there are; 0 where that is not known
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
