package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// A postgresCSV is PostgreSQL's csvlog. Quoted columns may hold line ends, so
// that a record may have several lines.
// Source: PostgreSQL documentation, "Using CSV-Format Log Output".
type postgresCSV struct{ header }

var csvLayout = newPostgresCSV()

func newPostgresCSV() *postgresCSV {
	l := &postgresCSV{}
	l.id, l.first, l.join = "postgres-csv", "12", joinAll
	l.reason, l.parse = "the columns of PostgreSQL's csvlog", parsePostgresCSV
	return l
}

// Columns of csvlog that decide whether a line is of it, counted from that behind the time.
const (
	csvPid      = 2
	csvSession  = 4
	csvNumber   = 5
	csvSeverity = 10
	csvMessage  = 12
)

// csvKeys name the columns behind the time; "" is one that is read by itself.
var csvKeys = [...]string{"user.name", "postgresql.log.database", "process.pid", "client.address", "postgresql.log.session_id",
	"postgresql.log.session_line_number", "postgresql.log.command_tag", "postgresql.log.session_start_time", "postgresql.log.virtual_transaction_id",
	"postgresql.log.transaction_id", "", "postgresql.log.sql_state_code", "", "postgresql.log.detail", "postgresql.log.hint",
	"postgresql.log.internal_query", "postgresql.log.internal_query_pos", "postgresql.log.context", "postgresql.log.query",
	"postgresql.log.query_pos", "postgresql.log.location", "postgresql.log.application_name", "postgresql.log.backend_type",
	"postgresql.log.leader_pid", "postgresql.log.query_id"}

func parsePostgresCSV(line []byte, s *scanner, h *head) bool {
	if len(line) < 60 || line[4] != '-' {
		return false
	}
	st, i := s.stampAt(line, 0)
	if !st.ok || i+1 >= len(line) || line[i] != ',' || line[i+1] != '"' && line[i+1] != ',' {
		return false
	}
	for n := range csvMessage {
		text, end, open := cell(line, i+1, ',')
		if open || end >= len(line) || line[end] != ',' {
			return false
		}
		switch n {
		case csvPid, csvNumber:
			if !numeric(text) {
				return false
			}
		case csvSession:
			if start, process, _ := cut(text, '.'); len(start) == 0 || !isHex(start) || !isHex(process) {
				return false
			}
		case csvSeverity:
			sev, ok := postgresSeverity(text)
			if !ok {
				return false
			}
			h.severity, h.level = sev, text
		}
		i = end
	}
	h.time, h.body = st, i+1
	return true
}

func (l *postgresCSV) Decode(raw []byte, r *logs.Record) {
	l.header.Decode(raw, r)
	if r.Format != l.id {
		return
	}
	s := borrowScanner()
	line, _ := cutLine(raw)
	_, i := s.stampAt(line, 0)
	s.giveBack()
	for n := 0; n < len(csvKeys) && i < len(raw) && raw[i] == ','; n++ {
		text, end, _ := cell(raw, i+1, ',')
		if n == len(csvKeys)-1 || end < len(raw) && raw[end] != ',' { // the last
			text = bytes.TrimRight(text, "\r\n")
		}
		value := unquoted(text, r)
		switch {
		case n == csvMessage:
			r.Body = value
		case csvKeys[n] != "" && isNumber(text):
			r.Add(csvKeys[n], logs.NumberValue(value))
		case csvKeys[n] != "":
			r.AddText(csvKeys[n], value)
		}
		i = end
	}
	if rest := bytes.TrimRight(raw[min(i, len(raw)):], "\r\n"); len(rest) > 0 {
		r.AddText("extra", logs.Borrow(rest))
	}
}

// unquoted is the text of a cell with its doubled quotes single; it borrows where there are none.
func unquoted(text []byte, r *logs.Record) string {
	if bytes.IndexByte(text, '"') < 0 {
		return logs.Borrow(text)
	}
	b := r.Scratch()
	from := len(b)
	for k := 0; k < len(text); k++ {
		b = append(b, text[k])
		if text[k] == '"' && k+1 < len(text) && text[k+1] == '"' {
			k++
		}
	}
	r.SetScratch(b)
	return logs.Borrow(b[from:])
}
