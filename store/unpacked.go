package store

import (
	"slices"
	"sync"
)

// unpacked is the extents that were read back last. One that could not be read
// is not read again until others have taken its place.
type unpacked struct {
	most int // how many there may be

	mu   sync.Mutex
	list []*unpacking // the one used last is at the end
}

// An unpacking is one extent that is, or is being, read back.
type unpacking struct {
	e     *extent
	once  sync.Once
	bytes []byte
	err   error
}

// get returns the bytes of an extent that is in a file. They are not to be changed.
func (u *unpacked) get(e *extent) ([]byte, error) {
	p := u.use(e)
	p.once.Do(func() { p.bytes, p.err = e.file.read(e.size) })
	return p.bytes, p.err
}

// use makes e's the unpacking used last.
func (u *unpacked) use(e *extent) *unpacking {
	u.mu.Lock()
	defer u.mu.Unlock()
	n := len(u.list)
	for i := n - 1; i >= 0; i-- {
		if p := u.list[i]; p.e == e {
			copy(u.list[i:], u.list[i+1:])
			u.list[n-1] = p
			return p
		}
	}
	p := &unpacking{e: e}
	if n < u.most {
		u.list = append(u.list, p)
	} else {
		copy(u.list, u.list[1:])
		u.list[n-1] = p
	}
	return p
}

// forget drops extents.
func (u *unpacked) forget(gone []*extent) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.list = slices.DeleteFunc(u.list, func(p *unpacking) bool { return slices.Contains(gone, p.e) })
}

func (u *unpacked) clear() {
	u.mu.Lock()
	u.list = nil
	u.mu.Unlock()
}
