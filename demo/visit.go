package demo

import "encoding/binary"

// An order is what one visit is about: a request, or what a program does by itself.
type order struct {
	trace    TraceID
	id       uint32
	number   uint32 // of the visit: which hosts it meets
	customer int32
	cents    int32
	product  uint8
	count    uint8
	client   uint8
	path     uint8
	traced   bool
	held     bool // the incident held it up
	first    bool // it is the first one that meets the incident
}

// visit plans the lines of one visit, or of one thing that a program does by itself.
func (s *Shop) visit(at int64) {
	o := s.newOrder()
	switch n := s.below(1000); {
	case n < 330:
		s.pending.push(event{at: at, kind: edgeServed, status: [...]uint16{200, 200, 304}[s.below(3)], ms: int32(s.between(1, 9)), order: o.at(s.between(pathAssets, paths))})
	case n < 660:
		s.browse(at, o)
	case n < 825:
		o.path = pathOrders
		s.buy(at, o, 0)
	case n < 832:
		s.pending.push(event{at: at, kind: edgeRefused, status: 404, ms: 1, order: o.at(s.between(pathScans, pathAssets))})
	case n < 834:
		s.impatient(at, o)
	default:
		s.pending.push(event{at: at, kind: s.chore(), n: int32(s.between(2, 13)), ms: int32(s.between(2, 90)), order: o})
	}
}

// newOrder is an order of a customer, for which nothing has been written yet.
func (s *Shop) newOrder() *order {
	o := &order{number: s.visits, id: uint32(s.pcg.Uint64()), customer: int32(s.between(1000, 9999)), product: uint8(s.below(len(products)))}
	s.visits++
	o.count = uint8(1 + s.below(3)*s.below(2))
	o.cents = products[o.product].cents * int32(o.count)
	o.client = uint8(s.below(250))
	return o
}

// at is the order as a request for that path.
func (o *order) at(path int) *order {
	o.path = uint8(path)
	return o
}

func (s *Shop) trace(o *order) {
	o.traced = true
	binary.BigEndian.PutUint64(o.trace[:8], s.pcg.Uint64())
	binary.BigEndian.PutUint64(o.trace[8:], s.pcg.Uint64())
}

// browse is a request that looks for products.
func (s *Shop) browse(at int64, o *order) {
	s.trace(o)
	o.path = uint8(s.below(pathOrders))
	ms := s.between(9, 140)
	if s.oneIn(3) {
		s.pending.push(event{at: at + 4*milli, kind: inventoryLookup, n: int32(s.between(3, 60)), ms: int32(1 + ms/9), order: o})
	}
	end := at + int64(ms)*milli
	s.pending.push(event{at: end, kind: gatewayServed, status: 200, ms: int32(ms), order: o})
	s.pending.push(event{at: end + milli, kind: edgeServed, status: 200, ms: int32(ms + 1), order: o})
}

// impatient is a request whose client does not wait for the answer.
func (s *Shop) impatient(at int64, o *order) {
	s.trace(o)
	o.path = pathSearch
	s.pending.push(event{at: at, kind: gatewayGivenUp, status: 499, ms: int32(s.between(5000, 5090)), order: o})
	s.pending.push(event{at: at + milli, kind: edgeRefused, status: 499, ms: 5100, order: o})
}

// rare are chores that happen about once in that many others.
var rare = [...]struct {
	kind kind
	in   int
}{
	{mailBounced, 3000}, {shippingFailed, 3500}, {mailDeferred, 200}, {inventoryLow, 200}, {ordersConflict, 250},
	{shippingSlow, 250}, {ledgerCheckpoint, 40}, {ledgerVacuum, 60}, {inventoryCounted, 30}, {ordersDeals, 50},
}

// often are the other chores.
var often = [...]kind{gatewayHealth, gatewayHealth, paymentPool, paymentPool, ordersCart, inventoryCache, shippingQueue, shippingPicked, mailQueue}

// chore is what a program does by itself.
func (s *Shop) chore() kind {
	for i := range rare {
		if s.oneIn(rare[i].in) {
			return rare[i].kind
		}
	}
	return often[s.below(len(often))]
}
