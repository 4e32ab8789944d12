package elastic

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

const (
	hashBits = 24
	hashes   = 1<<hashBits - 1<<10 // the rest is for those of equal hashes
)

// seqNoOf is the number that documents at the position have in their shards.
func seqNoOf(p sources.Position) int64 { return p.Sequence >> hashBits }

// A found is a hit as the server places it.
type found struct {
	*answeredHit
	sources.Position
}

// seqNo is the document's number in its shard.
func (f *found) seqNo() int64 { return seqNoOf(f.Position) }

// place returns where the sort values put a hit. false: they are none of those that were asked for.
func (c *catalog) place(h *answeredHit, timed bool) (found, bool) {
	f := found{answeredHit: h, Position: sources.Position{Time: logs.NoTime}}
	want := 1
	if timed {
		want = 2
	}
	if len(h.Sort) != want {
		return f, false
	}
	seqNo, ok := whole(h.Sort[want-1])
	if !ok || seqNo < 0 || seqNo > math.MaxInt64>>hashBits {
		return f, false
	}
	if timed {
		if f.Time, ok = whole(h.Sort[0]); !ok {
			return f, false
		}
		if !c.nanos {
			f.Time = fromMilli(f.Time)
		}
	}
	f.Sequence = seqNo<<hashBits | int64(h.hash()%hashes)
	return f, true
}

// hash is that of the document's identity, FNV-1a of 64 bits.
func (h *answeredHit) hash() uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	sum := uint64(offset)
	for i := range len(h.Index) {
		sum = (sum ^ uint64(h.Index[i])) * prime
	}
	sum = (sum ^ '/') * prime
	for i := range len(h.DocID) {
		sum = (sum ^ uint64(h.DocID[i])) * prime
	}
	return sum
}

// fromMilli is logs.NoTime for a time that nanoseconds cannot express.
func fromMilli(ms int64) int64 {
	if ms < firstMilli || ms > lastMilli {
		return logs.NoTime
	}
	return ms * milli
}

// whole reads an integer as JSON has it.
func whole(raw json.RawMessage) (n int64, ok bool) {
	for i, c := range raw {
		if c -= '0'; c > 9 || i == 18 { // a sign, or perhaps too large
			n, err := strconv.ParseInt(string(raw), 10, 64)
			return n, err == nil
		}
		n = n*10 + int64(c)
	}
	return n, len(raw) > 0
}

// sameGroup: the server orders them no further.
func sameGroup(a, b *found) bool { return a.Time == b.Time && a.seqNo() == b.seqNo() }

// order puts hits of whole groups into the order of their positions, from either side, and tells
// those apart whose hashes are the same.
func order(hits []found, backward bool) {
	for at := 0; at < len(hits); {
		end := at + 1
		for end < len(hits) && sameGroup(&hits[at], &hits[end]) {
			end++
		}
		if group := hits[at:end]; len(group) > 1 {
			slices.SortFunc(group, func(a, b found) int {
				return cmp.Or(cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.Index, b.Index), cmp.Compare(a.DocID, b.DocID))
			})
			for i := 1; i < len(group); i++ {
				group[i].Sequence = max(group[i].Sequence, group[i-1].Sequence+1)
			}
			if backward {
				slices.Reverse(group)
			}
		}
		at = end
	}
}

// beyond reports whether p lies behind start as a page goes.
func beyond(p, start sources.Position, backward bool) bool {
	d := cmp.Or(cmp.Compare(p.Time, start.Time), cmp.Compare(p.Sequence, start.Sequence))
	if backward {
		return d < 0
	}
	return d > 0
}
