package elastic

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A fakeCluster is a search server of which a test says what can be found: in which
// shard, on which copy, and since when. It answers what this package asks, and 400 to all else.
type fakeCluster struct {
	openSearch bool
	secretive  bool // indices may not be looked at
	old        bool // an Elasticsearch 7
	sole       bool // no shard has a second copy

	mu      sync.Mutex
	indices map[string]*fakeIndex
	made    int                                // indices
	fault   func(r *http.Request) fakeFault    // nil: none
	asked   map[string]int                     // requests by the last part of their paths
	onAsk   func(r *http.Request, body []byte) // nil: nothing
}

type fakeIndex struct {
	name, uuid string
	shards     []*fakeShard
}

// A fakeShard has documents by their numbers.
type fakeShard struct {
	docs []*fakeDoc
	copy int  // that answers
	down bool // no copy answers
}

// A fakeDoc is a document. It may be found on the copies that have it refreshed.
type fakeDoc struct {
	index, id string
	n         int // tells the documents of a test apart
	number    int64
	time      int64 // milliseconds; absent: none
	level     string
	found     [2]bool // by copy
	flight    int     // refreshes that it misses
	gone      bool
}

func newFakeCluster() *fakeCluster {
	return &fakeCluster{indices: map[string]*fakeIndex{}, asked: map[string]int{}}
}

// create makes an index, or makes it again.
func (f *fakeCluster) create(name string, shards int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made++
	x := &fakeIndex{name: name, uuid: fmt.Sprint("u", f.made)}
	for range shards {
		x.shards = append(x.shards, &fakeShard{})
	}
	f.indices[name] = x
}

// write puts a document into a shard, where it cannot be found yet.
func (f *fakeCluster) write(index string, shard, n int, at time.Time, flight int) *fakeDoc {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.indices[index].shards[shard]
	d := &fakeDoc{index: index, id: fmt.Sprint("d", n), n: n, number: int64(len(s.docs)), time: at.UnixMilli(), flight: flight}
	d.level = [...]string{"INFO", "INFO", "ERROR"}[n%3]
	s.docs = append(s.docs, d)
	return d
}

// refresh has what was written to a shard be found on its first copies, but for what is in flight.
func (f *fakeCluster) refresh(index string, shard, copies int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.indices[index].shards[shard].docs {
		if d.flight > 0 {
			d.flight--
			continue
		}
		for i := range copies {
			d.found[i] = true
		}
	}
}

// settle has everything be found everywhere.
func (f *fakeCluster) settle() {
	for _, s := range f.all() {
		f.set(s, func(s *fakeShard) {
			s.down = false
			for _, d := range s.docs {
				d.flight, d.found = 0, [2]bool{true, true}
			}
		})
	}
}

func (f *fakeCluster) all() (out []*fakeShard) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(f.indices)) {
		out = append(out, f.indices[name].shards...)
	}
	return out
}

func (f *fakeCluster) set(s *fakeShard, how func(*fakeShard)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	how(s)
}

// faults has requests answered by a function, or none by nil.
func (f *fakeCluster) faults(of func(*http.Request) fakeFault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = of
}

// requests is how many there were of a kind, "" for all; it counts from nothing again.
func (f *fakeCluster) requests(kind string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for k, of := range f.asked {
		if kind == "" || k == kind {
			n += of
		}
	}
	clear(f.asked)
	return n
}

// matching are the indices of a target, by name.
func (f *fakeCluster) matching(target string) (out []*fakeIndex) {
	for _, name := range slices.Sorted(maps.Keys(f.indices)) {
		in := false
		for p := range strings.SplitSeq(target, ",") {
			out, without := strings.CutPrefix(p, "-")
			if ok, _ := path.Match(out, name); ok {
				in = !without
			}
		}
		if in {
			out = append(out, f.indices[name])
		}
	}
	return out
}

// shardsOf are those that a preference leaves, and how many of them do not answer.
func shardsOf(indices []*fakeIndex, preference string) (up []*fakeShard, down int) {
	only := -1
	if rest, ok := strings.CutPrefix(preference, "_shards:"); ok {
		number, _, _ := strings.Cut(rest, "|")
		only, _ = strconv.Atoi(number)
	}
	for _, x := range indices {
		for i, s := range x.shards {
			switch {
			case only >= 0 && i != only:
			case s.down:
				down++
			default:
				up = append(up, s)
			}
		}
	}
	return up, down
}

// visible are the documents that can be found now.
func visible(shards []*fakeShard) (out []*fakeDoc) {
	for _, s := range shards {
		for _, d := range s.docs {
			if d.found[s.copy] && !d.gone {
				out = append(out, d)
			}
		}
	}
	return out
}

// source is a source that asks the cluster without a network, so that time is a bubble's.
func (f *fakeCluster) source(t *testing.T, o Options) *Source {
	t.Helper()
	o.Name, o.URLs = "prod", []string{"http://search.example:9200"}
	if o.Index == "" {
		o.Index = "logs-*"
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.client.nodes[0].transport = f
	return s
}
