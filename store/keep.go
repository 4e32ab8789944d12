package store

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"sync"
)

// keep holds the bytes of streams that cannot be read again: the newest in
// memory, older ones in files, and no more than it may.
type keep struct {
	o Options

	mu       sync.Mutex
	extents  map[*Stream][]*extent // by offset
	inMemory []*extent             // oldest first
	memory   int64                 // bytes that inMemory holds room for
	files    spill
}

// An extent is consecutive bytes of one stream, at most chunkSize of them.
type extent struct {
	stream *Stream
	from   int64 // offset of the first in the stream
	size   int64
	mem    []byte   // nil once they are in a file
	file   *segment // nil while they are in memory
	at     int64    // their place in the file
}

func newKeep(o Options) *keep {
	return &keep{o: o, extents: map[*Stream][]*extent{}, files: spill{folder: o.Folder, limit: o.Spill}}
}

// add keeps bytes that follow those kept of the stream before.
func (k *keep) add(st *Stream, data []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(data) > 0 {
		e := k.last(st)
		n := min(len(data), chunkSize-len(e.mem))
		k.memory -= int64(cap(e.mem))
		e.mem = append(room(e.mem, n), data[:n]...)
		k.memory += int64(cap(e.mem))
		e.size += int64(n)
		data = data[n:]
		for k.memory > k.o.Memory && len(k.inMemory) > 0 {
			k.moveOldest()
		}
	}
}

// last returns the extent that the stream's next bytes go to.
func (k *keep) last(st *Stream) *extent {
	list := k.extents[st]
	e := &extent{stream: st}
	if n := len(list); n > 0 {
		l := list[n-1]
		if l.mem != nil && len(l.mem) < chunkSize {
			return l
		}
		e.from = l.from + l.size
	} else {
		e.from = st.floor // nothing was kept, or all of it was let go
	}
	k.extents[st] = append(list, e)
	k.inMemory = append(k.inMemory, e)
	return e
}

// room returns b with room for n more bytes, twice as much as before where that is not too much.
func room(b []byte, n int) []byte {
	need := len(b) + n
	if need <= cap(b) {
		return b
	}
	return append(make([]byte, 0, min(chunkSize, max(need, 2*cap(b), 4096))), b...)
}

// moveOldest writes the oldest extent in memory to a file, or lets it go where there is no room.
func (k *keep) moveOldest() {
	e := k.inMemory[0]
	k.inMemory = k.inMemory[1:]
	k.memory -= int64(cap(e.mem))
	for {
		err := k.files.write(e)
		if err == nil {
			e.mem = nil
			return
		}
		oldest := k.files.oldest()
		if oldest == nil || !errors.Is(err, errFull) {
			e.mem = nil
			k.letGo([]*extent{e}, err)
			return
		}
		k.letGo(oldest, err)
	}
}

// letGo forgets extents, which are the oldest of their streams.
func (k *keep) letGo(gone []*extent, why error) {
	for _, e := range gone {
		list := k.extents[e.stream]
		if i := slices.Index(list, e); i >= 0 {
			k.extents[e.stream] = list[i+1:]
			if i+1 == len(list) {
				delete(k.extents, e.stream)
			}
		}
		e.stream.lose(e.from+e.size, why.Error())
	}
}

// A piece is a part of an extent.
type piece struct {
	mem  []byte
	file *segment
	at   int64
	size int
}

// inPlace returns n bytes of the stream from offset on where they stand together in memory. They are not to be changed.
func (k *keep) inPlace(st *Stream, offset, n int64) ([]byte, bool) {
	pieces, ok := k.find(st, offset, n)
	if !ok || len(pieces) != 1 || pieces[0].mem == nil {
		return nil, false
	}
	return pieces[0].mem, true
}

// read copies n bytes of the stream from offset on into buf, grown where it must be.
func (k *keep) read(st *Stream, offset, n int64, buf []byte) ([]byte, error) {
	pieces, ok := k.find(st, offset, n)
	if !ok {
		return nil, fmt.Errorf("%s: its bytes from %d on are no longer kept", st.Name(), offset)
	}
	buf = buf[:0]
	for _, p := range pieces {
		if p.mem != nil {
			buf = append(buf, p.mem...)
			continue
		}
		at := len(buf)
		buf = slices.Grow(buf, p.size)[:at+p.size]
		if _, err := p.file.f.ReadAt(buf[at:], p.at); err != nil {
			if errors.Is(err, fs.ErrClosed) {
				err = errors.New("they are no longer kept")
			}
			return nil, fmt.Errorf("%s: reading its kept bytes: %w", st.Name(), err)
		}
	}
	return buf, nil
}

// find returns the pieces that hold n bytes of the stream from offset on; false where some are not kept.
func (k *keep) find(st *Stream, offset, n int64) (out []piece, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	list := k.extents[st]
	i := sort.Search(len(list), func(i int) bool { return list[i].from+list[i].size > offset })
	for ; n > 0; i++ {
		if i == len(list) || list[i].from > offset {
			return nil, false
		}
		e := list[i]
		skip := offset - e.from
		size := min(n, e.size-skip)
		p := piece{file: e.file, at: e.at + skip, size: int(size)}
		if e.mem != nil {
			p.mem = e.mem[skip : skip+size : skip+size]
		}
		out = append(out, p)
		offset, n = offset+size, n-size
	}
	return out, true
}

func (k *keep) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.extents, k.inMemory, k.memory = map[*Stream][]*extent{}, nil, 0
	return k.files.close()
}
