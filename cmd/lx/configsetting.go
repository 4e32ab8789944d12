package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/lxlog/lx/query"
)

// setting is one setting of a table T of the file.
type setting[T any] struct {
	name    string
	about   string // for the default file
	example string // as TOML, for the default file; "" shows the default
	field   func(*T) any
	check   func(c *config, text string) error // of a text, or of each text of a list; nil: any will do
}

// names are those of a table's settings.
func names[T any](list []setting[T]) (out []string) {
	for _, s := range list {
		out = append(out, s.name)
	}
	return out
}

// assign puts a value of the file into a field, once every text in it has passed check. It is not put there with an error.
func assign(field, value any, check func(text string) error) error {
	switch to := field.(type) {
	case *string:
		if text, ok := value.(string); ok {
			return set(to, text, check(text))
		}
		return fmt.Errorf("a text in quotes is wanted, not %s", kind(value))
	case *bool:
		if b, ok := value.(bool); ok {
			return set(to, b, nil)
		}
		return fmt.Errorf("true or false is wanted, not %s", kind(value))
	case *int:
		if n, ok := value.(int64); ok {
			return set(to, int(n), check(strconv.FormatInt(n, 10)))
		}
		return fmt.Errorf("a whole number is wanted, not %s", kind(value))
	case *size:
		return assignSize(to, value)
	case *[]string:
		list, err := texts(value)
		for _, text := range list {
			if err == nil {
				err = check(text)
			}
		}
		return set(to, list, err)
	}
	panic(fmt.Sprintf("no setting can be a %T", field))
}

func assignSize(to *size, value any) error {
	switch v := value.(type) {
	case int64:
		if v < 0 {
			return fmt.Errorf("%d: a size from 0 is wanted", v)
		}
		return set(to, size(v), nil)
	case string:
		return to.Set(v)
	}
	return fmt.Errorf("a size such as 64KB in quotes is wanted, not %s", kind(value))
}

func set[V any](to *V, v V, err error) error {
	if err == nil {
		*to = v
	}
	return err
}

// texts is a list of texts of the file.
func texts(value any) ([]string, error) {
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("a list of texts is wanted, [%s], not %s", `"..."`, kind(value))
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		text, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("a list of texts is wanted, [%s], and one of these is %s", `"..."`, kind(v))
		}
		out = append(out, text)
	}
	return out, nil
}

// kind is what a value of the file is, for people.
func kind(value any) string {
	switch value.(type) {
	case string:
		return "a text"
	case bool:
		return "true or false"
	case int64, float64:
		return "a number"
	case map[string]any:
		return "a table"
	case []any, []map[string]any:
		return "a list"
	}
	return "a time"
}

// asTOML is a value as the file writes it.
func asTOML(value any) string {
	switch v := value.(type) {
	case *string:
		return quoted(*v)
	case *size:
		return sizeTOML(*v)
	case *[]string:
		list := make([]string, len(*v))
		for i, text := range *v {
			list[i] = quoted(text)
		}
		return "[" + strings.Join(list, ", ") + "]"
	case *int:
		return strconv.Itoa(*v)
	case *bool:
		return strconv.FormatBool(*v)
	}
	panic(fmt.Sprintf("no setting can be a %T", value))
}

// sizeTOML is a number of bytes, or a text with a unit where it is round.
func sizeTOML(s size) string {
	if plain := strconv.FormatInt(int64(s), 10); s == 0 || s.String() == plain {
		return plain
	}
	return quoted(s.String())
}

// quoted is a text as TOML: what does not show is written as an escape.
func quoted(text string) string {
	b := []byte{'"'}
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case !strconv.IsPrint(r):
			b = fmt.Appendf(b, `\U%08X`, r)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(append(b, '"'))
}

// nearest is the word of a list that text was most likely meant to be; "" where none is near.
func nearest(text string, words []string) (best string) {
	for _, w := range words {
		if query.Near(text, w) && (best == "" || query.Distance(text, w) < query.Distance(text, best)) {
			best = w
		}
	}
	return best
}
