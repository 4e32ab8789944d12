package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/summary"
)

// What is wrong with a server stands in one place: the header names it, the line below, or the screen, says what.
func TestTroubleIsToldOnce(t *testing.T) {
	f := func(records, height, want int) {
		t.Helper()
		s, p := askedServer(t, records, 80, height, "")
		p.Fail(errors.New("nobody listens"))
		s.Explorer.(timed).now.Add(int64(time.Minute))
		s.came()
		if got := strings.Count(s.frame(), "nobody listens"); got != want {
			t.Errorf("told %d times:\n%s", got, s.frame())
		}
		s.tells("prod")
	}
	f(100, 24, 1)
	f(0, 24, 1)
	f(100, 11, 1) // no room for a line of its own
}

// Where it is not known what matches, the reason is what the server says.
func TestWhyItIsNotKnown(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	p.Fail(errors.New("400: cannot search on field [note]"))
	s.came()
	s.scope().items, s.scope().tally.unmatched, s.scope().tally.uncounted = nil, []string{"prod"}, nil
	s.tells("It is not known what matches")
	if n := strings.Count(s.frame(), "400: cannot search on field [note]"); n != 1 {
		t.Errorf("told %d times:\n%s", n, s.frame())
	}
}

// Where nothing is found, it is said what a server cannot look for.
func TestWhatCannotBeLookedFor(t *testing.T) {
	s, p := askedServer(t, 100, 80, 24, "")
	p.Notes = []string{"payload.id cannot be searched"}
	s.Explorer.(timed).now.Add(int64(time.Minute))
	s.press("'&nobody", "enter")
	s.tells("0+ of 100+ records match")
	s.tells("\n   payload.id cannot be searched")

	f := func(want, remark string, c summary.Certainty) {
		t.Helper()
		if got := conditionRemark(&session.Condition{Remark: remark, Count: summary.Count{Certainty: c}}); got != want {
			t.Errorf("%s: %s", remark, got)
		}
	}
	f("no record has the field note", "no record has the field note", summary.Exact)
	f("no such field can be searched", "no record has the field note", summary.AtLeast)
	f("no such field can be searched; there is notes", "no record has the field note; there is notes", summary.AtLeast)
	f("no such value", "no such value", summary.AtLeast)
}

// A remark that a source's own name stands before is not told again without it.
func TestRemarksAreToldOnce(t *testing.T) {
	s, _ := askedServer(t, 100, 80, 24, "")
	s.scope().notes = []string{"prod: note cannot be searched"}
	s.scope().tally.notes = []string{"note cannot be searched", "prod: note cannot be searched", "another"}
	if got, want := s.remarks(), []string{"prod: note cannot be searched", "another"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Of a server it is told what came while one looks; nothing is read of it.
func TestServersAmongSources(t *testing.T) {
	x := newShop(30)
	x.health = []session.Health{{Source: "prod", Kind: server, State: session.Live, Records: 1_325, Rate: 33}}
	s := open(t, serverShop{x}, 80, 24, "")
	s.press("'S")
	s.line("sources  1 live")
	s.line("prod", "+1,325", "33")
	if f := s.frame(); strings.Contains(f, "read") || strings.Contains(f, "late") {
		t.Errorf("nothing is read, and nothing came late:\n%s", f)
	}
	x.health[0].Late = 7
	s = open(t, serverShop{x}, 80, 24, "")
	s.press("'S")
	s.line("source", "behind", "late")
}

// A search that ends says where to look next, or that there is nowhere.
func TestSearchEnds(t *testing.T) {
	s, _ := askedServer(t, 100, 80, 24, "")
	f := func(want string, keys ...string) {
		t.Helper()
		if s.press(keys...); s.notice != want {
			t.Errorf("%v: %q, not %q", keys, s.notice, want)
		}
	}
	f("no hit below · N looks above", "'/n50 ", "enter")
	f("", "'N")
	f("no hit below · N looks above", "'n")
	f("no hit above · n looks below", "'N")
	f("no hit below · N looks above", "'G", "'/nothing", "enter")
	f("no hit in any record", "'N")
	f("", "'g", "'/n0 ", "enter")
	f("no other hit", "'n")
}

// A name is not broken at its hyphens.
func TestWrapKeepsNames(t *testing.T) {
	got := wrap("there are live-1, odd-a, shop-2026.11.21: name one", 24)
	if want := []string{"there are live-1, odd-a,", "shop-2026.11.21: name", "one"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A server that cannot tell values apart has no number of them.
func TestUncountedValues(t *testing.T) {
	f := func(want string, n int64, exact bool) {
		t.Helper()
		if got := about(&countedField{Facet: summary.Facet{Exact: exact}}, n); got != want {
			t.Errorf("%d, exact %t: %s", n, exact, got)
		}
	}
	f("-", 0, false)
	f("~1,200", 1200, false)
	f("0", 0, true)
}

// growing is a view of an index into which ten records come while its fields are counted.
type growing struct {
	session.View
	records *int64
}

func (v growing) Count(context.Context) (summary.Count, error) {
	return summary.Count{N: *v.records}, nil
}

func (v growing) Facets(context.Context, int) ([]summary.Facet, []string, error) {
	*v.records += 10
	list := []summary.Facet{{Field: "message", Records: *v.records}, {Field: "ms", Records: 1}}
	*v.records += 10
	return list, nil, nil
}

// A field that all records have is in all of them while more come.
func TestFieldsWhileRecordsCome(t *testing.T) {
	n := int64(100)
	c := &fieldCount{asks: true}
	c.add("", growing{records: &n})
	if _, err := c.step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := c.result(true); r.records != 110 || r.fields[0].of != 110 {
		t.Errorf("of %d, %d records", r.records, r.fields[0].of)
	}
}

// Who goes to a time before the range that is listed is told why it is another one.
func TestTimesBeforeTheRange(t *testing.T) {
	s, _ := askedServer(t, 2000, 100, 24, "")
	sel := s.scope().selection
	sel.from = time.Date(2026, 3, 14, 8, 10, 0, 0, time.UTC).UnixNano()
	s.run(s.choose(sel))
	s.press("':", "'08:05", "enter")
	s.stands(t, 600)
	if want := "08:05:00 is before what is listed: since "; !strings.Contains(s.notice, want) || !strings.Contains(s.notice, "r another range") {
		t.Errorf("%q does not say %q", s.notice, want)
	}
	s.press("':", "'08:20", "enter")
	if s.stands(t, 1200); s.notice != "" {
		t.Errorf("it is there: %q", s.notice)
	}
}

// Why a server is asked again can be read while it is.
func TestReasonStaysWhileItIsAsked(t *testing.T) {
	s, p := askedServer(t, 0, 80, 24, "nobody")
	p.Fail(errors.New("nobody listens"))
	s.came()
	s.Explorer.(timed).now.Add(int64(time.Minute))
	answer := s.held(p, s.again)
	s.tells("nobody listens")
	if f := s.frame(); strings.Contains(f, "asking") {
		t.Errorf("it is hidden:\n%s", f)
	}
	answer()
}
