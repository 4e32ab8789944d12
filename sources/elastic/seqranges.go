package elastic

import (
	"cmp"
	"maps"
	"slices"

	"github.com/lxlog/lx/sources"
)

// A shard is one of an index, by its number.
type shard struct {
	index  string
	number int
}

// A seqRange is sequence numbers of a shard, those greater than after and up to to.
type seqRange struct{ after, to int64 }

// seqRanges are documents by their shards and sequence numbers.
type seqRanges map[shard]seqRange

// clause is the query object for those in shards of a number.
func (r seqRanges) clause(number int) any {
	var should list
	for _, at := range r.sorted() {
		if at.number == number {
			should = append(should, ofShard(at.index, r[at]))
		}
	}
	return anyOf(should)
}

// anyOf holds where one of the clauses does; where there are none, nowhere.
func anyOf(clauses list) any {
	if len(clauses) == 0 {
		return object{"match_none": object{}}
	}
	return object{"bool": object{"should": clauses, "minimum_should_match": 1}}
}

func ofShard(index string, r seqRange) any {
	return object{"bool": object{"filter": list{
		object{"term": object{"_index": index}},
		object{"range": object{"_seq_no": object{"gt": r.after, "lte": r.to}}},
	}}}
}

// sorted is the shards in an order that is the same for the same ranges, so that servers may cache what they made of them.
func (r seqRanges) sorted() []shard {
	return slices.SortedFunc(maps.Keys(r), func(a, b shard) int {
		return cmp.Or(cmp.Compare(a.index, b.index), cmp.Compare(a.number, b.number))
	})
}

// add widens r by the ranges of o, which begin where those of r end or before.
func (r seqRanges) add(o seqRanges) {
	for at, more := range o {
		if had, ok := r[at]; ok {
			more = seqRange{min(had.after, more.after), max(had.to, more.to)}
		}
		r[at] = more
	}
}

// Join is the documents of r and of another Set of news.
func (r seqRanges) Join(other any) any {
	o, ok := other.(seqRanges)
	if !ok {
		return nil
	}
	out := maps.Clone(r)
	out.add(o)
	return out
}

// A share is documents that news are about, as one search may ask for them.
type share struct {
	number  int      // of their shards
	names   []string // of their indices
	clauses list     // of which one holds
}

// maxShare is how many clauses a share has at most, of two conditions each: servers take 1,024.
const maxShare = 400

// sharesOf are the documents that pieces of news are about, each in one share. Ranges that lie apart stay apart.
func sharesOf(pieces []sources.News) (shares []*share) {
	all := map[shard][]seqRange{}
	for _, p := range pieces {
		if set, ok := p.Set.(seqRanges); ok {
			for at, r := range set {
				all[at] = append(all[at], r)
			}
		}
	}
	open := map[int]*share{} // by number
	for _, at := range slices.SortedFunc(maps.Keys(all), func(a, b shard) int { return cmp.Compare(a.index, b.index) }) {
		for _, r := range joined(all[at]) {
			of := open[at.number]
			if of == nil || len(of.clauses) == maxShare {
				of = &share{number: at.number}
				open[at.number], shares = of, append(shares, of)
			}
			of.clauses = append(of.clauses, ofShard(at.index, r))
			if n := len(of.names); n == 0 || of.names[n-1] != at.index {
				of.names = append(of.names, at.index)
			}
		}
	}
	return shares
}

// joined makes one of ranges that touch.
func joined(list []seqRange) (out []seqRange) {
	slices.SortFunc(list, func(a, b seqRange) int { return cmp.Compare(a.after, b.after) })
	for _, r := range list {
		if n := len(out); n > 0 && r.after <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}
