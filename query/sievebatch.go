package query

import "github.com/lxlog/lx/logs"

// A Batch is records of a stream that a Sieve looks at together. The zero value
// is ready; it belongs to one goroutine. Records that share bytes with others,
// that are longer than logs.MaxDecode, or whose stream has attributes of its own,
// are in none.
type Batch struct {
	Bytes    []byte  // of all rows, and perhaps of others between them
	From, To []int32 // row i is Bytes[From[i]:To[i]]; in order, and none shares bytes with another
	Rows     []int32 // their numbers in Columns
	Columns  Columns

	frequent  [256]uint32 // how often each byte stands in a sample of the first bytes
	sampled   bool
	scratch   []Bits
	borrowed  int
	doubts    Bits // rows whose bytes do not show what they mean
	doubtsFor *logs.Transparency
	record    logs.Record
}

// Columns are the core columns of a block's records.
type Columns interface {
	Severity(i int) logs.Severity
	Time(i int) int64             // as in logs.Row
	Trace(i int) uint32           // as in logs.Row
	Service(i int) (string, bool) // false: only decoding tells
}

// Reset makes the batch empty for other bytes. rows of the same kind: how often each byte stands in them is not counted again.
func (b *Batch) Reset() {
	b.Bytes, b.From, b.To, b.Rows, b.doubtsFor = nil, b.From[:0], b.To[:0], b.Rows[:0], nil
}

// Add adds row i of the columns, which is Bytes[from:to].
func (b *Batch) Add(i, from, to int) {
	b.From, b.To, b.Rows = append(b.From, int32(from)), append(b.To, int32(to)), append(b.Rows, int32(i))
}

// Len is how many rows there are.
func (b *Batch) Len() int { return len(b.From) }

// borrow returns two sets with room for all rows, with any content, until giveBack, which takes back what was borrowed last.
func (b *Batch) borrow() (Bits, Bits) {
	return b.bits(), b.bits()
}

func (b *Batch) bits() Bits {
	if b.borrowed == len(b.scratch) {
		b.scratch = append(b.scratch, nil)
	}
	s := &b.scratch[b.borrowed]
	n := (b.Len() + 63) / 64
	if cap(*s) < n {
		*s = make(Bits, n)
	}
	b.borrowed++
	return (*s)[:n]
}

func (b *Batch) giveBack() { b.borrowed -= 2 }

// row returns the bytes of row i.
func (b *Batch) row(i int) []byte { return b.Bytes[b.From[i]:b.To[i]] }

const (
	sample = 16 << 10 // bytes that are counted
	stride = 7        // of which one in so many
)

// often is how often a byte stands among the sample's.
func (b *Batch) often(c byte) uint32 {
	if !b.sampled {
		b.sampled = true
		for i := 0; i < min(len(b.Bytes), sample); i += stride {
			b.frequent[b.Bytes[i]]++
		}
	}
	return b.frequent[c]
}

// runs calls each for the runs of rows of asked that follow one another, from first up to before last.
func (b *Batch) runs(asked Bits, each func(first, last int)) {
	for first := asked.Next(0); first >= 0 && first < b.Len(); {
		last := asked.end(first, b.Len())
		each(first, last)
		first = asked.Next(last)
	}
}

// A cursor finds the rows of positions that never go back.
type cursor struct {
	b *Batch
	i int
}

// row is the row that holds the byte at pos; -1 where none does.
func (c *cursor) row(pos int) int {
	for c.i < len(c.b.To) && int(c.b.To[c.i]) <= pos {
		c.i++
	}
	if c.i == len(c.b.To) || int(c.b.From[c.i]) > pos {
		return -1
	}
	return c.i
}

// doubtful are the rows whose bytes do not show what they mean: those with \u, or with a text as the numbers of its bytes.
func (b *Batch) doubtful(t *logs.Transparency) Bits {
	if b.doubtsFor == t {
		return b.doubts
	}
	n := (b.Len() + 63) / 64
	if cap(b.doubts) < n {
		b.doubts = make(Bits, n)
	}
	b.doubts, b.doubtsFor = b.doubts[:n], t
	clear(b.doubts)
	if t.Escapes {
		b.doubtAt(`\u`, func(int) bool { return true })
	}
	for _, key := range t.Bytes {
		b.doubtAt(key+`"`, func(end int) bool {
			end = skipBlank(b.Bytes, end)
			if end < len(b.Bytes) && b.Bytes[end] == ':' {
				end = skipBlank(b.Bytes, end+1)
			}
			return end < len(b.Bytes) && b.Bytes[end] == '['
		})
	}
	return b.doubts
}

// doubtAt doubts the rows in which text stands and is as is says of the offset behind it.
func (b *Batch) doubtAt(text string, is func(end int) bool) {
	c := cursor{b: b}
	look := b.search(needle{text, true}, 0, len(b.Bytes))
	for pos := 0; ; {
		from, to, anchor := look.next(pos)
		if anchor == len(b.Bytes) {
			return
		}
		pos = anchor + 1
		if row := c.row(from); row >= 0 && is(to) {
			b.doubts.Set(row)
			pos = max(pos, int(b.To[row]))
		}
	}
}
