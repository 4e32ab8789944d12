// Package logs says what a log record is: its time, severity, body, origin and
// attributes, and how bytes become one.
//
// A record is a range of bytes and a [Format] that can decode it. Two readings
// of those bytes exist. The first, an [Indexer], looks at every line once and
// keeps only the core columns of each record (a [Row]). The second,
// Format.Decode, fills a whole [Record], and runs only on records that somebody
// looks at: the visible rows, or those whose fields a query names.
//
// Names follow OpenTelemetry's log data model in code (Record, Body, Severity,
// Attr, Resource, TraceID) and the Elastic Common Schema for field keys.
package logs
