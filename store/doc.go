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
// Only columns stay in memory. The bytes of a record are read when somebody
// looks at it, from the file itself where it can be read again, else from what
// the store keeps: memory first, then files of its own in the temporary folder.
//
// What evaluates queries looks at a block's Summary first, then at its Columns,
// and only then has a Reader decode records.
package store
