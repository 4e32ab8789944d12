package logs

// A Format decodes the bytes of one record. Formats are stateless, and safe for
// any number of goroutines.
type Format interface {
	// Name is short, lower case and stable: "json", "syslog", "cri+json" for a
	// format inside a wrapper. Together with the parameters of the Indexer it
	// identifies the format in a cached block.
	Name() string

	// Decode fills r, which the caller has Reset, from the bytes of one record:
	// all of its physical lines, the last line end included or not. It never
	// fails: what it cannot read stays in the body. It sets neither Line nor
	// Resource, and a Time without a year only as far as the bytes tell: the
	// row's time, which the fold completed, goes over it.
	// r borrows from raw.
	Decode(raw []byte, r *Record)
}

// A Transparent format is one of whose records is known how their values stand in
// their bytes. It is what lets a query pass over most records without decoding them.
type Transparent interface {
	Format
	// Transparency returns nil where nothing is known: every record must be decoded.
	Transparency() *Transparency
}

// Transparency says what holds for every record of a format that is not longer than MaxDecode.
//
// Each value that Decode gives, core fields but the time included, is made of
// pieces of the record's bytes, joined at line ends. A run of printable ASCII
// without any of "\/] in a value therefore stands in the bytes as it is, but for
// what is said here.
type Transparency struct {
	// Escapes says that \u may stand for any character.
	Escapes bool
	// Bytes are keys whose value may be an array of the numbers of a text's bytes: "MESSAGE":[104,105].
	Bytes []string
	// Made are texts and numbers, in lower case, that Decode adds without their standing in the bytes.
	Made []string
	// MadeNumbers says that Decode adds numbers of digits alone that it has calculated.
	MadeNumbers bool
	// Core says that no attribute has a name that logs.Aliases has for the time, the
	// level, the service or the trace.
	Core bool
	// JSON is set where the first line of every record is a JSON object.
	JSON *JSONFields
	// Pairs is set where it is a time, or nothing, and words of the form key=value or
	// key="value", the latter with escapes, or key alone.
	Pairs *PairFields
}

// JSONFields says what the members of a JSON object mean. An attribute's key is
// the dotted path of a member, through objects alone; those of objects in an array
// are members of its elements. Of the names that logs.Aliases has for a core
// field, one member at most is that field and no attribute. An object in an array
// may be read as if its members stood outside, and a text under the key "key" be
// the key of an attribute.
type JSONFields struct {
	// Made are keys of attributes that Decode adds.
	Made []string
	// Taken reports whether the member at a dotted path may be no attribute, though logs.Aliases does not have it.
	Taken func(path string) bool
	// Hidden reports whether the text under a key, wherever that stands, may not be a value as it is written.
	Hidden func(key []byte) bool
}

// PairFields says what key=value means: an attribute of that key, or a core field
// as JSONFields has it.
type PairFields struct {
	// Made, Taken and Hidden are as those of JSONFields, for whole keys.
	Made   []string
	Taken  func(key string) bool
	Hidden func(key []byte) bool
	// Kind is that of a value without quotes: Text, Number or Bool.
	Kind func(value []byte) Kind
}

// A FormatID stands for a Format within the rows of one Indexer: an index into Rows.Formats.
type FormatID uint16

// A Row is the core columns of one record: all that is kept of it in memory.
type Row struct {
	Offset   int64  // of its first byte in the stream
	Length   int64  // bytes, its last line end included; ranges overlap only where parts of two records interleave
	Time     int64  // nanoseconds since 1970 UTC, NoTime
	Lines    uint32 // physical lines
	Trace    uint32 // TraceHash of its trace id; 0 none, ManyTraces more than one
	Service  uint16 // index into Rows.Services; 0 is "", ServiceOverflow: decode to know
	Format   FormatID
	Severity Severity
	Guessed  Guess
	Marks    Marks
}

// ServiceOverflow stands for a service beyond the 65,535 that a dictionary holds.
const ServiceOverflow = 1<<16 - 1

// Rows are records in the order of their first bytes, with the names that their columns refer to.
// Both name lists only ever grow while a stream is folded.
type Rows struct {
	List     []Row
	Services []string // Services[0] is ""
	Formats  []string // names for Indexer.Format
}

// Facts are what Scan found in one chunk, in a form that only the Indexer reads.
// They may be given to another Scan to be written over.
type Facts interface {
	// Lines is the number of physical lines, an unended last one included.
	Lines() int
}

// An Indexer turns the bytes of a stream into rows, in two steps.
//
// Scan sees one chunk and none of its neighbours, so that chunks can be scanned
// on all cores and in any order. A chunk is a run of whole lines; only the last
// chunk of a stream may end without a line end. Fold then goes over the facts in
// the order of the stream and carries one small value from chunk to chunk. The
// rows do not depend on where the chunks were cut.
//
// An Indexer belongs to one goroutine, Fold to one stream at a time; Clone makes
// another for a further goroutine.
type Indexer interface {
	Clone() Indexer

	// Scan reads a chunk's lines, each by itself. reuse may be nil.
	Scan(chunk []byte, reuse Facts) Facts

	// Fold appends the records that the facts complete to rows and returns the
	// next state. state is nil before the first chunk. offset is that of the
	// chunk in its stream. chunk is the bytes that were scanned.
	//
	// The record that may still grow is held in the state, as is any whose parts
	// have not all come. The state is the caller's to keep, and to store.
	Fold(state []byte, offset int64, chunk []byte, facts Facts, rows *Rows) []byte

	// Open appends to rows, marked Open, the records that the state holds, without changing the state:
	// what the screen shows of a stream that goes on.
	Open(state []byte, rows *Rows)

	// Close appends the records that the state holds: the stream has ended, or
	// nothing came for so long that they count as whole. continued: what follows
	// in the stream, should anything, is a record of its own, marked Continued.
	Close(state []byte, rows *Rows, continued bool) []byte

	// Date settles the years of rows whose times have none (GuessedYear), once
	// the whole of a finished stream, or what there was of a live one at first
	// sight, has been folded: the last stamp gets the year that puts it into
	// (ref - 1 year + 1 day, ref + 1 day], and the New Years that the fold
	// counted give the others theirs. It changes rows in place, and returns the state
	// with which rows to come follow on; it may be called for the rows bit by bit, with the same state each time. Before it, such times are in order and in
	// years around ref's.
	Date(state []byte, ref int64, rows []Row) []byte

	// Format returns the format of that name, made with the Indexer's parameters
	// (time zone, patterns of the configuration); false where there is none.
	Format(name string) (Format, bool)

	// Parameters identify what beside the bytes decides about the rows: the
	// version of all decoding, time zone, format option, a hash of the user's
	// patterns. Rows that were made under other parameters are of no use.
	Parameters() string

	// Explain says in words why a record has the format it has.
	Explain(raw []byte, format string) string
}
