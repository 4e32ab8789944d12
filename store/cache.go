package store

import "sync"

// An indexCache keeps indexes of files in a folder.
type indexCache struct {
	folder string
	saving sync.WaitGroup
}

// load returns the index of the file, for st to check and to go on from; nil where there is none of use.
func (c *indexCache) load(st *Stream, id Identity) *index { return nil }

// save keeps an index, if it can.
func (c *indexCache) save(x *index) {}

// remember keeps what has been indexed for the next time, beside whatever the stream does next.
func (st *Stream) remember() {
	c := st.store.cache
	if c == nil {
		return
	}
	if x := st.indexed(); x != nil {
		c.saving.Go(func() { c.save(x) })
	}
}
