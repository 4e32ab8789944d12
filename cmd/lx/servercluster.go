package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/when"
)

// environment are the variables that say how a server is reached which stands on
// the command line by its URL.
var environment = []struct {
	name  string
	field func(*cluster) *string
	named bool // the setting is the name of the variable, not what it holds
}{
	{"LX_ES_API_KEY", func(c *cluster) *string { return &c.APIKeyEnv }, true},
	{"LX_ES_API_KEY_FILE", func(c *cluster) *string { return &c.APIKeyFile }, false},
	{"LX_ES_USERNAME", func(c *cluster) *string { return &c.Username }, false},
	{"LX_ES_PASSWORD", func(c *cluster) *string { return &c.PasswordEnv }, true},
	{"LX_ES_PASSWORD_FILE", func(c *cluster) *string { return &c.PasswordFile }, false},
	{"LX_ES_TOKEN", func(c *cluster) *string { return &c.TokenEnv }, true},
	{"LX_ES_TOKEN_FILE", func(c *cluster) *string { return &c.TokenFile }, false},
	{"LX_ES_CA", func(c *cluster) *string { return &c.CA }, false},
	{"LX_ES_CA_FINGERPRINT", func(c *cluster) *string { return &c.CAFingerprint }, false},
	{"LX_ES_CLIENT_CERT", func(c *cluster) *string { return &c.ClientCert }, false},
	{"LX_ES_CLIENT_KEY", func(c *cluster) *string { return &c.ClientKey }, false},
	{"LX_ES_TIMEOUT", func(c *cluster) *string { return &c.Timeout }, false},
	{"LX_ES_TIME_FIELD", func(c *cluster) *string { return &c.TimeField }, false},
}

// environmentCluster is the server of a URL, as the environment says that it is reached.
func environmentCluster(source string) (cluster, error) {
	c := cluster{URLs: []string{source}}
	for _, v := range environment {
		text := os.Getenv(v.name)
		if text == "" {
			continue
		}
		if v.named {
			text = v.name
		}
		*v.field(&c) = text
	}
	if c.CAFingerprint != "" {
		if err := fingerprint(nil, c.CAFingerprint); err != nil {
			return c, fmt.Errorf("$LX_ES_CA_FINGERPRINT: %w", err)
		}
	}
	if c.Timeout != "" {
		if _, err := when.Length(c.Timeout); err != nil {
			return c, fmt.Errorf("$LX_ES_TIMEOUT: %w", err)
		}
	}
	return c, c.contradiction()
}

// contradiction says which of the settings cannot stand beside one another, nil where they can.
func (c *cluster) contradiction() error {
	ways := [...]struct {
		name  string
		given bool
	}{
		{"an API key", c.APIKeyEnv != "" || c.APIKeyFile != ""},
		{"a username", c.Username != "" || c.PasswordEnv != "" || c.PasswordFile != ""},
		{"a token", c.TokenEnv != "" || c.TokenFile != ""},
	}
	var given []string
	for _, w := range ways {
		if w.given {
			given = append(given, w.name)
		}
	}
	switch {
	case len(given) > 1:
		return fmt.Errorf("has %s: keep one of them", strings.Join(given, " and "))
	case c.APIKeyEnv != "" && c.APIKeyFile != "", c.PasswordEnv != "" && c.PasswordFile != "", c.TokenEnv != "" && c.TokenFile != "":
		return errors.New("has a secret in a variable and in a file: keep one of them")
	case c.Username == "" && (c.PasswordEnv != "" || c.PasswordFile != ""):
		return errors.New("has a password and no username")
	case (c.ClientCert == "") != (c.ClientKey == ""):
		return errors.New("wants client_cert and client_key both, or neither")
	case c.CA != "" && c.CAFingerprint != "":
		return errors.New("has ca and ca_fingerprint: keep one of them")
	}
	return nil
}

// clusterOptions are what reaches a server, its secrets among them. Paths count from
// folder. The error says what could not be had, and never a secret.
func (o *options) clusterOptions(ctx context.Context, name, folder string, c *cluster) (e elastic.Options, err error) {
	e = elastic.Options{Name: name, URLs: c.URLs, CloudID: c.CloudID, Index: c.Index, Username: c.Username, Fingerprint: c.CAFingerprint, TimeField: c.TimeField}
	if c.Timeout != "" {
		if e.Timeout, err = when.Length(c.Timeout); err != nil {
			return e, err
		}
	}
	for _, s := range [...]struct {
		variable, file string
		to             *string
	}{{c.APIKeyEnv, c.APIKeyFile, &e.APIKey}, {c.PasswordEnv, c.PasswordFile, &e.Password}, {c.TokenEnv, c.TokenFile, &e.Token}} {
		if *s.to, err = o.secret(s.variable, pathFrom(folder, s.file)); err != nil {
			return e, err
		}
	}
	for _, s := range [...]struct {
		file   string
		secret bool
		to     *[]byte
	}{{c.CA, false, &e.CA}, {c.ClientCert, false, &e.ClientCert}, {c.ClientKey, true, &e.ClientKey}} {
		if s.file == "" {
			continue
		}
		if *s.to, err = o.keyFile(pathFrom(folder, s.file), s.secret); err != nil {
			return e, err
		}
	}
	if c.Username != "" && c.PasswordEnv == "" && c.PasswordFile == "" {
		if e.Password, err = o.askPassword(ctx, name, c.Username); err != nil {
			return e, err
		}
	}
	e.Fields = c.fields()
	return e, nil
}

// fields are those that hold core fields.
func (c *cluster) fields() map[logs.Core]string {
	out := map[logs.Core]string{}
	for core, field := range map[logs.Core]string{
		logs.CoreLevel: c.LevelField, logs.CoreService: c.ServiceField, logs.CoreHost: c.HostField,
		logs.CoreMessage: c.MessageField, logs.CoreTrace: c.TraceField,
	} {
		if field != "" {
			out[core] = field
		}
	}
	return out
}

// pathFrom is a path as a setting has it; ~/ is the user's home. "" stays.
func pathFrom(folder, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// secret is what a variable or a file holds, "" where neither is named.
func (o *options) secret(variable, file string) (string, error) {
	switch {
	case variable != "":
		text := strings.TrimSpace(os.Getenv(variable))
		if text == "" {
			return "", fmt.Errorf("the variable %s, which is to hold the secret, is not set: read -rs %s && export %s", variable, variable, variable)
		}
		return text, nil
	case file != "":
		text, err := o.keyFile(file, true)
		if text = bytes.TrimSpace(text); err == nil && len(text) == 0 {
			err = fmt.Errorf("%s is empty: it is to hold the secret", file)
		}
		return string(text), err
	}
	return "", nil
}

const maxKeyFile = 1 << 20 // bytes

// keyFile reads a file of keys or certificates. It warns where others may read a secret.
func (o *options) keyFile(path string, secret bool) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if secret && info.Mode().Perm()&0o004 != 0 && filepath.Separator == '/' {
		o.warnings = append(o.warnings, fmt.Sprintf("everybody may read the secret in %s (mode %04o): chmod o-rwx %s", path, info.Mode().Perm(), path))
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err == nil && len(text) > maxKeyFile {
		err = fmt.Errorf("%s is larger than 1 MB: it is no key and no certificate", path)
	}
	return text, err
}
