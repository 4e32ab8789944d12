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

// A Prefilter is a Format that knows what to look for in raw bytes. It is what
// lets a query pass over a block without decoding it.
type Prefilter interface {
	Format
	// Literals returns byte strings one of which stands, byte for byte, in every
	// record whose field holds text (as a word, or as the whole value). nil: the
	// format cannot tell, every record must be decoded. It must never miss:
	// escapes, other spellings of a number and case are the format's concern.
	Literals(field, text string) [][]byte
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
