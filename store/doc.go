// Package store holds records as blocks of core columns over raw bytes, and
// gives readers snapshots of them.
//
// A Store has streams; a stream has blocks; a block has rows. One goroutine
// appends to a stream: its bytes are cut into chunks of whole lines, scanned and
// folded by the stream's logs.Indexer, and the rows that are complete join the
// stream's last block until that is full. What a reader has seen of a block never
// changes. Readers take a snapshot (a list of block pointers) and work on it
// without locks while streams grow.
//
// Only summaries stay in memory for certain. Columns do as long as there is room,
// and are pages in files beyond it. The bytes of a record are read when somebody
// looks at it, from the file itself where it can be read again, else from what the
// store keeps: memory first, then packed and checked files in the temporary folder,
// of which the oldest go, counted, when there are too many.
//
// The index of a large file is kept for the next time in a folder of the user's,
// and is gone on from where the file still begins as it was indexed.
//
// What evaluates queries looks at a block's Summary first, then at its Columns,
// and then has a Reader find in their bytes which records match: Reader.Match.
package store
