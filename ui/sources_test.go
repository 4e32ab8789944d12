package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
)

// depot is a shop with sources in every state.
func depot() *shop {
	x := newShop(100)
	x.health = []session.Health{
		{Source: "/var/log/shop.log", Kind: "file", State: session.Live, Read: 3_412_000, Records: 41_203, Rate: 6.87, Growth: 48_000, Lag: 400 * time.Millisecond, Rotations: 2},
		{Source: "/var/log/orders.log", Kind: "file", State: session.CatchingUp, Read: 120_000_000, Size: 480_000_000, Records: 902_114},
		{Source: "-", Kind: "pipe", State: session.Ended, Read: 8_100, Records: 61, Gone: 12},
		{Source: "/var/log/pay.log", Kind: "file", State: session.Trouble, Text: "permission denied; tried again every 5 s", Retries: 7},
		{Source: "/var/log/web", Kind: "folder", State: session.Live, Records: 1_204, Late: 3, Lag: 7 * time.Second, Rate: 412},
	}
	x.events = []session.Event{
		{Source: "/var/log/web", Time: noon.UnixNano(), Kind: session.Skipped, Text: "/var/log/web/core.1234: no log: a binary file"},
		{Source: "/var/log/web", Time: noon.UnixNano(), Kind: session.Skipped, Text: "4 files: too old \x1b[31m"},
	}
	return x
}

func TestSourcesFrames(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {40, 10}} {
		s := open(t, depot(), size.w, size.h, "")
		s.press("'S")
		s.golden(fmt.Sprintf("%dx%d-sources", size.w, size.h))
	}
}

func TestSourcesInTroubleComeFirst(t *testing.T) {
	s := open(t, depot(), 200, 30, "")
	s.press("'S")
	s.tells("sources  5: 1 in trouble, 1 catching up, 2 live, 1 ended")
	var order []string
	for _, l := range strings.Split(s.frame(), "\n")[2:7] {
		order = append(order, strings.Fields(strings.TrimLeft(l, " >"))[0])
	}
	if got := strings.Join(order, ""); got != "dbaec" {
		t.Errorf("the order is %s\n%s", got, s.frame())
	}
	s.press("'o", "'o", "'o") // by the number of records
	if l := strings.Split(s.frame(), "\n")[2]; !strings.Contains(l, "902,114") {
		t.Errorf("not sorted: %s", l)
	}
}

func TestSourcesSelect(t *testing.T) {
	f := func(key string, rows int, text string) {
		t.Helper()
		s := open(t, depot(), 120, 30, "")
		s.press("'S", "'j", "'j") // shop.log, from which all records are
		if key == "enter" {
			s.press(key)
		} else {
			s.press("'" + key)
		}
		if n, _, _ := s.scope().tally.matched(0); int(n.N) != rows || s.scope().text() != text {
			t.Errorf("%s: %d records of %s", key, n.N, s.scope().text())
		}
		if key == "enter" {
			if s.press("'q"); s.mode() != keys.Sources {
				t.Errorf("q leads back to %s", s.mode())
			}
		}
	}
	f("enter", 100, `@source:/var/log/shop.log`)
	f("+", 100, `@source:/var/log/shop.log`)
	f("-", 0, `not @source:/var/log/shop.log`)
}

func TestOfSource(t *testing.T) {
	f := func(kind, source, want string) {
		t.Helper()
		if got := ofSource(&session.Health{Kind: kind, Source: source}).String(); got != want {
			t.Errorf("%s %s: %s, not %s", kind, source, got, want)
		}
		if _, fault := parsed(want); fault != nil {
			t.Errorf("%s: %v", want, fault)
		}
	}
	f("file", "a b.log", `@source:"a b.log"`)
	f("folder", "/var/log/", `@source:/var/log/*`)
	f("folder", "*.log", `@source:*.log`)
	f("folder", "a/x?[12].log", `@source:a/x**.log`)
	f("folder", "a/*", `@source:a/*`)
}

func TestLag(t *testing.T) {
	f := func(lag time.Duration, want string) {
		t.Helper()
		if got := lagText(&session.Health{State: session.Live, Records: 1, Lag: lag}); got != want {
			t.Errorf("%v: %s", lag, got)
		}
	}
	f(0, "< 1 s")
	f(1100*time.Millisecond, "1 s+")
	f(59*time.Second, "30 s+")
	f(time.Hour, "1 h+")
	f(99*time.Hour, "1 d+")
}
