//go:build bench || soak

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/lxlog/lx/summary"
)

// The programs that are measured.
const current = "lx"

var baseline = os.Getenv("LX_BENCH_BASELINE")

// A work is a row of the table, done by lx or by another program.
type work struct {
	what  string
	run   func(t *testing.T) measured
	check func(t *testing.T, m measured) // whether the answer is right; nil: there is none
	scale float64                        // the figures are of a part: so many times as much is the whole; 0: 1
	size  int64                          // bytes that were looked at; 0: not a matter of size
	goal  goal
	once  bool // too slow to be done more than once
	isLx  bool

	best   measured
	before time.Duration // of the baseline; 0: not measured
}

// A goal is what a row is to reach: at most so much time and memory.
type goal struct {
	times float64 // so many times the time of the row beside
	of    *work
	time  time.Duration
	peak  int64 // bytes
}

// A bench is the rows of one corpus.
type bench struct {
	t     *testing.T
	file  corpusFile
	homes map[string]string // where the programs have their caches
	rows  []*work
	grep  *work
	wc    *work
}

// peer adds a row of another program, if it is installed.
func (b *bench) peer(r work, name string, args ...string) *work {
	if _, err := exec.LookPath(name); err != nil {
		fmt.Printf("%s is not installed: left out\n", name)
		return nil
	}
	r.run = func(t *testing.T) measured {
		c := exec.Command(name, args...)
		c.Env = homed(b.homes[current])
		return measure(t, c, kept)
	}
	return b.add(r)
}

// lx adds a row of lx, whose index is cached.
func (b *bench) lx(r work, to target, args ...string) {
	b.command(r, to, func(program string) string { return b.homes[current] }, args)
}

// cold adds a row of lx, whose index is not cached.
func (b *bench) cold(r work, to target, args ...string) {
	b.command(r, to, func(string) string { return b.t.TempDir() }, args)
}

func (b *bench) command(r work, to target, home func(program string) string, args []string) {
	run := func(t *testing.T, program string) measured {
		c := exec.Command(program, args...)
		c.Env = homed(home(program))
		return measure(t, c, to)
	}
	r.isLx = true
	added := b.add(r)
	added.run = func(t *testing.T) measured {
		if baseline != "" {
			if took := run(t, baseline).took; added.before == 0 || took < added.before {
				added.before = took
			}
		}
		return run(t, current)
	}
}

func (b *bench) add(r work) *work {
	b.rows = append(b.rows, &r)
	return &r
}

// run does every row in turn, so many times, so that all meet the machine as it is.
func (b *bench) run(rounds int) {
	for round := range rounds {
		for _, r := range b.rows {
			if round > 0 && r.once {
				continue
			}
			m := r.run(b.t)
			if r.check != nil {
				r.check(b.t, m)
			}
			peak := max(m.peak, r.best.peak)
			if round == 0 || m.took < r.best.took {
				r.best = m
			}
			r.best.peak = peak
		}
	}
}

// print writes the table.
func (b *bench) print(title string) {
	c := &b.file
	fmt.Printf("\n%s: %.2f GB, %s records\n", title, float64(c.size)/1e9, summary.Thousands(int64(c.truth.Records)))
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.DiscardEmptyColumns)
	fmt.Fprintln(w, "\ttime\tcpu\tGB/s\tx grep -c\tx wc -l\tpeak\tx before\tgoal\t\t")
	for _, r := range b.rows {
		took := r.scaled(r.best.took)
		rate := ""
		if r.size > 0 {
			rate = fmt.Sprintf("%.2f", float64(r.size)/1e9/r.best.took.Seconds())
		}
		cpu := ""
		if r.best.cpu > 0 {
			cpu = milliseconds(r.scaled(r.best.cpu))
		}
		peak := ""
		if r.best.peak > 0 {
			peak = megabytes(r.best.peak)
		}
		before := ""
		if r.before > 0 {
			before = fmt.Sprintf("%.1f", r.before.Seconds()/r.best.took.Seconds())
		}
		told, held := r.goal.against(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", padded(r.what), milliseconds(took), cpu, rate, times(b.grep, took), times(b.wc, took), peak, before, told, held)
	}
	w.Flush()
}

// scaled is the time of the whole, where t is that of a part.
func (r *work) scaled(t time.Duration) time.Duration {
	if r.scale > 0 {
		return time.Duration(float64(t) * r.scale)
	}
	return t
}

// times tells how many times as fast as a peer that was.
func times(peer *work, took time.Duration) string {
	if peer == nil || took == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", peer.best.took.Seconds()/took.Seconds())
}

// against tells the goal, and whether a row reached it.
func (g goal) against(r *work) (told, held string) {
	ok := true
	var parts []string
	if g.of != nil {
		limit := time.Duration(g.times * float64(g.of.best.took))
		parts = append(parts, fmt.Sprintf("%s (%g x %s)", milliseconds(limit), g.times, g.of.what))
		ok = r.scaled(r.best.took) <= limit
	}
	if g.time > 0 {
		parts = append(parts, milliseconds(g.time))
		ok = ok && r.scaled(r.best.took) <= g.time
	}
	if g.peak > 0 {
		parts = append(parts, megabytes(g.peak))
		ok = ok && r.best.peak <= g.peak
	}
	switch {
	case len(parts) == 0:
		return "", ""
	case ok:
		return strings.Join(parts, ", "), "held"
	}
	return strings.Join(parts, ", "), "short"
}

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
}

// padded makes texts of one width, which stand at the left of a table that is aligned at the right.
func padded(text string) string { return text + strings.Repeat(" ", max(0, 44-len(text))) }
