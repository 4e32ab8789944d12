package store

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
)

// An indexCache keeps indexes of files in a folder of the user's own, a file for
// each device and inode. Nothing that goes wrong with it is an error: the log
// file is indexed then.
type indexCache struct {
	folder string
	least  int64 // bytes of a log file whose index is worth keeping
	limit  int64 // bytes of all files together
	saving sync.WaitGroup
	one    sync.Mutex // indexes are written one after the other, as each takes room
}

const (
	leastIndexed = 4 << 20
	cacheLimit   = 2e9
	cacheSuffix  = ".index"
	asideSuffix  = ".writing"
	asideFor     = time.Hour // what is written aside for so long was left behind
	edgeSize     = 64 << 10  // bytes at each end of a file that are looked at where its times say that it has not changed
)

// newIndexCache returns nil where no indexes are to be kept.
func newIndexCache(folder string) *indexCache {
	if folder == "" {
		return nil
	}
	return &indexCache{folder: folder, least: leastIndexed, limit: cacheLimit}
}

func (c *indexCache) path(id Identity) string {
	return filepath.Join(c.folder, fmt.Sprintf("%x-%x%s", id.Device, id.Inode, cacheSuffix))
}

// parameters is what beside its bytes the index of a stream depends on.
func (st *Stream) parameters() string {
	return fmt.Sprintf("%s\x00%d\x00%d\x00%d", st.ix.Parameters(), st.store.o.MaxLine, blockSize, blockRows)
}

// load returns the index of the file, for st to check and to go on from; nil where there is none of use.
func (c *indexCache) load(st *Stream, id Identity) *index {
	if !private(c.folder) {
		return nil
	}
	path := c.path(id)
	f, err := openPrivate(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	h, lead, err := readCache(f)
	if err != nil || h.identity.Device != id.Device || h.identity.Inode != id.Inode || h.parameters != st.parameters() || !h.placedAlike(st, id) {
		return nil
	}
	now := st.store.o.Now()
	_ = os.Chtimes(path, now, now) // it has been used
	m := &mender{st: st, x: h.index, file: &cachedFile{path: path, lead: lead}}
	at, row := int64(leadSize), 0
	for i, b := range h.blocks {
		b.ID, b.Stream, b.Summary.Full = st.store.ids.Add(1), st, true
		if b.detail != nil {
			b.detail.services = h.services
		}
		b.page = &page{pages: st.store.pages, names: names{st, h.services, h.formats}, file: m.file, at: at, len: int32(h.pages[i]), cached: &cachedPage{m, b, row}}
		at += h.pages[i]
		row += b.Summary.Rows
	}
	return h.index
}

// placedAlike reports whether st would order the records as the index has them:
// none stands at a time that the file has no longer, or at its arrival.
func (h *indexHead) placedAlike(st *Stream, id Identity) bool {
	if h.last == logs.NoTime {
		return !st.info.Live && h.identity == id
	}
	return !st.info.Live || latest(h.blocks) <= st.store.o.Now().UnixNano()
}

// latest is the greatest order time of blocks.
func latest(blocks []*Block) int64 {
	t := logs.NoTime
	for _, b := range blocks {
		t = max(t, b.Summary.Last)
	}
	return t
}

// readCache reads a file but for its pages.
func readCache(f *os.File) (h *indexHead, lead []byte, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	lead = make([]byte, leadSize)
	if _, err := f.ReadAt(lead, 0); err != nil {
		return nil, nil, err
	}
	at, length, sum, err := readLead(lead, info.Size())
	if err != nil {
		return nil, nil, err
	}
	b := make([]byte, length)
	if _, err := f.ReadAt(b, at); err != nil {
		return nil, nil, err
	}
	if crc32.Checksum(b, castagnoli) != sum {
		return nil, nil, errCache
	}
	if h, err = readHead(b); err != nil {
		return nil, nil, err
	}
	end := int64(leadSize)
	for _, n := range h.pages {
		end += n
	}
	if end != at {
		return nil, nil, errCache
	}
	return h, lead, nil
}

// save keeps an index, if it can.
func (c *indexCache) save(x *index) {
	c.one.Lock()
	defer c.one.Unlock()
	if len(x.blocks) == 0 || os.MkdirAll(c.folder, 0o700) != nil || !private(c.folder) || c.write(x) != nil {
		return
	}
	c.tidy(x.began)
}

// write writes the file of an index aside, and puts it in its place when it is whole.
func (c *indexCache) write(x *index) (err error) {
	f, err := os.CreateTemp(c.folder, "*"+asideSuffix)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // there is no use in it
		}
	}()
	err = c.writeTo(f, x)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	_ = os.Chtimes(f.Name(), x.began, x.began) // only the order in which files go depends on it
	return os.Rename(f.Name(), c.path(x.identity))
}

// writeTo writes pages, head and lead.
func (c *indexCache) writeTo(f *os.File, x *index) error {
	h := &indexHead{index: x}
	at := int64(leadSize)
	err := eachPacked(x.blocks, func(p *packing) error {
		h.pages = append(h.pages, p.sizes...)
		_, err := f.WriteAt(p.pages, at)
		if at += int64(len(p.pages)); err != nil {
			return err
		}
		if free, ok := freeDisk(c.folder); at > c.limit || ok && free < 10*at {
			return errCache
		}
		return nil
	})
	if err != nil {
		return err
	}
	head := h.append(nil)
	if len(head) > mostHead {
		return errCache
	}
	if _, err := f.WriteAt(head, at); err != nil {
		return err
	}
	_, err = f.WriteAt(appendLead(nil, at, head), 0)
	return err
}

// tidy removes what was used longest ago where there is too much, and what other programs have left behind.
func (c *indexCache) tidy(now time.Time) {
	entries, err := os.ReadDir(c.folder)
	if err != nil {
		return
	}
	var kept []os.FileInfo
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !info.Mode().IsRegular():
		case strings.HasSuffix(e.Name(), asideSuffix):
			if now.Sub(info.ModTime()) > asideFor {
				_ = os.Remove(filepath.Join(c.folder, e.Name()))
			}
		case strings.HasSuffix(e.Name(), cacheSuffix):
			kept = append(kept, info)
			total += info.Size()
		}
	}
	slices.SortFunc(kept, func(a, b os.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	for _, info := range kept {
		if total <= c.limit {
			return
		}
		if os.Remove(filepath.Join(c.folder, info.Name())) == nil {
			total -= info.Size()
		}
	}
}

// close waits for what is being written.
func (c *indexCache) close() {
	if c != nil {
		c.saving.Wait()
	}
}

// remember keeps what has been indexed for the next time, beside whatever the stream does next.
func (st *Stream) remember() {
	c := st.store.cache
	if c == nil || st.end() < c.least {
		return
	}
	if x := st.indexed(); x != nil {
		c.saving.Go(func() { c.save(x) })
	}
}

// edges is the sum of the first and the last bytes of a file of that size.
func edges(data io.ReaderAt, size int64) (uint32, error) {
	b := make([]byte, min(size, edgeSize))
	var sum uint32
	for _, at := range [...]int64{0, size - int64(len(b))} {
		if n, err := data.ReadAt(b, at); n < len(b) {
			return 0, err
		}
		sum = crc32.Update(sum, castagnoli, b)
	}
	return sum, nil
}
