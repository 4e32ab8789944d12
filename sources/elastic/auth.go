package elastic

import (
	"encoding/base64"
	"errors"
	"strings"
)

// A credential is what a client says of itself in every question.
type credential struct {
	header string // of Authorization; "": it says nothing
	kind   string // for people: "the API key"; "": there is none
}

const passwordKind = "the user or the password"

// credential returns what the options say, and refuses two at once.
func (o Options) credential() (credential, error) {
	var found []credential
	var names []string
	if o.APIKey != "" {
		key := strings.TrimSpace(o.APIKey)
		if strings.Contains(key, ":") { // base64 has no colon
			key = base64.StdEncoding.EncodeToString([]byte(key))
		}
		found, names = append(found, credential{"ApiKey " + key, "the API key"}), append(names, "api_key")
	}
	if o.Token != "" {
		found, names = append(found, credential{"Bearer " + strings.TrimSpace(o.Token), "the token"}), append(names, "token")
	}
	switch {
	case o.Username != "":
		if strings.Contains(o.Username, ":") {
			return credential{}, errors.New("username: a user's name cannot hold a colon")
		}
		text := base64.StdEncoding.EncodeToString([]byte(o.Username + ":" + o.Password))
		found, names = append(found, credential{"Basic " + text, passwordKind}), append(names, "username")
	case o.Password != "":
		return credential{}, errors.New("username: a password is given and no user")
	}
	switch len(found) {
	case 0:
		return credential{}, nil
	case 1:
		if strings.ContainsAny(found[0].header, "\r\n\x00") {
			return credential{}, errors.New(names[0] + " has more than one line: is it the right file?")
		}
		return found[0], nil
	}
	return credential{}, errors.New(strings.Join(names, " and ") + " are both given: leave one out")
}
