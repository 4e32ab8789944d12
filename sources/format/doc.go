// Package format turns the bytes of logs into records: it knows how programs
// write them, one file a format.
//
// Whether a line begins a record, and of which format, follows from that line
// alone: the formats are tried in a fixed order, chosen by the line's first
// byte, and the first that takes it wins. So a stream may mix formats, and the
// result does not depend on where reading began. Lines that no format takes are
// given a shape (indented, a frame of a stack trace, ...), and the fold decides
// by the record before them whether they belong to it or are plain records.
//
// Most formats are a header before a message: those are a parse function that
// fills a head. A format whose records carry their fields by name (JSON, logfmt)
// has a scan for the core columns and a decoding of its own.
//
// Where two places tell a core field, the other one stays an attribute: the time
// inside a container runtime's line under its own name or event.created; the
// service, host and level of a header before a JSON object that names them too as
// log.syslog.appname, log.syslog.hostname and log.syslog.severity.name, or
// header.service, host.hostname and header.level.
package format
