package format

import "github.com/lxlog/lx/logs"

// jsonFamily are formats whose records name their fields.
var jsonFamily = []layout{jsonLayout}

type jsonLines struct{}

var jsonLayout = jsonLines{}

func (jsonLines) Name() string                                 { return "json" }
func (jsonLines) starts() string                               { return "{" }
func (jsonLines) joins() joining                               { return joinTrace }
func (jsonLines) why() string                                  { return "its first line is a JSON object" }
func (jsonLines) scan(line []byte, s *scanner, f *fields) bool { return s.object(line, f) }
func (jsonLines) Decode(raw []byte, r *logs.Record)            { plainLayout.Decode(raw, r) }

// object reads the core columns of a JSON object that is all of text, over those that f holds.
func (s *scanner) object(text []byte, f *fields) bool { return false }

// decodeObject adds the members of a JSON object that is all of text to r; core fields that it names replace r's.
func decodeObject(text []byte, r *logs.Record) bool { return false }
