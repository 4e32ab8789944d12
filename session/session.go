// Package session is one exploration: sources run into a store, and views over
// both the store and the sources that answer by themselves.
//
// Sources run in goroutines of their own and write into streams of the store.
// A change wakes whoever waits on Changed, at most once for any number of
// changes. A view evaluates its filter on a snapshot of the store, new blocks
// only, asks each Searcher for its part, and merges by key.
package session
