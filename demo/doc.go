// Package demo is a small shop that writes logs: eight programs, each in a format
// of its own, with requests that pass through them under one trace id, a load that
// swings, and one incident. It makes any amount from a seed and a time, always the
// same bytes, and tells of each line what a reader of it must find.
//
// The story of the incident: a report locks a table of the payment's database, so
// that payment runs out of connections. Charges time out with stack traces, orders
// tries again and gives up, the gateway answers 502. When somebody on call ends
// the report, payment recovers, and the orders that were held are paid.
package demo
