package demo

// An event is a line that will be written.
type event struct {
	at     int64
	seq    uint32 // equal times are in the order in which they were planned
	kind   kind
	status uint16 // of a response
	n, ms  int32  // what the message says: a number, a duration in milliseconds
	order  *order // never nil; it changes only until it is planned to its end
}

func (e *event) before(o *event) bool { return e.at < o.at || e.at == o.at && e.seq < o.seq }

// schedule is a heap of what will be written, the next one first.
type schedule struct {
	events []event
	seq    uint32
	from   int64 // what would come before is left out
}

func (s *schedule) empty() bool { return len(s.events) == 0 }

func (s *schedule) first() *event { return &s.events[0] }

func (s *schedule) push(e event) {
	if e.at < s.from {
		return
	}
	e.seq = s.seq
	s.seq++
	s.events = append(s.events, e)
	i := len(s.events) - 1
	for up := (i - 1) / 2; i > 0 && e.before(&s.events[up]); up = (i - 1) / 2 {
		s.events[i] = s.events[up]
		i = up
	}
	s.events[i] = e
}

func (s *schedule) pop() event {
	top := s.events[0]
	n := len(s.events) - 1
	last := s.events[n]
	s.events[n] = event{} // lets go of its order
	s.events = s.events[:n]
	if n == 0 {
		return top
	}
	i := 0
	for down := 1; down < n; down = 2*i + 1 {
		if down+1 < n && s.events[down+1].before(&s.events[down]) {
			down++
		}
		if !s.events[down].before(&last) {
			break
		}
		s.events[i] = s.events[down]
		i = down
	}
	s.events[i] = last
	return top
}
