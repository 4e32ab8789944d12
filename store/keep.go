package store

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
)

// keep holds the bytes of streams that cannot be read again: the newest in
// memory, older ones compressed in files, and no more than it may.
//
// A goroutine of its own, which runs while there is need, moves the oldest extents
// to files when more than soft bytes are in memory; who adds bytes waits for it
// above hard ones. An extent is found in memory until its bytes are safe in a file.
// Where nothing can be written memory is used up to the hard bound, and the oldest bytes are let go.
type keep struct {
	hard     int64
	ahead    int64    // how far below lies soft
	files    spill    // of the goroutine that moves
	unpacked unpacked // extents that were read back

	mu       sync.Mutex
	soft     int64
	moved    sync.Cond // an extent has left memory, or moving has ended
	streams  map[*Stream]*kept
	inMemory []*extent // oldest first
	memory   int64     // bytes that inMemory, and the one that is being moved, hold room for
	out      int64     // bytes of room that have left memory so far
	moving   bool      // the goroutine runs
	closed   bool
}

// kept is what is kept of one stream.
type kept struct {
	extents []*extent // by offset
	end     int64     // offset of the byte that comes next
}

// An extent is consecutive bytes of one stream, at most chunkSize of them.
type extent struct {
	stream *Stream
	from   int64 // offset of the first in the stream
	size   int64
	mem    []byte // nil once they are in a file
	file   place  // where they are then
	sealed bool   // takes no further bytes
}

// leastKept is how many bytes are kept in memory, whatever Options say, where there are files too.
const leastKept = 6 * chunkSize

func newKeep(o Options) *keep {
	k := &keep{files: newSpill(o), streams: map[*Stream]*kept{}}
	k.hard = max(o.Memory, 2*chunkSize)
	if o.Spill >= 0 {
		k.hard = max(k.hard, leastKept)
		unpacked := min(max(k.hard/4, 2*chunkSize), 32*chunkSize)
		k.unpacked.most = int(unpacked / chunkSize)
		k.hard -= unpacked
		k.ahead = min(k.hard/4, 8*chunkSize)
	}
	k.soft = k.hard - k.ahead
	k.moved.L = &k.mu
	return k
}

// add keeps bytes that follow those kept of the stream before. It waits while there is no room.
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
		k.streams[st].end += int64(n)
		data = data[n:]
		if k.memory > k.soft && !k.moving {
			k.moving = true
			if k.files.limit < 0 {
				k.mu.Unlock()
				k.move()
				k.mu.Lock()
			} else {
				go k.move()
			}
		}
		for k.memory > k.hard && k.moving {
			k.moved.Wait()
		}
	}
}

// last returns the extent that the stream's next bytes go to.
func (k *keep) last(st *Stream) *extent {
	s := k.streams[st]
	if s == nil {
		s = &kept{}
		k.streams[st] = s
	}
	e := &extent{stream: st, from: s.end}
	if n := len(s.extents); n > 0 {
		l := s.extents[n-1]
		if !l.sealed && l.size < chunkSize {
			return l
		}
		if l.size == chunkSize { // more will come as fast
			e.mem = make([]byte, 0, chunkSize)
			k.memory += chunkSize
		}
	}
	s.extents = append(s.extents, e)
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

// move writes the oldest extents in memory to files until there is room, and lets go what cannot be kept.
func (k *keep) move() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for k.memory > k.soft && len(k.inMemory) > 0 && !k.closed {
		e := k.inMemory[0]
		e.sealed = true
		k.mu.Unlock()
		at, err := k.files.write(e)
		for err != nil && k.files.oldest() != nil {
			k.letGo(k.files.oldest().extents, err)
			k.files.dropOldest()
			at, err = k.files.write(e)
		}
		k.mu.Lock()
		k.soft = k.hard - k.ahead
		if err != nil {
			if k.soft = k.hard; k.memory <= k.hard {
				break
			}
			k.mu.Unlock()
			k.letGo([]*extent{e}, err)
			k.mu.Lock()
		}
		room := int64(cap(e.mem))
		e.mem, e.file = nil, at
		k.inMemory = k.inMemory[1:]
		k.memory -= room
		k.out += room
		k.moved.Broadcast()
	}
	k.moving = false
	k.moved.Broadcast()
}

