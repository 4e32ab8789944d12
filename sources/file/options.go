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
