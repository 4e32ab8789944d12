package corpus

import (
	"fmt"
	"math/rand/v2"
)

var (
	services  = []string{"gateway", "auth", "orders", "payment", "inventory", "shipping", "email", "search"}
	endpoints = []string{"/api/v1/orders", "/api/v1/cart", "/login", "/healthz", "/api/v1/payments", "/api/v1/search", "/static/app.js"}
)

// A shape is what messages of one kind look like, their level, and how often they come beside others.
type shape struct {
	level   string
	weight  int
	message func(r *rand.Rand) string
}

// declined is the index of the shape that an incident multiplies; each of its messages has the word "timeout".
const declined = 8

var shapes = []shape{
	{"DEBUG", 18, func(r *rand.Rand) string {
		return fmt.Sprintf("cache lookup key=user:%d hit=%t", r.IntN(90000), r.IntN(3) > 0)
	}},
	{"DEBUG", 6, func(r *rand.Rand) string {
		return fmt.Sprintf("pool stats idle=%d busy=%d", r.IntN(20), r.IntN(50))
	}},
	{"INFO", 30, func(r *rand.Rand) string {
		return fmt.Sprintf("request completed %s in %d ms", endpoints[r.IntN(len(endpoints))], r.IntN(900))
	}},
	{"INFO", 14, func(r *rand.Rand) string {
		return fmt.Sprintf("User login successful for user=%d from IP=10.%d.%d.%d", r.IntN(9000), r.IntN(256), r.IntN(256), r.IntN(256))
	}},
	{"INFO", 10, func(r *rand.Rand) string {
		return fmt.Sprintf("order %08x accepted, total=%d.%02d EUR", r.Uint32(), r.IntN(500), r.IntN(100))
	}},
	{"INFO", 6, func(r *rand.Rand) string {
		return fmt.Sprintf("message published topic=orders partition=%d offset=%d", r.IntN(12), r.IntN(1e7))
	}},
	{"WARN", 5, func(r *rand.Rand) string {
		return fmt.Sprintf("retrying call to inventory, attempt %d of 5", 1+r.IntN(5))
	}},
	{"WARN", 4, func(r *rand.Rand) string {
		return fmt.Sprintf("slow query took %d ms: SELECT * FROM orders WHERE id = %d", 1000+r.IntN(4000), r.IntN(1e6))
	}},
	{"ERROR", 3, func(r *rand.Rand) string {
		return fmt.Sprintf("payment declined for order %08x: timeout after %d ms", r.Uint32(), 1000+r.IntN(2000))
	}},
	{"ERROR", 2, func(r *rand.Rand) string {
		return fmt.Sprintf("connection refused to 10.0.%d.%d:5432", r.IntN(256), r.IntN(256))
	}},
}

// allWeights is the sum over shapes.
var allWeights = func() (sum int) {
	for i := range shapes {
		sum += shapes[i].weight
	}
	return sum
}()
