// Package when reads and prints times.
//
// A [Parser] reads the stamps that log lines carry, in every family that is
// common, straight to nanoseconds since 1970 UTC and without allocating. [Typed]
// and [Length] read what people type for a time and for a duration. Everything
// that depends on the present takes it as an argument, or as a [Clock].
package when

import "time"

// A Clock says what time it is; time.Now is one.
type Clock func() time.Time
