package demo

// A kind is one thing that a program writes.
type kind uint8

const (
	edgeServed kind = iota
	edgeRefused
	edgeFailed
	gatewayRouted
	gatewayServed
	gatewayRefused
	gatewayGivenUp
	gatewayFailed
	gatewayHealth
	gatewayWithout
	gatewayWith
	ordersAccepted
	ordersPaid
	ordersDeclined
	ordersRetry
	ordersFailed
	ordersHeld
	ordersLate
	ordersCart
	ordersConflict
	ordersDeals
	inventoryLookup
	inventoryReserved
	inventoryReleased
	inventoryLow
	inventoryCache
	inventoryCounted
	paymentCharging
	paymentCharged
	paymentDeclined
	paymentFailed
	paymentPool
	paymentPoolFull
	paymentGivesUp
	paymentStarted
	paymentRecovered
	ledgerInsert
	ledgerCheckpoint
	ledgerVacuum
	ledgerReport
	ledgerLock
	ledgerWaits
	ledgerCancelled
	ledgerStatement
	ledgerOnCall
	ledgerEnds
	ledgerEnded
	shippingBooked
	shippingQueue
	shippingPicked
	shippingSlow
	shippingFailed
	mailSent
	mailDelayed
	mailQueue
	mailDeferred
	mailBounced
)

// A message is what lines of one kind say.
type message struct {
	stream   Stream
	level    Level
	incident bool
	tag      template // the logger, the message id, or what PostgreSQL puts before the message
	text     template // the message itself
	fields   template // what stands beside it, in the syntax of its stream
}

func tell(s Stream, l Level, tag, text, fields string) message {
	return message{stream: s, level: l, tag: parse(tag), text: parse(text), fields: parse(fields)}
}

// during is a message of the incident.
func during(s Stream, l Level, tag, text, fields string) message {
	m := tell(s, l, tag, text, fields)
	m.incident = true
	return m
}

