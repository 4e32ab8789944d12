package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/charset"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/when"
)

// options are the flags that commands share, as they were given, and the configuration.
type options struct {
	*program
	config config

	query, level, service string
	since, until, last    string
	byItself              bool // last was not given
	format, encoding, tz  string
	output, profile       string
	forms                 []string // that output may be; the first is the default
	columns               []string
	theme                 string
	fresh                 bool // nothing of before is restored
	memory, spill         size
	noCache               bool

	servers   []string // of --es
	index     string
	all       bool
	passwords map[string]string // that were typed, by the names of servers
	warnings  []string          // for people, of how servers are reached

	follow, poll bool          // files are followed, and only by looking at them
	gate         chan struct{} // what keeps standard input or a command back until it is closed; nil: nothing does
	runs         bool          // the arguments are a command that is run, and no sources

	queryGiven func() bool     // -q stands on the command line, be it empty
	spillGiven func() bool     // --spill does
	again      func() []string // the flags of the command line that any command takes which opens the screen
	reading    func() []string // those of them that say how sources are read

	location *time.Location // of tz
	started  time.Time      // what every relative time of this run counts from
}

// selectionFlags declares what says which records of the sources are meant.
func (o *options) selectionFlags(c *cobra.Command) {
	f := c.Flags()
	o.queryGiven = func() bool { return f.Changed("query") }
	f.StringVarP(&o.query, "query", "q", "", "only records that match this KQL `QUERY`: 'level >= WARN and timeout'")
	f.StringVar(&o.level, "level", "", "only records of this `LEVEL` and above: trace debug info warn error fatal")
	f.StringVar(&o.service, "service", "", "only records of this `SERVICE`")
	f.StringVar(&o.since, "since", "", "only records at or after this `TIME`: 14:05, -30m, 'yesterday 09:00', RFC 3339")
	f.StringVar(&o.until, "until", "", "only records before this `TIME`")
	f.StringVar(&o.last, "last", "", "only records of the last `DURATION`, counted from now: 15m, 2h, 1d")
	o.readingFlags(c)
}

// screenFlags are of commands that open the screen.
func (o *options) screenFlags(c *cobra.Command) {
	o.themeFlag(c)
	c.Flags().BoolVar(&o.fresh, "fresh", false, "begin with everything, not with filter, range and columns of the last time; bookmarks stay")
	c.Flags().StringSliceVar(&o.columns, "columns", nil, "give these `FIELDS` a column of their own: user.id,http.request.method")
}

// pollFlag is of commands that follow files.
func (o *options) pollFlag(c *cobra.Command) {
	c.Flags().BoolVar(&o.poll, "poll", false, "look at files again and again, and do not wait for the system to tell of changes: for network file systems")
}

// readingFlags declares how bytes are read.
func (o *options) readingFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.format, "format", "", "read every record in this `FORMAT`: a name, or a pattern with named groups or %{GROK:names}")
	f.StringVar(&o.encoding, "encoding", "", "character `ENCODING` of the text, where it is not UTF-8 and does not say so: latin1, gb18030, shift-jis")
	f.StringVar(&o.tz, "tz", "", "`ZONE` of times that are written without one: UTC, Europe/Berlin (default $TZ)")
	o.memory = defaultMemory
	f.Var(&o.memory, "memory", "use about this `SIZE` of memory")
	f.Var(&o.spill, "spill", "keep what cannot be read again (pipes, unpacked files) in up to this `SIZE` of temporary files, 0 for none (default 10GB or a tenth of the free disk)")
	f.BoolVar(&o.noCache, "no-cache", false, "index every file anew: neither read nor keep indexes in the user's cache folder ($XDG_CACHE_HOME/lx)")
	o.spillGiven = func() bool { return f.Changed("spill") }
	o.again = func() []string {
		return asGiven(c, "query", "level", "service", "since", "until", "last", "format", "encoding", "tz", "memory", "spill", "no-cache", "theme", "columns", "fresh", "index", "all")
	}
	o.reading = func() []string { return asGiven(c, "format", "encoding", "poll", "index") }
	o.configured(c)
	_ = c.RegisterFlagCompletionFunc("format", fixed(format.Names()...))
	_ = c.RegisterFlagCompletionFunc("level", fixed("trace", "debug", "info", "warn", "error", "fatal"))
}

// outputFlag adds -o with the forms that the command has, for chooseForm and for completion.
func (o *options) outputFlag(c *cobra.Command, usage string, forms ...string) {
	o.forms = forms
	c.Flags().StringVarP(&o.output, "output", "o", "", usage)
	_ = c.RegisterFlagCompletionFunc("output", fixed(forms...))
}

