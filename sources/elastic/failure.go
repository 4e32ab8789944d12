package elastic

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A failure is the refusal of a server that was reached.
type failure struct {
	Status int
	Type   string // as the server names it: "index_not_found_exception"; "" where it does not
	Reason string // the first that says something, for people
	Index  string // that it is about, where one is named

	server string        // what the source is called
	kind   string        // of the credential that was shown
	types  []string      // all that stand in the answer, those of causes among them
	after  time.Duration // the server wants to be left alone for that long
}

// refusesUs: who asks is not known, or may not. Asking again is of no use.
func (f *failure) refusesUs() bool {
	return f.Status == http.StatusUnauthorized || f.Status == http.StatusForbidden && !f.isClosed()
}

// isTooBusy: the server has too much to do, or not all of its parts; later it may answer.
func (f *failure) isTooBusy() bool {
	switch f.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return !f.isTooMuch()
	}
	return false
}

// isBreaker: the server has no memory for the question.
func (f *failure) isBreaker() bool { return f.is("circuit_breaking_exception") }

// isTooMuch: less may be answered.
func (f *failure) isTooMuch() bool { return f.isBreaker() || f.is("too_many_buckets_exception") }

// isMissing: there is no index of that name.
func (f *failure) isMissing() bool { return f.is("index_not_found_exception") }

func (f *failure) is(kind string) bool { return slices.Contains(f.types, kind) }

// failed returns the refusal that an error is, if it is one.
func failed(err error) (*failure, bool) { return errors.AsType[*failure](err) }

// isTooMuch reports whether the answer to less may be had, where this was the error.
func isTooMuch(err error) bool {
	f, ok := failed(err)
	return ok && f.isTooMuch() || errors.Is(err, errTooLarge)
}

// resultWindow is how many hits an index gives at once by its settings, where a search for
// more of them was refused for that; else 0.
func resultWindow(err error) int {
	f, ok := failed(err)
	if !ok || !strings.Contains(f.Reason, "max_result_window") {
		return 0
	}
	n, _ := strconv.Atoi(between(f.Reason, "less than or equal to: ["))
	return n
}

// refusesUs reports whether an error is that of a server that does not let us in.
func refusesUs(err error) bool {
	f, ok := failed(err)
	return ok && f.refusesUs()
}

// isNotFound reports whether what was asked for is not there: a path, not an index.
func isNotFound(err error) bool {
	if f, ok := failed(err); ok {
		return f.Status == http.StatusNotFound && !f.isMissing()
	}
	t, ok := errors.AsType[*trouble](err)
	return ok && t.status == http.StatusNotFound
}

// A cause is an error as servers write it, in all the shapes there are.
type cause struct {
	Type         string        `json:"type"`
	Reason       string        `json:"reason"`
	Index        string        `json:"index"`
	RootCause    []cause       `json:"root_cause"`
	CausedBy     *cause        `json:"caused_by"`
	FailedShards []failedShard `json:"failed_shards"`
}

type failedShard struct {
	Index  string `json:"index"`
	Reason cause  `json:"reason"`
}

// failureOf reads a refusal; nil where the body is not one of a search server's.
func failureOf(status int, body []byte) *failure {
	var shape struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	_ = json.Unmarshal(body, &shape) // what is not of its type stays empty
	f := &failure{Status: status}
	var top cause
	var text string
	switch {
	case json.Unmarshal(shape.Error, &text) == nil && text != "":
		f.Reason = plain(text)
	case len(shape.Error) > 0 && shape.Error[0] == '{':
		_ = json.Unmarshal(shape.Error, &top)
		said := top.said()
		f.Type, f.Reason, f.Index = plain(top.Type), plain(said.Reason), plain(top.index())
		f.types = top.types(nil)
	case shape.Message != "": // a gateway's
		f.Reason = plain(shape.Message)
	case f.refusesUs(), status == http.StatusTooManyRequests: // with any text, a gateway's
	default:
		return nil
	}
	return f
}

// said returns the cause that says most: the first root, the first shard's, or the deepest.
func (c *cause) said() *cause {
	if len(c.RootCause) > 0 && c.RootCause[0].Reason != "" {
		return &c.RootCause[0]
	}
	if len(c.FailedShards) > 0 && c.FailedShards[0].Reason.Reason != "" {
		return &c.FailedShards[0].Reason
	}
	best := c
	for at := c.CausedBy; at != nil; at = at.CausedBy {
		if at.Reason != "" {
			best = at
		}
	}
	return best
}

func (c *cause) index() string {
	if c.Index == "" && len(c.RootCause) > 0 {
		return c.RootCause[0].Index
	}
	return c.Index
}

// types adds those of a cause and of all below it, up to a bound.
func (c *cause) types(list []string) []string {
	const most = 100
	for at := c; at != nil && len(list) < most; at = at.CausedBy {
		if at.Type != "" {
			list = append(list, at.Type)
		}
		for i := range at.RootCause {
			if len(list) < most {
				list = at.RootCause[i].types(list)
			}
		}
		for i := range at.FailedShards {
			if len(list) < most {
				list = at.FailedShards[i].Reason.types(list)
			}
		}
	}
	return list
}

// maxText is how many bytes of a server's text an error repeats.
const maxText = 500

// plain makes one line of a server's text, without control characters, of at most maxText bytes.
func plain(text string) string {
	cut := false
	if len(text) > maxText {
		text, cut = text[:maxText], true
	}
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if cut {
		text += "…"
	}
	return text
}
