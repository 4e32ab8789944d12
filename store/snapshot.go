package store

import "github.com/lxlog/lx/logs"

// A Snapshot is what the store held at one moment. It does not change.
type Snapshot struct {
	Version uint64   // grows with every change of the store
	Blocks  []*Block // by stream, in each by position
	Streams []*StreamState
}

// StreamState is what a snapshot knows of one stream.
type StreamState struct {
	Stream  *Stream
	Ordinal int    // its place in the order in which streams were opened: what sorts records of equal time
	Open    *Block // the records that may still grow, marked logs.Open; nil: there are none
	Bytes   int64  // read so far
	Ended   bool
	Lost    Loss // records that had to be let go
}

// Loss says which records of a stream are gone: dropped for room, or truncated away.
type Loss struct {
	Records     int64
	First, Last int64 // their times; logs.NoTime
	Why         string
}

// A Block is a run of rows of one stream, in the order of their bytes. Immutable.
type Block struct {
	Stream  *Stream
	Summary Summary

	rows  logs.Rows
	order []int64 // order time of each row
	line  int64   // number of the first physical line, from 1; 0 not known
}

// Summary is what of a block stays in memory whatever happens to its columns.
type Summary struct {
	Rows        int
	First, Last int64 // least and largest order time
	Sorted      bool  // the rows are in the order of their order times
}

// Len is the number of rows.
func (b *Block) Len() int { return len(b.rows.List) }

// Row returns the core columns of row i.
func (b *Block) Row(i int) logs.Row { return b.rows.List[i] }

// Order is the time by which row i is ordered: its event time; without one, that
// of the record before in the stream, at the head of the first that has one; in
// a stream without any time the arrival, or the file's modification time. A live
// record stands at the earlier of event time and arrival.
func (b *Block) Order(i int) int64 { return b.order[i] }

// Service is the name in row i's service column. false: only decoding tells.
func (b *Block) Service(i int) (string, bool) {
	s := b.rows.List[i].Service
	if s == logs.ServiceOverflow {
		return "", false
	}
	return b.rows.Services[s], true
}
