package demo

// charges is how often orders asks payment to charge an order before it gives up.
const charges = 3

// buy is an order from the request to the parcel; again is how often its customer tried before.
func (s *Shop) buy(at int64, o *order, again int) {
	s.trace(o)
	o.path = pathOrders
	push := func(at int64, k kind, n, ms int) {
		s.pending.push(event{at: at, kind: k, n: int32(n), ms: int32(ms), order: o})
	}
	push(at, gatewayRouted, 1+int(o.number%uint32(about[Orders].hosts)), 0)
	push(at+9*milli, ordersAccepted, 0, 0)
	push(at+int64(s.between(14, 30))*milli, inventoryReserved, 0, s.between(3, 11))
	if s.oneIn(60) {
		push(at+40*milli, paymentCharging, 0, 0)
		push(at+310*milli, paymentDeclined, 0, 270)
		push(at+318*milli, ordersDeclined, 0, 0)
		push(at+330*milli, inventoryReleased, 0, 2)
		s.answer(at, at+340*milli, o, 402)
		return
	}
	end, failed := s.charge(at+40*milli, o)
	if !failed {
		push(end+6*milli, ordersPaid, 0, int((end-at)/milli))
		s.answer(at, end+12*milli, o, 201)
		s.send(end, o)
		return
	}
	push(end+8*milli, ordersFailed, charges, int((end-at)/milli))
	push(end+15*milli, inventoryReleased, 0, 2)
	s.answer(at, end+21*milli, o, 502)
	if o.first || s.oneIn(2) {
		s.hold(end, o)
	} else if again < 3 && s.oneIn(2) {
		next := s.newOrder()
		next.customer, next.client, next.product, next.count, next.cents = o.customer, o.client, o.product, o.count, o.cents
		s.buy(end+int64(s.between(6000, 20000))*milli, next, again+1)
	}
}

// charge has payment charge the order, as often as orders tries. It ends at the last answer.
func (s *Shop) charge(at int64, o *order) (end int64, failed bool) {
	for n := 1; n <= charges; n++ {
		s.pending.push(event{at: at, kind: paymentCharging, order: o})
		if !s.trouble.fails(at) || !o.first && s.oneIn(7) {
			return s.charged(at, o), false
		}
		o.held = true
		if s.oneIn(4) {
			s.pending.push(event{at: at + 1000*milli, kind: ledgerWaits, n: int32(s.between(2400, 2420)), ms: int32(s.below(999)), order: o})
		}
		at += patience
		s.pending.push(event{at: at, kind: paymentFailed, n: int32(n), ms: int32(patience / milli), order: o})
		if n < charges {
			s.pending.push(event{at: at + 7*milli, kind: ordersRetry, n: int32(n), ms: int32(patience / milli), order: o})
			at += int64(n) * int64(s.between(230, 290)) * milli
		}
	}
	return at, true
}

// charged is a charge that goes well.
func (s *Shop) charged(at int64, o *order) (end int64) {
	ms := s.between(160, 520)
	end = at + int64(ms)*milli
	if s.oneIn(9) {
		s.pending.push(event{at: end - 20*milli, kind: ledgerInsert, n: int32(s.below(999)), ms: int32(s.between(20, 90)), order: o})
	}
	s.pending.push(event{at: end, kind: paymentCharged, ms: int32(ms), order: o})
	return end
}

// answer is what gateway and edge write of the response.
func (s *Shop) answer(start, end int64, o *order, status uint16) {
	gateway, edge := gatewayServed, edgeServed
	switch {
	case status >= 500:
		gateway, edge = gatewayFailed, edgeFailed
	case status >= 400:
		gateway, edge = gatewayRefused, edgeRefused
	}
	ms := int32((end - start) / milli)
	s.pending.push(event{at: end, kind: gateway, status: status, ms: ms, order: o})
	s.pending.push(event{at: end + milli, kind: edge, status: status, ms: ms + 1, order: o})
}

// send is what follows an order that was paid.
func (s *Shop) send(paid int64, o *order) {
	s.pending.push(event{at: paid + int64(s.between(300, 1500))*milli, kind: shippingBooked, ms: int32(s.between(20, 60)), order: o})
	s.pending.push(event{at: paid + int64(s.between(600, 2500))*milli, kind: mailSent, ms: int32(s.between(80, 300)), order: o})
}

// hold keeps an order that could not be charged until payment is well again.
func (s *Shop) hold(failed int64, o *order) {
	s.pending.push(event{at: failed + 30*milli, kind: ordersHeld, order: o})
	s.pending.push(event{at: failed + int64(s.between(900, 2500))*milli, kind: mailDelayed, ms: int32(s.between(80, 300)), order: o})
	at := max(s.trouble.to, failed) + int64(s.between(4, 75))*second + int64(s.below(1000))*milli
	s.pending.push(event{at: at, kind: paymentCharging, order: o})
	end := s.charged(at+5*milli, o)
	s.pending.push(event{at: end + 5*milli, kind: ordersLate, n: int32((end - failed) / second), order: o})
	s.send(end, o)
}
