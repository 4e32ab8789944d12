// Package command runs a command and reads what it writes, as it comes: its
// standard output and its standard error, each record with the one it came from.
package command

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file"
)

// A Source is a command that Run starts.
type Source struct {
	name    string
	args    []string
	options file.Options
	grace   time.Duration // what a command that is asked to end gets to do so
}

const (
	grace    = 3 * time.Second
	nameSize = 40 // runes: it stands in the header and before lines
)

// New returns the source that runs args[0] with the other arguments, as they are:
// no shell reads them. Its standard input is empty. Of o, Encoding and Now count.
func New(args []string, o file.Options) *Source {
	name := []rune(strings.ToValidUTF8(strings.Join(args, " "), "\ufffd"))
	if len(name) > nameSize {
		name = append(name[:nameSize-1], '…')
	}
	return &Source{string(name), args, file.Options{Encoding: o.Encoding, Now: o.Now}, grace}
}

// Name is the command with its arguments, clipped.
func (s *Source) Name() string { return s.name }

// Run starts the command and ends with it, once all that was written has been
// read, also by processes that it started and left behind. A command that fails is an
// error, which tells the status.
//
// When ctx ends, the command and all that it started and that stayed in its process
// group are asked to end (SIGTERM), and killed 3 s later; on systems without process
// groups the command alone is killed. While nobody takes what it writes, it waits.
func (s *Source) Run(ctx context.Context, to sources.Sink) error {
	r := &reading{source: s, to: to}
	r.report(sources.Opening)
	err := r.run(ctx)
	if err != nil {
		r.fault = err.Error()
	}
	r.report(sources.Ended)
	return err
}

// A reading is one Run of a source.
type reading struct {
	source *Source
	to     sources.Sink
	fault  string

	mu    sync.Mutex
	parts [2]sources.Health // of standard output and error
}

func (r *reading) run(ctx context.Context) error {
	p, err := start(r.source.args)
	if err != nil {
		return r.source.refused(err)
	}
	defer p.close()
	r.report(sources.Live)
	err = r.read(ctx, p)
	if ctx.Err() == nil {
		select {
		case <-p.exited:
			return errors.Join(err, r.source.failed(p))
		case <-ctx.Done():
		}
	}
	p.end(r.source.grace)
	return nil
}

// read reads both streams until they end, or ctx does.
func (r *reading) read(ctx context.Context, p *process) error {
	var errs [2]error
	var both sync.WaitGroup
	for i, name := range [...]string{"stdout", "stderr"} {
		both.Go(func() {
			to := &part{r, i, &logs.Resource{Source: r.source.name, Attrs: []logs.Attr{{Key: "log.iostream", Value: logs.TextValue(name)}}}}
			errs[i] = file.OnDescriptor(r.source.name, p.outs[i], r.source.options).Run(ctx, to)
		})
	}
	both.Wait()
	return errors.Join(errs[:]...)
}

// report says how the command is, of what its streams said.
func (r *reading) report(state sources.State) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := sources.Health{Source: r.source.name, State: state, Text: r.fault, Read: r.parts[0].Read + r.parts[1].Read}
	for _, p := range r.parts {
		if h.Text == "" {
			h.Text = p.Text
		}
	}
	r.to.Report(h)
}

// A part is the Sink of one of the two streams.
type part struct {
	*reading
	number   int
	resource *logs.Resource
}

// Open implements sources.Sink.
func (p *part) Open(info sources.StreamInfo) sources.Stream {
	info.Resource = p.resource
	return p.to.Open(info)
}

// Report implements sources.Sink.
func (p *part) Report(h sources.Health) {
	p.mu.Lock()
	p.parts[p.number] = h
	p.mu.Unlock()
	p.report(sources.Live)
}

// Note implements sources.Sink.
func (p *part) Note(e sources.Event) { p.to.Note(e) }

// Arrive implements sources.Sink.
func (p *part) Arrive(n sources.News) { p.to.Arrive(n) }

// refused says why the command could not be started.
func (s *Source) refused(err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%s: there is no command %s: name one of $PATH, or its path", s.name, s.args[0])
	}
	return fmt.Errorf("%s: it cannot be started: %w", s.name, err)
}

// failed says how a command ended that failed; nil where it did not.
func (s *Source) failed(p *process) error {
	if p.err == nil {
		return nil
	}
	what := p.err.Error()
	var exit *exec.ExitError
	if errors.As(p.err, &exit) {
		if what = "ended by " + exit.String(); exit.ExitCode() >= 0 {
			what = fmt.Sprintf("exited with %d", exit.ExitCode())
		}
	}
	return fmt.Errorf("%s: %s after %s", s.name, what, length(p.took))
}

// length is a duration for people.
func length(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
