package file

import (
	"time"

	"github.com/lxlog/lx/sources/file/charset"
)

// Options hold for all files of a call.
type Options struct {
	// Encoding of the text: "gb18030", "shift-jis", "latin-1", ... (see
	// charset.Named). "" detects UTF-16 and takes all else as it is. A byte order
	// mark has the last word.
	Encoding string

	// Follow goes on with a file that grows, through rotations and truncations,
	// and waits for one that does not exist yet; of folders and patterns, files that
	// appear are read from their beginning.
	Follow bool
	// Poll looks at the files now and then, and does not ask the system to tell of changes.
	Poll bool

	Now func() time.Time // the clock; nil: time.Now
}

func (o Options) named() (charset.Encoding, error) {
	if o.Encoding == "" {
		return charset.AsIs, nil
	}
	return charset.Named(o.Encoding)
}

// encoding of text that begins with head, and the length of its byte order mark.
func (o Options) encoding(named charset.Encoding, head []byte) (charset.Encoding, int) {
	e, mark := charset.Detect(head)
	if mark == 0 && o.Encoding != "" {
		return named, 0
	}
	return e, mark
}