// settle waits until what is too much in memory now has left it: what is lost for it is known then.
func (k *keep) settle() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for until := k.out + k.memory - k.soft; k.moving && k.out < until; {
		k.moved.Wait()
	}
}

// letGo forgets extents, which are the oldest of their streams. Their streams
// know it before, so that no reader sees records whose bytes have gone.
func (k *keep) letGo(gone []*extent, why error) {
	ends := map[*Stream]int64{}
	for _, e := range gone {
		ends[e.stream] = e.from + e.size
	}
	for st, end := range ends {
		st.lose(end, why.Error())
		k.mu.Lock()
		if s := k.streams[st]; s != nil {
			n := sort.Search(len(s.extents), func(i int) bool { return s.extents[i].from >= end })
			k.unpacked.forget(s.extents[:n])
			s.extents = slices.Clone(s.extents[n:])
		}
		k.mu.Unlock()
		st.store.changed()
	}
}

// A piece is a part of an extent.
type piece struct {
	extent   *extent
	mem      []byte // of the extent; nil: it is in a file
	from, to int64  // where the part stands in it
}

// inPlace returns n bytes of the stream from offset on where they stand together in memory. They are not to be changed.
func (k *keep) inPlace(st *Stream, offset, n int64) ([]byte, bool) {
	b, from, ok := k.around(st, offset, n)
	if !ok {
		return nil, false
	}
	return b[offset-from:][:n:n], true
}

// around returns all bytes of the extent that has n bytes of the stream from
// offset on, and where they begin; false where they stand in several. They are not to be changed.
func (k *keep) around(st *Stream, offset, n int64) (b []byte, from int64, ok bool) {
	pieces, ok := k.find(st, offset, n)
	if !ok || len(pieces) != 1 {
		return nil, 0, false
	}
	p := pieces[0]
	b, err := k.bytes(p)
	return b, p.extent.from, err == nil
}

// read copies n bytes of the stream from offset on into buf, grown where it must be.
func (k *keep) read(st *Stream, offset, n int64, buf []byte) ([]byte, error) {
	pieces, ok := k.find(st, offset, n)
	if !ok {
		return nil, fmt.Errorf("%s: its bytes from %d on are no longer kept", st.Name(), offset)
	}
	buf = buf[:0]
	for _, p := range pieces {
		b, err := k.bytes(p)
		if err != nil {
			return nil, fmt.Errorf("%s: reading its kept bytes: %w", st.Name(), err)
		}
		buf = append(buf, b[p.from:p.to]...)
	}
	return buf, nil
}

// bytes returns those of a piece's extent. They are not to be changed.
func (k *keep) bytes(p piece) ([]byte, error) {
	if p.mem != nil {
		return p.mem, nil
	}
	return k.unpacked.get(p.extent)
}

// find returns the pieces that hold n bytes of the stream from offset on; false where some are not kept.
func (k *keep) find(st *Stream, offset, n int64) (out []piece, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.streams[st]
	if s == nil {
		return nil, n == 0
	}
	i := sort.Search(len(s.extents), func(i int) bool { return s.extents[i].from+s.extents[i].size > offset })
	for ; n > 0; i++ {
		if i == len(s.extents) || s.extents[i].from > offset {
			return nil, false
		}
		e := s.extents[i]
		from := offset - e.from
		to := min(from+n, e.size)
		out = append(out, piece{e, e.mem[:len(e.mem):len(e.mem)], from, to})
		offset, n = offset+to-from, n-(to-from)
	}
	return out, true
}

// close gives back files and memory. Nobody adds any more.
func (k *keep) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
	for k.moving {
		k.moved.Wait()
	}
	k.streams, k.inMemory, k.memory = map[*Stream]*kept{}, nil, 0
	k.unpacked.clear()
	return k.files.close()
}

var errNotKept = errors.New("they are no longer kept")
