// Package share writes what the screen shows as one shell command that opens it again.
package share

import (
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
)

// A View is what a command opens again.
type View struct {
	Sources []string // as they were given on the command line
	Flags   []string // those that say how the sources are read, each as it was given: "--format=json"
	Query   string   // "" selects every record
	Level   string   // the least; "" for all
	From    int64    // nanoseconds since 1970; logs.NoTime for no bound
	To      int64    // the first that is not in it; logs.NoTime for no bound
	Zone    string   // that --tz takes; "" for that of whoever opens it
	Columns []string // shown, by the keys of their fields; nil for those that stand there by themselves
}

// Command is one line for a POSIX shell, without a line feed at its end. A source
// or a query with a line feed in it makes it two, which the shell takes as one command.
// Times are absolute, so that it shows the same tomorrow.
func Command(v View) string {
	args := append([]string{"lx"}, v.Flags...)
	flag := func(name, value string) {
		if value != "" {
			args = append(args, name+"="+value)
		}
	}
	flag("--query", v.Query)
	flag("--level", v.Level)
	flag("--since", stamp(v.From))
	flag("--until", stamp(v.To))
	flag("--tz", v.Zone)
	flag("--columns", strings.Join(v.Columns, ","))
	for _, s := range v.Sources {
		if strings.HasPrefix(s, "-") && s != "-" { // a file, whatever it is called
			args = append(args, "--")
			break
		}
	}
	args = append(args, v.Sources...)
	for i, a := range args {
		args[i] = Quote(a)
	}
	return strings.Join(args, " ")
}

// stamp is a time as --since takes it, to the nanosecond.
func stamp(nanos int64) string {
	if nanos == logs.NoTime {
		return ""
	}
	return time.Unix(0, nanos).UTC().Format(time.RFC3339Nano)
}

// Quote is the text as one word of a POSIX shell, which expands nothing in it.
// Bytes stay what they are, but for NUL, which no argument can hold and is left out.
func Quote(text string) string {
	text = strings.ReplaceAll(text, "\x00", "")
	if text != "" && text[0] != '=' && strings.Trim(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// plain are the characters that mean nothing to a shell in the words after a
// command; but for = at the beginning of one, which zsh expands.
const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,+@%="
