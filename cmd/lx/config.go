package main

import (
	"os"
	"path/filepath"

	"github.com/lxlog/lx/themes"
	"github.com/lxlog/lx/ui/clipboard"
	"github.com/lxlog/lx/ui/keys"
)

// config is what is configured: the file, and over it the profile, the environment and the flags of this run.
type config struct {
	Theme          string // "" is chosen by the terminal
	Glyphs         string // auto, unicode, ascii
	AmbiguousWidth int    // cells of a sign of ambiguous width: 1 or 2
	TZ             string // zone of times that are written without one, and of the screen; "" is the system's
	Time           string // how times are shown at first
	Columns        []string
	Wrap           bool
	CopyLimit      size // bytes of text that go to the clipboard through the terminal
	Restore        bool // the place of a set of sources is remembered
	Mouse          bool
	TextFields     []string // that match by words, beside the message and the usual error fields

	Keys     keysConfig
	Formats  map[string]formatConfig // the user's own
	Profiles map[string]profile
	Clusters map[string]cluster // [es.NAME]

	theme     themes.Choice // what Theme comes to on this terminal
	keymap    *keys.Map
	wrongKeys bool              // some problems are of [keys]
	problems  []string          // what is wrong with the file, a line each, in its order
	from      map[string]string // of a setting that is not the file's: the flag, variable or profile that it is from
	file      *configFile       // nil: there is none
	given     []given           // the settings of the file that count
}

// keysConfig is [keys]: a preset, and other keys for some actions of it.
type keysConfig struct {
	Preset string
	Change map[keys.Mode]map[keys.Action][]string
}

type formatConfig struct{ Pattern string }

// profile is what one looks at again and again, by a name: what its settings
// name stands as if it were on the command line, and gives way to what is there.
type profile struct {
	Sources, ES         []string
	Query, Level        string
	Since, Last, Format string
	Theme, TZ           string
	Columns             []string
}

// cluster is an Elasticsearch or an OpenSearch. It names the variables and the files that hold secrets, never secrets.
type cluster struct {
	URLs                                                                     []string
	CloudID                                                                  string
	Index                                                                    string
	APIKeyEnv, APIKeyFile                                                    string
	Username, PasswordEnv, PasswordFile                                      string
	TokenEnv, TokenFile                                                      string
	CA, CAFingerprint                                                        string
	ClientCert, ClientKey                                                    string
	Timeout                                                                  string
	TimeField, LevelField, ServiceField, HostField, MessageField, TraceField string
}

// given is a setting that stands in the file.
type given struct {
	path  []string
	value any
}

// defaultConfig is what holds where nothing is configured.
func defaultConfig() config {
	return config{
		Glyphs: "auto", AmbiguousWidth: 1, Time: "local", Columns: []string{}, CopyLimit: clipboard.Limit, Restore: true, TextFields: []string{},
		Keys:    keysConfig{Preset: "default", Change: map[keys.Mode]map[keys.Action][]string{}},
		Formats: map[string]formatConfig{}, Profiles: map[string]profile{}, Clusters: map[string]cluster{},
		keymap: keys.Default(), from: map[string]string{},
	}
}

// patterns are the patterns of the configured formats by name.
func (c *config) patterns() map[string]string {
	out := make(map[string]string, len(c.Formats))
	for name, f := range c.Formats {
		out[name] = f.Pattern
	}
	return out
}

// configPath is where the configuration file lies; "" where there is no home for it.
func configPath() string {
	if dir := os.Getenv("XDG_CONFIG_HOME"); dir != "" {
		return filepath.Join(dir, "lx", "config.toml")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".config", "lx", "config.toml")
}
