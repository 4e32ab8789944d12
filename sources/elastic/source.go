package elastic

import (
	"sync/atomic"
	"time"

	"github.com/lxlog/lx/sources"
)

// A Source is a set of indices of one server. It is a [sources.Searcher] and a [sources.Faceter].
type Source struct {
	o      Options
	client *client
	hurry  chan struct{} // ends a wait of Run

	asking chan struct{} // holds one value while the catalog is asked for
	known  atomic.Pointer[catalog]
	until  atomic.Int64 // when it is to be asked for again, nanoseconds since 1970

	forgotten atomic.Int64 // how often it was to be asked for again because the indices are others
}

var _ sources.Faceter = (*Source)(nil)

// New returns the source that the options describe. It asks nothing yet. The
// error says what is wrong with the options.
func New(o Options) (*Source, error) {
	if o.Index == "" {
		o.Index = DefaultIndex
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c, err := newClient(o)
	if err != nil {
		return nil, err
	}
	return &Source{o: o, client: c, hurry: make(chan struct{}, 1), asking: make(chan struct{}, 1)}, nil
}

// Name implements sources.Source.
func (s *Source) Name() string { return s.o.Name }
