package query

import "github.com/lxlog/lx/logs"

// Everything holds for every record. It is the empty query, and *:*.
type Everything struct{ Pos }

func (e *Everything) String() string { return text(e) }

func (e *Everything) strength() strength { return whole }

func (e *Everything) write(p *printer) { p.WriteString("*:*") }

func (e *Everything) bind(scope) matcher { return always{} }

type always struct{}

func (always) match(*logs.Record) bool { return true }
