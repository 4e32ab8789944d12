package store

import (
	"fmt"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// A Snapshot is what the store held at one moment. It does not change.
type Snapshot struct {
	Version uint64         // grows with every change of the store
	Streams []*StreamState // by Info.Place, then as they were opened
	fault   error          // of the store as a whole
}

// Lost says for each stream that records of it were let go, how many and why, and
// what else the store could not do as it should.
func (s *Snapshot) Lost() (out []error) {
	if s.fault != nil {
		out = append(out, s.fault)
	}
	for _, st := range s.Streams {
		if l := &st.Lost; l.Records > 0 {
			out = append(out, fmt.Errorf("%s: %s records, from %s to %s, were let go: %s", st.Stream.Name(), summary.Thousands(l.Records), second(l.First), second(l.Last), l.Why))
		}
	}
	return out
}

func second(t int64) string { return time.Unix(0, t).UTC().Format(time.RFC3339) }

// StreamState is what a snapshot knows of one stream.
type StreamState struct {
	Stream *Stream
	Blocks []*Block // by position in the stream
	Open   *Block   // the records that may still grow, marked logs.Open; nil: there are none
	// Preview are blocks of the newest end of a file of which what stands between
	// Blocks and them is not indexed yet. The same records come to stand in Blocks.
	Preview []*Block
	Bytes   int64 // read so far
	Ended   bool
	Lost    Loss
}

// State returns what a snapshot that is taken now knows of the stream.
func (st *Stream) State() *StreamState { return st.snapshot() }

// Loss says which records of a stream are gone: let go for room, or truncated away.
type Loss struct {
	Records     int64
	First, Last int64 // their least and largest order time; logs.NoTime where there are none
	Why         string
}

// add counts records whose order times lie between first and last.
func (l *Loss) add(records int, first, last int64, why string) {
	if l.Records == 0 {
		l.First, l.Last = first, last
	}
	l.First, l.Last = min(l.First, first), max(l.Last, last)
	l.Records += int64(records)
	l.Why = why
}

var noLoss = Loss{First: logs.NoTime, Last: logs.NoTime}