func fixed(words ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// prepare reads the zone and shares out memory: what every command needs before its arguments mean anything.
func (o *options) prepare() (err error) {
	o.started = o.now()
	if o.location, err = zone(o.tz); err != nil {
		return usage(err)
	}
	if o.encoding != "" {
		if _, err := charset.Named(o.encoding); err != nil {
			return usage(fmt.Errorf("--encoding: %w", err))
		}
	}
	if o.memory < leastMemory {
		return usage(fmt.Errorf("--memory %s: at least %s are needed", &o.memory, new(leastMemory)))
	}
	debug.SetMemoryLimit(int64(o.memory))
	paceCollector()
	if tz := os.Getenv("TZ"); o.tz == "" && !knownZone(tz) {
		o.complain(fmt.Errorf("TZ=%s: no such time zone, so times without one are read as UTC; --tz names another", tz))
	}
	return nil
}

const (
	defaultMemory size = 384e6
	leastMemory   size = 64e6
)

// bounds shares the memory out: a third each to what cannot be read again and to
// the columns of records; the last one is for what is being worked on. Without a
// home indexes are not kept.
func (o *options) bounds() store.Options {
	s := store.Options{Memory: int64(o.memory) / 3, Columns: int64(o.memory) / 3, Spill: int64(o.spill), Preview: o.follow}
	if o.spill == 0 && o.spillGiven() {
		s.Spill = -1
	}
	if cache, err := os.UserCacheDir(); err == nil && !o.noCache {
		s.Cache = filepath.Join(cache, "lx")
	}
	return s
}

func zone(name string) (*time.Location, error) {
	if name == "" {
		return time.Local, nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("--tz %s: no such time zone; write UTC or a name such as Europe/Berlin", name)
	}
	return loc, nil
}

// knownZone reports whether a value of $TZ is one that time.Local follows: a name
// or a file of the zone database, with or without a colon before it.
func knownZone(tz string) bool {
	tz = strings.TrimPrefix(tz, ":")
	if filepath.IsAbs(tz) {
		_, err := os.Stat(tz)
		return err == nil
	}
	_, err := time.LoadLocation(tz)
	return err == nil
}

func (o *options) env() query.Env {
	return query.Env{Now: o.started, Location: o.location, TextFields: o.config.TextFields}
}

// filter is what the flags and the query select.
func (o *options) filter(text string) (f sources.Filter, err error) {
	n, err := query.Parse(text)
	if err != nil {
		return f, usage(err)
	}
	if o.service != "" {
		named := &query.Is{Field: query.Field{Name: logs.CoreService.Key()}, Value: query.Value{Kind: query.Quoted, Text: o.service}}
		n = query.Simplify(&query.And{Nodes: []query.Node{n, named}})
	}
	f = sources.Filter{Query: n, From: logs.NoTime, To: logs.NoTime}
	if o.level != "" {
		s, ok := logs.ParseSeverity(o.level)
		if !ok {
			return f, usage(fmt.Errorf("--level %s: no such level; there are trace debug info warn error fatal", o.level))
		}
		f.Level = s.Level().Base()
	}
	return f, o.timeRange(&f)
}

// lastRange is the length of --last, which on the screen goes on ending now; 0 without it.
func (o *options) lastRange() time.Duration {
	d, err := when.Length(o.last)
	if err != nil {
		return 0
	}
	return d
}

func (o *options) timeRange(f *sources.Filter) error {
	if o.last != "" {
		if o.since != "" || o.until != "" {
			return usage(errors.New("--last stands for --since, and reaches until now: give one or the other"))
		}
		d, err := when.Length(o.last)
		if err != nil {
			return usage(fmt.Errorf("--last: %w", err))
		}
		f.From = o.started.Add(-d).UnixNano()
		return nil
	}
	for _, flag := range [...]struct {
		name, text string
		to         *int64
	}{{"--since", o.since, &f.From}, {"--until", o.until, &f.To}} {
		if flag.text == "" {
			continue
		}
		at, err := when.Typed(flag.text, o.started, o.location)
		if err != nil {
			return usage(fmt.Errorf("%s: %w", flag.name, err))
		}
		*flag.to = at.From
	}
	if f.From != logs.NoTime && f.To != logs.NoTime && f.From >= f.To {
		return usage(fmt.Errorf("--since %s is not before --until %s", o.since, o.until))
	}
	return nil
}

// stdinIsPiped reports whether standard input brings something other than keys.
func (p *program) stdinIsPiped() bool {
	if p.in == nil || isTerminal(p.in) {
		return false
	}
	info, err := p.in.Stat()
	return err == nil && (info.Mode()&os.ModeCharDevice == 0 || info.Mode()&os.ModeNamedPipe != 0)
}
