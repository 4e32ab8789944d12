package demo

import "time"

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

// A Moment is one step of the incident's story, for people.
type Moment struct {
	At   time.Time
	Text string
}

// Story tells the incident in order; nothing where there is none.
func (s *Shop) Story() []Moment {
	from, to := s.trouble.from, s.trouble.to
	if from == to {
		return nil
	}
	at := func(at int64, text string) Moment { return Moment{time.Unix(0, at).UTC(), text} }
	return []Moment{
		at(from-75*second, "a monthly report connects to ledger, the database of payment"),
		at(from-6*second, "the report locks the table of charges; payment's 20 connections wait for it"),
		at(from, "the first charge finds no connection: payment answers 503, orders tries again, edge and gateway answer 502"),
		at(from+(to-from)*2/5, "payment-2 gives up and starts anew, which does not help"),
		at(to-12*second, "somebody on call connects to ledger and ends the report"),
		at(to, "payment recovers; within a minute or so the orders that were held are paid"),
	}
}
