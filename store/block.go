package store

// A Block is a run of records of one stream, in the order of their bytes. It does not change.
type Block struct {
	// ID is the block's in its store. A later snapshot may hold a longer block of
	// the same ID: it begins with the records that this one has. Records whose
	// columns have changed stand in a block of another ID.
	ID      uint64
	Stream  *Stream
	Summary Summary

	columns *Columns
}

// Summary is what of a block stays in memory whatever happens to its columns.
type Summary struct {
	Rows        int
	Offset      int64 // of the first record
	First, Last int64 // least and largest order time
	Sorted      bool  // the records are in the order of their order times
	Full        bool  // no record will join the block
}

// Columns returns the block's columns, which may have to be read back: keep
// them while working on the block, and no longer. The error says what could not be read.
func (b *Block) Columns() (*Columns, error) { return b.columns, nil }
