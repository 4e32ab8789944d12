// Package sourcetest helps to test sources and what stands above them.
//
// [Conform] and [ConformSearcher] hold a source to the rules of package sources;
// a source's own test is a few lines that make one and say what it must bring.
//
// [File], [Emitter] and [Paged] are sources in memory, one of each kind that
// there is: a file that can be read again, a listener that only emits, and a
// server that answers queries page by page. A test drives them: what it asks of
// a running File or Emitter has been done when the call returns.
//
// [Indexer] reads a toy format, for tests that are not about formats.
package sourcetest
