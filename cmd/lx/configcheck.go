package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/when"
)

// themeNames are those that --theme and the configuration take.
func themeNames() (out []string) {
	for _, t := range themes.All() {
		out = append(out, t.Name)
	}
	return out
}

// noSuch is the error for a name that is none of a list.
func noSuch(what, text string, words []string) error {
	if near := nearest(text, words); near != "" {
		return fmt.Errorf("no such %s: %s; did you mean %s?", what, text, near)
	}
	return fmt.Errorf("no such %s: %s; there are %s", what, text, strings.Join(words, ", "))
}

func among(words ...string) func(*config, string) error {
	return func(_ *config, text string) error {
		if slices.Contains(words, text) {
			return nil
		}
		return fmt.Errorf("%s: one of %s is wanted", text, strings.Join(words, ", "))
	}
}

func notEmpty(_ *config, text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("is empty")
	}
	return nil
}

func knownTheme(_ *config, text string) error {
	if _, ok := themes.Named(text); ok || text == "" {
		return nil
	}
	return noSuch("theme", text, themeNames())
}

func knownTZ(_ *config, text string) error {
	if _, err := time.LoadLocation(text); err != nil {
		return fmt.Errorf("no such time zone: %s; write UTC or a name such as Europe/Berlin", text)
	}
	return nil
}

func knownPattern(_ *config, text string) error {
	if text == "" {
		return errors.New("is empty")
	}
	_, err := format.New(format.Options{Patterns: map[string]string{"own": text}})
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

func knownFormat(c *config, text string) error {
	_, err := format.New(format.Options{Format: text, Patterns: c.patterns()})
	return err
}

func knownQuery(_ *config, text string) error {
	_, err := query.Parse(text)
	var q *query.Error
	if errors.As(err, &q) && q.Hint != "" {
		err = fmt.Errorf("%w; %s", err, q.Hint)
	}
	return err
}

func knownLevel(_ *config, text string) error {
	if _, ok := logs.ParseSeverity(text); !ok {
		return noSuch("level", text, strings.Fields("trace debug info warn error fatal"))
	}
	return nil
}

func knownLength(_ *config, text string) error {
	_, err := when.Length(text)
	return err
}

// knownURL never repeats the text: it may hold a password.
func knownURL(_ *config, text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return errors.New("each is to be as https://HOST:9200")
	case u.User != nil:
		return errors.New("a password in a URL would stand here for all to read: write username and password_env")
	}
	return nil
}

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// variable never repeats the text: it may be the secret itself.
func variable(_ *config, text string) error {
	if !variableName.MatchString(text) {
		return errors.New("the name of an environment variable is wanted: the secret itself does not stand in this file")
	}
	return nil
}

func fingerprint(_ *config, text string) error {
	sum, err := hex.DecodeString(strings.ReplaceAll(text, ":", ""))
	if err != nil || len(sum) != 32 {
		return errors.New("a SHA-256 fingerprint is wanted: 64 hexadecimal digits, with or without colons")
	}
	return nil
}
