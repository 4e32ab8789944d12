package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
)

// rushShop has 90 minutes of a shop: payment fails in the last ten of them, stock once.
func rushShop() *shop {
	x := &shop{health: []session.Health{{Source: "/var/log/shop.log", State: session.Ended}}}
	start := noon.Add(-90 * time.Minute)
	for minute := range 90 {
		n := 20 + 7*(minute%6)
		for i := range n {
			r := &logs.Record{Time: start.Add(time.Duration(minute)*time.Minute + time.Duration(i)*time.Second/2).UnixNano(), Severity: logs.Info, Service: "orders", Resource: &logs.Resource{Source: "/var/log/shop.log"}}
			switch {
			case minute >= 80 && i%3 == 0:
				r.Severity, r.Service = logs.Error, "payment"
			case minute == 85 && i == 1:
				r.Severity, r.Service = logs.Fatal, "stock"
			case i%9 == 0:
				r.Severity = logs.Warn
			case i%7 == 0:
				r.Severity = logs.Debug
			}
			r.Body = fmt.Sprintf("%s %d", r.Service, minute)
			x.rows = append(x.rows, session.Row{Key: session.Key{Time: r.Time, Sequence: int64(len(x.rows))}, Record: r})
		}
	}
	return x
}

func TestHistogramFrames(t *testing.T) {
	for _, size := range sizes {
		for name, glyphs := range glyphSets {
			s := open(t, rushShop(), size.w, size.h, "")
			s.Glyphs = glyphs
			s.press("'2", "'hhhh")
			s.golden(fmt.Sprintf("histogram-%dx%d-%s", size.w, size.h, name))
		}
	}
}

func TestHistogramExplainsTheBar(t *testing.T) {
	s := open(t, rushShop(), 120, 36, "")
	s.press("'i")
	s.line("histogram", "records a minute, by level", "10:08 to 12:00")
	s.line("11:59", "55 records", "ERR 19")
	s.line("19 errors: payment 19")
	s.press("'hhhh")
	s.line("11:55", "27 records", "FTL 1", "ERR 9")
	s.line("10 errors: payment 9 · stock 1")
	s.press("'0")
	s.line("10:30", "20 records", "WRN 3")
	s.line("no errors")
	s.press("'$")
	s.line("11:59", "55 records")
	s.press("'Z")
	s.line("records in 2 min")
	s.line("11:58 to 12:00", "103 records")
	s.line("35 errors: payment 35")
	s.press("'z")
	s.line("records a minute")
}

func TestHistogramSelects(t *testing.T) {
	s := open(t, rushShop(), 120, 36, "")
	s.press("'i", "'hv", "'hh")
	s.line("11:56 to 11:59", "123 records")
	s.line("selecting a range")
	s.press("enter")
	s.line("123")
	if from := time.Unix(0, s.scope().from).UTC(); !from.Equal(noon.Add(-4 * time.Minute)) {
		t.Errorf("from %s", from)
	}
	s.press("'q")
	s.line("histogram")
	s.press("'v", "esc")
	s.line("histogram")
	s.press("esc")
	s.line("all ")
}

func TestHistogramObeysTheFilter(t *testing.T) {
	s := open(t, rushShop(), 120, 36, "service:payment")
	s.press("'i")
	s.line("11:59", "19 records", "ERR 19  100%")
	s.press("'&", "ctrl+u", "'service:orders", "enter")
	s.line("11:59", "36 records")
	s.line("no errors")
}

// While keys come, nothing is counted; what is counted for a bar that was left is dropped.
func TestHistogramCountsWhereOneStays(t *testing.T) {
	s := open(t, rushShop(), 120, 36, "")
	var due []tea.Msg
	s.tick = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		due = append(due, f(time.Time{}))
		return nil
	}
	h := &histogram{}
	s.push(h)
	due = nil
	s.press("'h", "'h", "'h", "'h")
	counts := 0
	for _, msg := range due {
		if d, ok := msg.(blameDueMsg); ok {
			if cmd := d.answer(s.Model); cmd != nil {
				counts++
				s.press("'l") // left before the answer comes
				s.send(cmd())
			}
		}
	}
	if counts != 1 || h.seen.known {
		t.Errorf("%d counts, known %t", counts, h.seen.known)
	}
	s.line("12 errors")
}

func TestHistogramNamesAsManyServicesAsFit(t *testing.T) {
	x := rushShop()
	for i := range x.rows {
		if r := x.rows[i].Record; r.Severity == logs.Error {
			r.Service = fmt.Sprintf("service-of-shop-%d", i%12)
		}
	}
	s := open(t, x, 80, 24, "")
	s.press("'i")
	s.line("35 errors: service-of-shop-", "and ", " others")
}
