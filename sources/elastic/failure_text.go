package elastic

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
)

// Error says what the server refuses and what to do about it.
func (f *failure) Error() string {
	switch {
	case f.Status == http.StatusUnauthorized:
		return f.unknown()
	case f.isClosed():
		return fmt.Sprintf("%s has closed the index %q: have it opened, or name others", f.server, cmp.Or(f.Index, between(f.Reason, "[")))
	case f.Status == http.StatusForbidden:
		return f.forbidden()
	case f.isMissing():
		name := f.Index
		if name == "" {
			name = between(f.Reason, "[")
		}
		return fmt.Sprintf("%s has no index %q: is the name right? A name has to exist; a pattern such as %q may match nothing", f.server, name, "logs-*")
	case f.is("too_many_buckets_exception"):
		return f.server + " counts no further: there are too many buckets (" + f.Reason + "): ask for a shorter time"
	case f.isBreaker():
		return fmt.Sprintf("%s has no memory for this question (%d: %s): ask for a shorter time, or for less at once", f.server, f.Status, f.Reason)
	case f.Status == http.StatusTooManyRequests:
		return f.server + " has too much to do (429" + f.because() + "): try again later"
	case f.isTooBusy():
		return fmt.Sprintf("%s cannot answer now (%d%s): try again later", f.server, f.Status, f.because())
	}
	return fmt.Sprintf("%s refuses the question (%d%s)", f.server, f.Status, f.because())
}

func (f *failure) because() string {
	switch {
	case f.Reason == "" && f.Type == "":
		return ""
	case f.Reason == "":
		return ": " + f.Type
	}
	return ": " + f.Reason
}

// unknown is the text of a 401.
func (f *failure) unknown() string {
	reason := strings.ToLower(f.Reason)
	switch {
	case f.kind == "":
		return f.server + " wants to know who asks (401): give an API key, a token, or a user and a password"
	case strings.Contains(reason, "expired"):
		return fmt.Sprintf("%s refuses %s (401): it has expired: make a new one", f.server, f.kind)
	case strings.Contains(reason, "invalidated"):
		return fmt.Sprintf("%s refuses %s (401): it has been invalidated: make a new one", f.server, f.kind)
	}
	return fmt.Sprintf("%s refuses %s (401%s): is it right, and of this server?", f.server, f.kind, f.because())
}

// forbidden is the text of a 403, which names the privilege and the indices as far as the reason does.
func (f *failure) forbidden() string {
	indices := between(f.Reason, "indices [")
	privileges := between(f.Reason, "privileges [")
	action := between(f.Reason, "action [")
	if action == "" {
		action = between(f.Reason, "no permissions for [")
	}
	who := f.kind
	switch who {
	case "":
		who = "one who does not say who asks"
	case passwordKind:
		who = "this user"
	}
	if action == "" {
		return fmt.Sprintf("%s does not allow this to %s (403%s): ask for the right to read the index", f.server, who, f.because())
	}
	where := ""
	if indices != "" {
		where = fmt.Sprintf(" on %q", indices)
	}
	need := `"read" and "view_index_metadata"`
	if first, _, _ := strings.Cut(privileges, ","); first != "" {
		need = fmt.Sprintf("%q", first)
	}
	return fmt.Sprintf("%s does not allow %s to %s%s (403): it needs the privilege %s%s", f.server, action, who, where, need, where)
}

// between returns the text after a mark up to the next bracket; "" where they do not stand there.
func between(text, mark string) string {
	_, rest, found := strings.Cut(text, mark)
	inner, _, closed := strings.Cut(rest, "]")
	if !found || !closed {
		return ""
	}
	return inner
}
