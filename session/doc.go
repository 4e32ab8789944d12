// Package session is one exploration: sources run into a store, and views over
// both the store and the sources that answer by themselves.
//
// Sources run in goroutines of their own and write into streams of the store.
// Whoever waits on Changed is woken by a change, once for any number of changes.
// A view evaluates its filter on a snapshot of the store, new records only, asks
// each Searcher for its part, and merges by key:
//
//	s := session.New(session.Options{Indexer: newIndexer}, sources...)
//	s.Start(ctx)
//	defer s.Close()
//	err := s.Wait(ctx) // until all that was there has been read
//	v, err := s.View(sources.Filter{From: logs.NoTime, To: logs.NoTime})
//	page, err := v.Rows(ctx, session.LastKey, 50, 0) // the newest 50
package session
