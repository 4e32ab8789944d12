// Package store holds records as blocks of core columns over raw bytes, and
// gives readers snapshots of them.
//
// A Store has streams; a stream has blocks; a block has rows. One goroutine
// appends to a stream: its bytes are cut into chunks of whole lines, scanned and
// folded by the stream's logs.Indexer, and the rows that are complete become a
// block. A block never changes once it is in a snapshot. Readers take a snapshot
// (a list of block pointers) and work on it without locks while streams grow.
//
// Only columns stay in memory. The bytes of a record are read when somebody
// looks at it, from the file itself where it can be read again, else from what
// the store keeps: memory first, then a file of its own in the temporary folder.
package store
