package query

import "regexp"

// Kind is how a value is written, which decides how it is looked for.
type Kind uint8

const (
	Plain    Kind = iota // timeout, read timed out: any of its words
	Quoted               // "read timed out": a phrase
	Wildcard             // time*, *out*
	Regexp               // /time(d )?out/, RE2
)

// A Value is what a field, or the whole record, is asked for.
type Value struct {
	Kind  Kind
	Text  string   // its characters, escapes resolved; of a Wildcard with its stars, of a Regexp the pattern as it stands between the slashes
	Parts []string // Wildcard: what stands between its stars, two or more
	Pos

	pattern *regexp.Regexp // Regexp
}

func (v Value) String() string {
	var p printer
	v.write(&p)
	return p.String()
}

func (v Value) write(p *printer) {
	switch v.Kind {
	case Quoted:
		p.quoted(v.Text)
	case Wildcard:
		p.literal(v.Parts, false)
	case Regexp:
		p.WriteByte('/')
		p.WriteString(v.Text)
		p.WriteByte('/')
	default:
		p.literal([]string{v.Text}, false)
	}
}

// Star reports whether the value is a lone *, which asks whether there is anything at all.
func (v Value) Star() bool {
	return v.Kind == Wildcard && len(v.Parts) == 2 && v.Parts[0] == "" && v.Parts[1] == ""
}
