package query

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/when"
)

var (
	testNow = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	testEnv = Env{Now: testNow, TextFields: []string{"note"}}
)

// decode makes a record of a JSON object, as a format would: the first alias of
// a core field is that field, all else attributes with dotted keys.
func decode(t testing.TB, text string) *logs.Record {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var doc map[string]any
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	r := &logs.Record{Time: logs.NoTime}
	r.Attrs = members("", doc)
	sort.Slice(r.Attrs, func(i, j int) bool { return r.Attrs[i].Key < r.Attrs[j].Key })
	for c, set := range map[logs.Core]*string{
		logs.CoreMessage: &r.Body, logs.CoreLevel: &r.SeverityText, logs.CoreService: &r.Service,
		logs.CoreHost: &r.Host, logs.CoreTrace: &r.TraceID, logs.CoreSpan: &r.SpanID,
	} {
		*set = take(r, c)
	}
	r.Severity, _ = logs.ParseSeverity(r.SeverityText)
	if stamp, ok := when.NewParser(nil).Whole([]byte(take(r, logs.CoreTime))); ok {
		r.Time = stamp.Nanos
	}
	return r
}

// take removes the attribute that is the core field and returns its text.
func take(r *logs.Record, c logs.Core) string {
	for _, name := range logs.Aliases[c] {
		i := slices.IndexFunc(r.Attrs, func(a logs.Attr) bool { return a.Key == name })
		if i >= 0 && (r.Attrs[i].Value.Kind == logs.Text || r.Attrs[i].Value.Kind == logs.Number) {
			text := r.Attrs[i].Value.Str
			r.Attrs = slices.Delete(r.Attrs, i, i+1)
			return text
		}
	}
	return ""
}

func members(path string, doc map[string]any) []logs.Attr {
	var out []logs.Attr
	for key, v := range doc {
		if inner, ok := v.(map[string]any); ok {
			out = append(out, members(path+key+".", inner)...)
			continue
		}
		out = append(out, logs.Attr{Key: path + key, Value: valueOf(v)})
	}
	return out
}

func valueOf(v any) logs.Value {
	switch v := v.(type) {
	case string:
		return logs.TextValue(v)
	case json.Number:
		return logs.NumberValue(v.String())
	case bool:
		if v {
			return logs.Value{Kind: logs.Bool, Str: "true"}
		}
		return logs.Value{Kind: logs.Bool, Str: "false"}
	case []any:
		var items []logs.Attr
		for _, x := range v {
			items = append(items, logs.Attr{Value: valueOf(x)})
		}
		return logs.Value{Kind: logs.Array, Items: items}
	case map[string]any:
		return logs.Value{Kind: logs.Object, Items: members("", v)}
	}
	return logs.Value{}
}
