package main

import (
	"fmt"
	"strings"
)

// defaultFile is a file with every setting, commented out: a line of a setting
// begins with # and its name, one of prose with # and a blank.
func defaultFile() string {
	var b strings.Builder
	b.WriteString(`# The configuration of lx. A setting counts once the # before it is gone.
# Above it stand, first to last: flags, the environment, the profile of --profile.
# ` + "`lx config`" + ` shows what counts and where it is from.
`)
	c := defaultConfig()
	describe(&b, settings, &c)
	heading(&b, "keys", "")
	describe(&b, keysSettings, &c.Keys)
	heading(&b, "keys.logs", "Other keys for an action, in one mode. The list replaces all keys that it had there.")
	b.WriteString("#down = [\"j\", \"down\"]\n")
	heading(&b, "format.till", "A format of one's own, by a name: it is tried before all others.")
	describe(&b, formatSettings, &formatConfig{})
	heading(&b, "profile.shop", "What one looks at again and again: lx --profile shop. The command line stands above it.\n# Settings are as the flags of these names, and sources as the arguments.")
	describe(&b, profileSettings, &profile{})
	heading(&b, "es.prod", "An Elasticsearch, by a name. Secrets do not stand here, but in the variables that are named here.")
	describe(&b, clusterSettings, &cluster{})
	return b.String()
}

func heading(b *strings.Builder, table, about string) {
	b.WriteString("\n")
	if about != "" {
		fmt.Fprintf(b, "# %s\n", about)
	}
	fmt.Fprintf(b, "#[%s]\n", table)
}

func describe[T any](b *strings.Builder, list []setting[T], values *T) {
	for _, s := range list {
		if s.about != "" {
			fmt.Fprintf(b, "\n# %s\n", s.about)
		}
		value := s.example
		if value == "" {
			value = asTOML(s.field(values))
		}
		fmt.Fprintf(b, "#%s = %s\n", s.name, value)
	}
}
