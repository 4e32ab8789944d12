// Package session is one exploration: sources run into a store, and views over
// both the store and the sources that answer by themselves.
//
// Sources run in goroutines of their own and write into streams of the store.
// Whoever waits on Changed is woken by a change, once for any number of changes.
//
// A view looks at a snapshot of the store. For which records of a block a query
// holds is found once, by all cores, and shared by all views of the session; a
// filter's level and range are laid over that. Blocks whose summary says that they
// have nothing to give are not looked at. Rows and Each merge streams by key, and
// look into a block when its turn comes; each Searcher gives its part. Each hands
// records through a pipe: one goroutine looks for them, others decode, the caller
// uses them in order.
//
//	s := session.New(session.Options{Indexer: newIndexer}, sources...)
//	s.Start(ctx)
//	defer s.Close()
//	err := s.Wait(ctx) // until all that was there has been read
//	v, err := s.View(sources.Filter{From: logs.NoTime, To: logs.NoTime})
//	page, err := v.Rows(ctx, session.LastKey, 50, 0) // the newest 50
package session
