package analysis

import (
	"hash/maphash"
	"slices"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/summary"
)

// facet is one field.
type facet struct {
	name    string
	records int64
	last    int64 // the record that was counted last
	kinds   [logs.Object + 1]int64
	values  values  // exact; of a field with too many, what sketch keeps of them
	sketch  *sketch // nil while exact
	long    bool    // there were values longer than MaxValue
	held    int64   // bytes that it takes
}

// fieldBytes is what a field takes without values.
const fieldBytes = 300

func newFacet(name string) *facet { return &facet{name: name, held: int64(len(name)) + fieldBytes} }

// seed makes hashes that whoever writes a log cannot foresee.
var seed = maphash.MakeSeed()

// add counts a value and returns how many bytes more are held.
func (a *facet) add(v logs.Value, record int64) int64 {
	if a.last != record {
		a.last = record
		a.records++
	}
	a.kinds[v.Kind]++
	text := v.Str
	hash := maphash.String(seed, text)
	if size := a.size(); len(text) > size {
		a.long = true
		text = text[:size]
	}
	if a.sketch != nil {
		return a.hold(a.sketch.add(&a.values, hash, text, record))
	}
	if i, known := a.values.find(hash, text); known {
		if c := &a.values.list[i]; c.last != record {
			c.n, c.last = c.n+1, record
		}
		return 0
	}
	if len(a.values.list) >= MaxValues {
		more := a.sketched(MaxValues, fineBits)
		return more + a.hold(a.sketch.add(&a.values, hash, text, record))
	}
	return a.hold(a.values.insert(hash, text, 1, record))
}

// hold notes that more bytes are held.
func (a *facet) hold(more int64) int64 {
	a.held += more
	return more
}

// sketched goes on with a sketch of so many counters and registers, and returns how many bytes more are held.
func (a *facet) sketched(counters, registers int) int64 {
	before := a.held
	s := newSketch(counters, registers)
	if a.sketch == nil {
		for i := range a.values.list {
			s.register(a.values.list[i].hash)
		}
	} else {
		s.registers = folded(a.sketch.registers, registers)
	}
	size := MaxValue
	if counters == roughValues {
		size = roughValue
		a.long = a.long || slices.ContainsFunc(a.values.list, func(c value) bool { return len(c.text) > size })
	}
	a.values = a.values.top(counters, size)
	s.arrange(&a.values)
	a.sketch = s
	a.held = int64(len(a.name)) + fieldBytes + a.values.bytes + int64(len(s.registers)) + linkBytes*int64(counters)
	return a.held - before
}

// A rough sketch is what a field goes on with that takes too many bytes.
const (
	roughValues = 32
	roughValue  = 256 // bytes of a value
	fineBits    = 14  // of the number of registers
	roughBits   = 10
)

func (a *facet) isRough() bool { return a.sketch != nil && a.sketch.counters == roughValues }

// size is how many bytes of a value are kept.
func (a *facet) size() int {
	if a.isRough() {
		return roughValue
	}
	return MaxValue
}

// roughen makes it a rough sketch, and returns how many bytes more are held, which is negative.
func (a *facet) roughen() int64 { return a.sketched(roughValues, roughBits) }

// merge adds what o counted.
func (a *facet) merge(o *facet) {
	a.records += o.records
	a.long = a.long || o.long
	for k, n := range o.kinds {
		a.kinds[k] += n
	}
	least, other := a.unseen(), o.unseen()
	var all values
	for _, c := range a.values.list {
		if _, known := o.values.find(c.hash, c.text); !known {
			c.n += other
		}
		all.insert(c.hash, c.text, c.n, 0)
	}
	for _, c := range o.values.list {
		if i, known := all.find(c.hash, c.text); known {
			all.list[i].n += c.n
		} else {
			all.insert(c.hash, c.text, c.n+least, 0)
		}
	}
	s, t := a.sketch, o.sketch
	a.held += all.bytes - a.values.bytes
	a.values = all
	switch {
	case s == nil && t == nil:
		if len(all.list) > MaxValues {
			a.sketched(MaxValues, fineBits)
		}
		return
	case s == nil || t != nil && t.counters < s.counters:
		s, t = t, s
	}
	if t != nil {
		s.registers = joined(s.registers, t.registers)
	} else {
		for i := range all.list {
			s.register(all.list[i].hash)
		}
	}
	a.sketch = s
	a.sketched(s.counters, registerBits(s.registers))
}

// unseen is how often a value can have been counted that is not among those kept.
func (a *facet) unseen() int64 {
	if a.sketch == nil || len(a.values.list) < a.sketch.counters {
		return 0
	}
	return a.sketch.least(&a.values)
}

func (a *facet) facet(top int) summary.Facet {
	s := summary.Facet{Field: a.name, Type: a.kind(), Records: a.records, Distinct: int64(len(a.values.list)), Exact: a.sketch == nil && !a.long}
	switch {
	case a.isRough():
		s.Method = "too many bytes of values to keep: top values by Space-Saving with few counters, distinct by HyperLogLog"
	case a.sketch != nil:
		s.Method = "top values by Space-Saving, distinct by HyperLogLog"
	}
	if a.sketch != nil {
		s.Distinct = a.sketch.distinct()
	}
	if a.long {
		if s.Method != "" {
			s.Method += "; "
		}
		s.Method += "long values are told apart by a hash, and shown in part"
	}
	s.Top = make([]summary.ValueCount, 0, len(a.values.list))
	for _, c := range a.values.list {
		s.Top = append(s.Top, summary.ValueCount{Value: c.text, Count: c.n})
	}
	summary.SortValues(s.Top)
	s.Top = slices.Clip(s.Top[:min(top, len(s.Top))])
	for i := range s.Top {
		s.Top[i].Value = whole(s.Top[i].Value)
	}
	return s
}

// kind names the type of the field's values.
func (a *facet) kind() string {
	name := ""
	for k, n := range a.kinds {
		switch {
		case n == 0:
		case name == "":
			name = logs.Kind(k).String()
		default:
			return "mixed"
		}
	}
	return name
}
