package store

// lose lets go of the records that begin before floor.
func (st *Stream) lose(floor int64, why string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.floor, st.why = max(st.floor, floor), why
	st.letGo()
	st.version++
}

// letGo drops records that begin before st.floor. Those that readers do not see yet go too.
func (st *Stream) letGo() {
	if st.floor == 0 {
		return
	}
	id := st.store.ids.Add(1)
	st.held.letGo(st.floor, id, st.why, &st.loss)
	st.shown.letGo(st.floor, id, st.why, nil)
}
