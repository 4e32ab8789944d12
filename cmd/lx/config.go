package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// config is the configuration file: $XDG_CONFIG_HOME/lx/config.toml, else ~/.config/lx/config.toml.
type config struct {
	// TextFields match by words, beside the message and the usual error fields.
	TextFields []string `toml:"text_fields"`
	// Formats are the user's own: [format.NAME] pattern = '...'.
	Formats map[string]formatConfig `toml:"format"`
}

type formatConfig struct {
	Pattern string `toml:"pattern"`
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

// readConfig reads the configuration file. One that does not exist is empty; one
// with a fault or a key that means nothing is an error that names the line.
func readConfig() (c config, err error) {
	path := configPath()
	if path == "" {
		return c, nil
	}
	meta, err := toml.DecodeFile(path, &c)
	var fault toml.ParseError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return config{}, nil
	case errors.As(err, &fault):
		return c, fmt.Errorf("%s: line %d: %s", path, fault.Position.Line, fault.Message)
	case err != nil:
		return c, fmt.Errorf("%s: %w", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		var names []string
		for _, k := range unknown {
			names = append(names, k.String())
		}
		return c, fmt.Errorf("%s: no such setting: %s", path, strings.Join(names, ", "))
	}
	for name, f := range c.Formats {
		if f.Pattern == "" {
			return c, fmt.Errorf("%s: [format.%s] has no pattern", path, name)
		}
	}
	return c, nil
}
