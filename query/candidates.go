package query

import (
	"strings"

	"github.com/lxlog/lx/logs"
)

// A Dictionary is what is known of the records that a query is written for.
type Dictionary interface {
	// Fields are those that records have, in any order, core fields under their ECS keys.
	Fields() []KnownField
	// Values are those of the field of that very name, or some of them, in any order.
	Values(field string) []KnownValue
}

// A KnownField is a field that records have.
type KnownField struct {
	Name    string
	Type    string // "text", "number", "bool", "mixed"; "" where that is not known
	Records int64
}

// A KnownValue is a value that a field has in so many records.
type KnownValue struct {
	Value string
	Count int64
}

// A Candidate is something that may be written where a cursor stands.
type Candidate struct {
	Text   string // what it is, as it stands in the data: draw it through output.Clean
	Insert string // what replaces the bytes From to To, in quotes where it must be
	Count  int64  // records that have it; 0 for what is not counted
	About  string // a few words on it: "stands for log.level", "number", "at least"; "" for none
}

// Candidates are what may be written where c is, best first, at most most of
// them: what begins with the prefix, in any case, then what has a word that does,
// what holds it, and what a typo or two make of it; the most frequent first.
// Levels come worst first, operators as the field's type suggests.
func Candidates(c Completion, d Dictionary, most int) []Candidate {
	var list []Candidate
	switch c.Place {
	case AtField:
		list = ranked(fieldCandidates(c, d), c.Prefix, most)
		for i := range list {
			if list[i].Insert = QuoteField(list[i].Text); !c.Operator {
				list[i].Insert += ":"
			}
		}
		if !c.Quoted && c.Prefix != "" && begins(c.Prefix, "not") {
			list = append(list, Candidate{Text: "not", Insert: "not ", About: "what the next condition does not hold for"})
		}
	case AtValue:
		list = valueCandidates(c, d, most)
	case Behind:
		list = behindCandidates(c, d)
	}
	return list[:max(0, min(len(list), most))]
}

// fieldCandidates are all fields, in any order, without what is to be inserted.
func fieldCandidates(c Completion, d Dictionary) []Candidate {
	var out []Candidate
	known := map[string]bool{}
	counts := map[logs.Core]int64{}
	all := d.Fields()
	for _, f := range all {
		counts[logs.CoreOf(f.Name)] += f.Records
		name, under := strings.CutPrefix(f.Name, c.Path)
		if !under || name == "" || known[name] {
			continue
		}
		known[name] = true
		out = append(out, Candidate{Text: name, Count: f.Records, About: f.Type})
	}
	if c.Path != "" {
		return out
	}
	for core := logs.CoreTime; core <= logs.CoreSpan; core++ {
		usual := usualNames[core]
		for _, name := range logs.Aliases[core] {
			typed := len(c.Prefix) > 2 && begins(c.Prefix, name)
			if known[name] || name != usual && !typed || core != logs.CoreTime && len(all) > 0 && counts[core] == 0 {
				continue
			}
			about := ""
			if name != core.Key() {
				about = "stands for " + core.Key()
			}
			out = append(out, Candidate{Text: name, Count: counts[core], About: about})
		}
	}
	return out
}

// usualNames are those under which core fields are proposed without being typed.
var usualNames = [...]string{logs.CoreTime: "@timestamp", logs.CoreMessage: "message", logs.CoreLevel: "level",
	logs.CoreService: "service", logs.CoreHost: "host", logs.CoreTrace: "trace_id", logs.CoreSpan: "span_id"}

// maxProposed is how long a value may be to be proposed, in bytes.
const maxProposed = 200

func valueCandidates(c Completion, d Dictionary, most int) []Candidate {
	core := logs.CoreOf(c.Field)
	values := d.Values(c.Field)
	if len(values) == 0 && core != logs.CoreNone {
		values = d.Values(core.Key())
	}
	if core == logs.CoreLevel {
		return levelCandidates(c, values)
	}
	var out []Candidate
	words := logs.IsWordField(c.Field)
	for _, v := range values {
		if len(v.Value) > maxProposed {
			continue
		}
		out = append(out, Candidate{Text: v.Value, Count: v.Count})
	}
	out = ranked(out, c.Prefix, most)
	for i := range out {
		insert := Value{Kind: Quoted, Text: out[i].Text}
		if !c.Quoted {
			insert = written(out[i].Text, words && !c.Compared)
		}
		out[i].Insert = insert.String()
	}
	if c.Prefix == "" && !c.Quoted && !c.Compared {
		out = append(out[:min(len(out), max(0, most-1))], Candidate{Text: "*", Insert: "*", About: "any value"})
	}
	return out
}

// levelCandidates are the names of the levels that fit the prefix, or that it is another spelling of.
func levelCandidates(c Completion, values []KnownValue) []Candidate {
	var counts [logs.Levels]int64
	for _, v := range values {
		if s, ok := logs.ParseSeverity(v.Value); ok {
			counts[s.Level()] += v.Count
		}
	}
	spelled, _ := logs.ParseSeverity(c.Prefix)
	typed := characters(c.Prefix)
	var out []Candidate
	for l := logs.Level(logs.Levels - 1); l > 0; l-- {
		if l != spelled.Level() && closeness(l.String(), strings.ToLower(c.Prefix), typed) == unlike {
			continue
		}
		insert := l.String()
		if c.Quoted {
			insert = `"` + insert + `"`
		}
		out = append(out, Candidate{Text: l.String(), Insert: insert, Count: counts[l]})
	}
	return out
}

var operatorsAbout = map[string]string{":": "is", ">": "greater than", ">=": "at least", "<": "less than", "<=": "at most"}

func behindCandidates(c Completion, d Dictionary) []Candidate {
	var out []Candidate
	if c.Prefix == "" && c.Field != "" {
		for _, op := range operatorsOf(c.Field, d) {
			insert := op
			if op != ":" {
				insert += " "
			}
			out = append(out, Candidate{Text: op, Insert: insert, About: operatorsAbout[op]})
		}
	}
	for _, word := range []string{"and", "or"} {
		if begins(c.Prefix, word) {
			out = append(out, Candidate{Text: word, Insert: word + " "})
		}
	}
	return out
}

// operatorsOf are those that make sense of the field, best first; none where there is no such field.
func operatorsOf(field string, d Dictionary) []string {
	core := logs.CoreOf(field)
	switch core {
	case logs.CoreLevel:
		return []string{">=", ":"}
	case logs.CoreTime:
		return []string{">=", "<", ">", "<=", ":"}
	}
	for _, f := range d.Fields() {
		switch {
		case f.Name != field:
		case f.Type == "number":
			return []string{">", ">=", "<", "<=", ":"}
		case f.Type == "mixed":
			return []string{":", ">", ">=", "<", "<="}
		default:
			return []string{":"}
		}
	}
	if core != logs.CoreNone {
		return []string{":"}
	}
	return nil
}
