package file

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"github.com/lxlog/lx/sources"
)

// scanShare bounds the time that is spent on looking for files that have
// appeared: after a scan nothing is done for so many times as long.
const scanShare = 20

// newcomers is the source of the files that appear in a folder, or begin to fit a
// pattern, while those that were there are followed. Each is followed from its
// beginning. What is not read, as it was read under another name: a file that was
// rotated away (by device and inode), and what looks like a copy of a log: one
// that is compressed, or begins as a followed file does and is named after it.
type newcomers struct {
	arg     string
	options Options
	common  *common
	notes   []sources.Event // to be told first
}

// Name is the folder or pattern as the user gave it.
func (n *newcomers) Name() string { return n.arg }

// Run implements sources.Source.
func (n *newcomers) Run(ctx context.Context, to sources.Sink) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	k := n.common.wakes.join("")
	defer k.leave()
	sink := &membersSink{Sink: to, health: sources.Health{Source: n.arg, Kind: "folder", State: sources.Live}, texts: map[string]string{}}
	for _, e := range n.notes {
		e.Time = time.Now().UnixNano()
		if n.options.Now != nil {
			e.Time = n.options.Now().UnixNano()
		}
		to.Note(e)
	}
	to.Report(sink.health)
	for {
		began := time.Now()
		x := &expansion{options: n.options, common: n.common, again: true}
		x.argument(n.arg)
		k.watchFolders(x.dirs)
		if text := n.common.wakes.complaint(); text != "" {
			sink.Report(sources.Health{Source: n.arg, Text: text})
		}
		for _, s := range x.found {
			running.Go(func() { sink.run(ctx, s) })
		}
		took := time.Since(began)
		if !sleep(ctx, took*scanShare) {
			return nil
		}
		select {
		case <-k.C:
		case <-time.After(seldomLook):
		case <-ctx.Done():
			return nil
		}
	}
}

// sleep returns after d, or with false once ctx has ended.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// membersSink is what the sources of newcomers write to: their streams and events
// are those of the one source, their health is told as part of its.
type membersSink struct {
	sources.Sink

	mu     sync.Mutex
	health sources.Health
	texts  map[string]string // what is to be said about members, by name
}

func (m *membersSink) run(ctx context.Context, s *Source) {
	if err := s.Run(ctx, m); err != nil {
		m.Note(sources.Event{Source: s.name, Time: time.Now().UnixNano(), Kind: sources.Gap, Text: failed(s.name, err).text})
	}
}

// Report implements sources.Sink.
func (m *membersSink) Report(h sources.Health) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.texts[h.Source] == h.Text {
		return
	}
	if h.Text == "" || h.State == sources.Ended {
		delete(m.texts, h.Source)
		m.health.Text = ""
		for name, text := range m.texts { // any of them
			m.health.Text = name + ": " + text
		}
	} else {
		m.texts[h.Source] = h.Text
		m.health.Text = h.Source + ": " + h.Text
	}
	m.Sink.Report(m.health)
}

// folders are those in which files may appear that fit a pattern.
func folders(pattern string) []string {
	dirs, err := filepath.Glob(filepath.Dir(pattern))
	if err != nil {
		return nil
	}
	return dirs
}
