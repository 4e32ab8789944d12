package main

import (
	"errors"
	"slices"
	"time"

	"github.com/lxlog/lx/sources"
)

// newsDelay is how long news gather before they are told.
const newsDelay = 200 * time.Millisecond

// tellNews tells on standard error what happens to the sources, while it happens,
// until the function that it returns is called, which tells the last of it.
func (x *exploration) tellNews() (stop func()) {
	n := &news{exploration: x, texts: map[int]string{}}
	x.program.complainOf(x.missing)
	ended, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for more := true; more; {
			changed := x.Changed()
			n.tell()
			select {
			case <-changed:
			case <-ended:
				more = false
			}
			select {
			case <-time.After(newsDelay):
			case <-ended:
			}
		}
		n.tell()
	}()
	return func() { close(ended); <-done }
}

// news remembers what of an exploration has been told.
type news struct {
	*exploration
	events int            // so many
	texts  map[int]string // of the sources' health, by their order
	unread []string       // what of the records could not be read

	remarked []string // by servers, of what they look for
}

func (n *news) tell() {
	events, dropped := n.Events()
	fresh := events[max(0, min(len(events), n.events-dropped)):]
	n.events = dropped + len(events)
	n.program.tell(fresh...)
	var faults []error
	health := n.Session.Health()
	for i, h := range health {
		if h.Text == n.texts[i] {
			continue
		}
		n.texts[i] = h.Text
		if h.Text != "" {
			faults = append(faults, ofSource(h))
		}
	}
	var unread []string
	for _, err := range n.view.Unread() {
		if unread = append(unread, err.Error()); !slices.Contains(n.unread, err.Error()) {
			faults = append(faults, err)
		}
	}
	n.unread = unread
	if len(n.servers) == len(health) { // of files all would have to be looked through for it
		for _, text := range n.remarks() {
			if !slices.Contains(n.remarked, text) {
				n.remarked = append(n.remarked, text)
				faults = append(faults, errors.New(text))
			}
		}
	}
	n.program.complainOf(faults)
}

// ofSource is the text of a source's health, with its name.
func ofSource(h sources.Health) error {
	return errors.New(withName(h.Source, h.Text))
}
