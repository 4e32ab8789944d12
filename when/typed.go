package when

import (
	"errors"
	"time"
)

// Interval is the instants that a typed time denotes: nanoseconds since 1970 UTC, [From, To). A point has To == From+1.
type Interval struct{ From, To int64 }

// Typed reads what people type for a time.
func Typed(text string, now time.Time, loc *time.Location) (Interval, error) {
	return Interval{}, errors.New("not a time")
}

// Length reads a duration as people type it: 15m, 1h30m, 2d, 1w, 90s, 500ms.
func Length(text string) (time.Duration, error) { return 0, errors.New("not a length") }