var messages = [...]message{
	edgeServed:  tell(Edge, Info, "", "", ""),
	edgeRefused: tell(Edge, Warn, "", "", ""),
	edgeFailed:  tell(Edge, Error, "", "", ""),

	gatewayRouted:  tell(Gateway, Debug, "", "{method} {path} goes to orders-{n}", ""),
	gatewayServed:  tell(Gateway, Info, "", "{method} {path}", response),
	gatewayRefused: tell(Gateway, Warn, "", "{method} {path} refused", response),
	gatewayGivenUp: tell(Gateway, Warn, "", "{method} {path}: the client gave up after {ms} ms", response),
	gatewayFailed:  tell(Gateway, Error, "", "{method} {path} failed: 502 from orders", response+`,"error":{"message":"orders answered 503 after {ms} ms","upstream":"orders","retryable":true}`),
	gatewayHealth:  tell(Gateway, Debug, "", "health of all upstreams looked at", `,"healthy":8,"duration_ms":{n}`),
	gatewayWithout: during(Gateway, Warn, "", "payment-2 fails its health checks and gets no more requests", `,"upstream":"payment-2","healthy":7`),
	gatewayWith:    during(Gateway, Info, "", "payment-2 answers its health checks again", `,"upstream":"payment-2","healthy":8`),

	ordersAccepted: tell(Orders, Info, "checkout", "order {order} accepted: {count} x {product}", `,"order.id":"{order}","customer.id":{customer}`),
	ordersPaid:     tell(Orders, Info, "checkout", "order {order} paid, {amount} EUR", `,"order.id":"{order}","event.duration":{ms}000000`),
	ordersDeclined: tell(Orders, Warn, "checkout", "order {order} not paid: the card was declined", `,"order.id":"{order}","customer.id":{customer}`),
	ordersRetry:    during(Orders, Warn, "checkout", "payment did not charge order {order}, attempt {n} of 3", `,"order.id":"{order}","event.duration":{ms}000000`),
	ordersFailed: during(Orders, Error, "checkout", "order {order} failed: payment gave no answer in {n} attempts", `,"order.id":"{order}","customer.id":{customer},"event.duration":{ms}000000`+
		`,"error.type":"PaymentUnavailable","error.message":"503 from payment","error.stack_trace":"PaymentUnavailable: 503 from payment\n\tat example.orders.Till.charge(Till.java:84)\n\tat example.orders.Checkout.pay(Checkout.java:129)\n\tat example.orders.Checkout.run(Checkout.java:57)"`),
	ordersHeld:     during(Orders, Info, "held", "order {order} is held until payment answers", `,"order.id":"{order}"`),
	ordersLate:     during(Orders, Info, "held", "order {order} paid after it was held for {n} s", `,"order.id":"{order}"`),
	ordersCart:     tell(Orders, Debug, "cart", "cart of customer {customer} kept for 30 minutes", `,"customer.id":{customer}`),
	ordersConflict: tell(Orders, Warn, "cart", "cart of customer {customer} was changed in two windows: the newer one counts", `,"customer.id":{customer}`),
	ordersDeals:    tell(Orders, Info, "prices", "prices read again: {n} changed", ""),

	inventoryLookup:   tell(Inventory, Debug, "", "looked up", " sku={sku} left={n} duration_ms={ms}"),
	inventoryReserved: tell(Inventory, Info, "", "reserved for order {order}", " sku={sku} count={count} order={order} duration_ms={ms}"),
	inventoryReleased: tell(Inventory, Info, "", "reservation of order {order} released", " sku={sku} count={count} order={order} duration_ms={ms}"),
	inventoryLow:      tell(Inventory, Warn, "", "only {n} left of {product}", " sku={sku} left={n}"),
	inventoryCache:    tell(Inventory, Debug, "", "cache swept", " dropped={n} duration_ms={ms}"),
	inventoryCounted:  tell(Inventory, Info, "", "shelf counted", " sku={sku} left={ms}"),

	paymentCharging: tell(Payment, Info, "example.payment.Charges", "charging {amount} EUR for order {order}", ""),
	paymentCharged:  tell(Payment, Info, "example.payment.Charges", "order {order} charged in {ms} ms", ""),
	paymentDeclined: tell(Payment, Warn, "example.payment.Charges", "order {order} not charged: the bank of customer {customer} declined the card", ""),
	paymentFailed: during(Payment, Error, "example.payment.Charges", `order {order} not charged
java.sql.SQLTransientConnectionException: ledger: no connection after {ms} ms (20 busy, 0 idle)
	at example.payment.db.Pool.take(Pool.java:112)
	at example.payment.db.Ledger.begin(Ledger.java:46)
	at example.payment.Charges.charge(Charges.java:91)
	at example.payment.Charges.handle(Charges.java:38)
	at java.base/java.lang.Thread.run(Thread.java:1583)
Caused by: java.util.concurrent.TimeoutException: attempt {n} waited {ms} ms for a connection
	at example.payment.db.Slots.await(Slots.java:71)
	at example.payment.db.Pool.take(Pool.java:104)
	... 4 more`, ""),
	paymentPool:      tell(Payment, Debug, "example.payment.db.Pool", "ledger: {n} busy, {idle} idle, 0 waiting", ""),
	paymentPoolFull:  during(Payment, Warn, "example.payment.db.Pool", "ledger: 20 busy, 0 idle, {n} waiting", ""),
	paymentGivesUp:   during(Payment, Fatal, "example.payment.Main", "{n} requests wait for a connection: payment-2 starts anew", ""),
	paymentStarted:   during(Payment, Info, "example.payment.Main", "payment 4.18.2 started in {ms} ms", ""),
	paymentRecovered: during(Payment, Info, "example.payment.db.Pool", "ledger answers again: {n} busy, {idle} idle, 0 waiting", ""),

	ledgerInsert:     tell(Ledger, Info, "[2402] payment@ledger LOG:  ", "duration: {ms}.{n} ms  statement: INSERT INTO charges\n\t(order_id, cents)\n\tVALUES ('{order}', {cents}) /* trace_id={trace} */", ""),
	ledgerCheckpoint: tell(Ledger, Info, "[31] LOG:  ", "checkpoint complete: wrote {ms} buffers", ""),
	ledgerVacuum:     tell(Ledger, Info, "[2377] LOG:  ", "automatic vacuum of table \"ledger.public.charges\": {ms} pages removed", ""),
	ledgerReport:     during(Ledger, Info, "[2431] report@ledger LOG:  ", "connection authorized: user=report database=ledger application_name=monthly-report", ""),
	ledgerLock:       during(Ledger, Info, "[2431] report@ledger LOG:  ", "duration: {ms}.204 ms  statement: LOCK TABLE charges IN ACCESS EXCLUSIVE MODE", ""),
	ledgerWaits:      during(Ledger, Info, "[{n}] payment@ledger LOG:  ", "process {n} still waiting for RowExclusiveLock on relation \"charges\" after 1000.{ms} ms /* trace_id={trace} */", ""),
	ledgerCancelled:  during(Ledger, Error, "[{n}] payment@ledger ERROR:  ", "canceling statement due to lock timeout", ""),
	ledgerStatement:  during(Ledger, Info, "[{n}] payment@ledger STATEMENT:  ", "INSERT INTO charges (order_id, cents) VALUES ($1, $2)", ""),
	ledgerOnCall:     during(Ledger, Info, "[2440] oncall@ledger LOG:  ", "connection authorized: user=oncall database=ledger application_name=psql", ""),
	ledgerEnds:       during(Ledger, Info, "[2440] oncall@ledger LOG:  ", "duration: {ms}.019 ms  statement: SELECT pg_terminate_backend(2431) /* the report holds charges, m.oduya */", ""),
	ledgerEnded:      during(Ledger, Fatal, "[2431] report@ledger FATAL:  ", "terminating connection due to administrator command", ""),

	shippingBooked: tell(Shipping, Info, "", "parcel of order {order} booked in {ms} ms", ""),
	shippingQueue:  tell(Shipping, Debug, "", "{n} parcels wait", ""),
	shippingPicked: tell(Shipping, Info, "", "the carrier took {n} parcels", ""),
	shippingSlow:   tell(Shipping, Warn, "", "the carrier took 3.{ms} s to answer", ""),
	shippingFailed: tell(Shipping, Error, "", `label of order {order} not printed, tried again later
Traceback (most recent call last):
  File "/srv/shipping/labels.py", line 63, in print_label
    page = printer.render(parcel, timeout=4)
  File "/srv/shipping/printer.py", line 118, in render
    raise PaperJam(tray=self.tray)
shipping.printer.PaperJam: tray 2`, ""),

	mailSent:     tell(Mail, Info, "SENT", "confirmation of order {order} sent in {ms} ms", `[order@32473 id="{order}" customer="{customer}"]`),
	mailDelayed:  during(Mail, Info, "SENT", "customer {customer} was told that order {order} takes longer", `[order@32473 id="{order}" customer="{customer}"]`),
	mailQueue:    tell(Mail, Debug, "QUEUE", "{n} letters wait", "-"),
	mailDeferred: tell(Mail, Warn, "DEFERRED", "mx.mail.example says 451, asked again in 5 minutes", `[customer@32473 id="{customer}"]`),
	mailBounced:  tell(Mail, Error, "BOUNCED", "mx.mail.example says 550: no such mailbox", `[customer@32473 id="{customer}"]`),
}

const response = `,"method":"{method}","path":"{path}","status":{status},"duration_ms":{ms},"client":"{client}","customer":{customer}`
