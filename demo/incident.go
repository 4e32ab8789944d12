package demo

// patience is how long payment waits for a connection to its database.
const patience = 1500 * milli

// trouble is when charges fail.
type trouble struct{ from, to int64 }

// fails reports whether a charge that begins then gets no connection.
func (t *trouble) fails(at int64) bool { return at >= t.from-patience && at < t.to-patience }

// incident plans what the incident brings by itself; what it does to orders is in their own plans.
func (s *Shop) incident() {
	from, to := s.trouble.from, s.trouble.to
	lines := s.newOrder()
	at := func(at int64, k kind, n, ms int) {
		s.pending.push(event{at: at, kind: k, n: int32(n), ms: int32(ms), order: lines})
	}
	at(from-75*second, ledgerReport, 0, 0)
	at(from-6*second, ledgerLock, 0, 8)
	o := s.newOrder()
	o.first = true
	s.buy(from-patience-40*milli, o, 0)
	waiting := 3
	for t := from - 2*second; t < to; t += 10 * second {
		at(t, paymentPoolFull, waiting, 0)
		waiting = min(waiting+s.between(2, 7), 180)
		if t > from && s.oneIn(2) {
			at(t+3*second, ledgerCancelled, s.between(2400, 2420), 0)
			at(t+3*second, ledgerStatement, s.between(2400, 2420), 0)
		}
	}
	middle := from + (to-from)*2/5
	at(middle, paymentGivesUp, waiting, 0)
	at(middle+400*milli, gatewayWithout, 0, 0)
	at(middle+9*second, paymentStarted, 0, s.between(3600, 4400))
	at(middle+11*second, gatewayWith, 0, 0)
	at(to-12*second, ledgerOnCall, 0, 0)
	at(to-300*milli, ledgerEnds, 0, 2)
	at(to-290*milli, ledgerEnded, 0, 0)
	at(to, paymentRecovered, 11, 0)
}
