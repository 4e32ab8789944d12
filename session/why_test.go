package session_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

const shopLog = `2024-05-01T09:00:00Z ERROR orders old one code=7
2024-05-01T10:00:00Z INFO checkout order accepted user=anna ms=12
2024-05-01T10:00:01Z INFO checkout order accepted user=bert ms=15
2024-05-01T10:00:02Z WARN payment read timeouts user=anna ms=900
2024-05-01T10:00:03Z INFO payment paid user=carl ms=20
2024-05-01T10:00:04Z ERROR payment declined user=dora ms=30
`

// reasons writes what is told, a line each.
func reasons(w session.Why) string {
	var b strings.Builder
	for _, c := range w.Conditions {
		mark := " "
		if c.Culprit {
			mark = "!"
		}
		fmt.Fprintf(&b, "%s%s %s %s\n", mark, c.Count, c.Text, c.Remark)
	}
	for _, x := range w.Without {
		fmt.Fprintf(&b, "without %v %s\n", x.Conditions, x.Count)
	}
	for _, x := range w.Wider {
		fmt.Fprintf(&b, "%s %s of %s\n", x.Range.Name, x.Count, x.Records)
	}
	for _, o := range w.Offers {
		fmt.Fprintf(&b, "%s> %s %s\n", o.Key, o.Text, o.Count)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func why(t *testing.T, s *session.Session, f string) session.Why {
	t.Helper()
	w, err := s.Why(t.Context(), filter(t, f), nil, nil)
	ok(t, err)
	if !w.Done {
		t.Error("it is not done")
	}
	return w
}

func TestWhy(t *testing.T) {
	eachKind(t, shopLog, func(t *testing.T, s *session.Session) {
		f := func(filter string, want ...string) {
			t.Helper()
			got := reasons(why(t, s, filter))
			if got != strings.Join(want, "\n")+"\n" {
				t.Errorf("%s:\n%s", filter, got)
			}
		}
		f("service:chekout and order", "!0 service:chekout no such value; checkout has 2", " 2 order",
			"without [0] 2", "Enter> service:checkout 2", "> without service:chekout 2")
		f("level=FATAL order", "!0 level>=FATAL excludes all; there are INFO, WARN, ERROR", " 2 order",
			"without [0] 2", "Enter> without level>=FATAL 2")
		f("level=FATAL declined", "!0 level>=FATAL excludes all; there are INFO, WARN, ERROR", " 1 declined",
			"without [0] 1", "Enter> level>=ERROR 1", "> without level>=FATAL 1")
		f("level:FATAL and declined", "!0 level:FATAL excludes all; there are INFO, WARN, ERROR", " 1 declined",
			"without [0] 1", "Enter> level >= ERROR 1", "> without level:FATAL 1")
		f("severity >= FATAL", "!0 severity >= FATAL excludes all; there are INFO, WARN, ERROR",
			"without [0] 6", "Enter> severity >= ERROR 2", "> without severity >= FATAL 6")
		f("level=ERROR service:checkout and order", "!2 level>=ERROR", " 2 service:checkout", " 2 order",
			"without [0] 2", "without [1] 0", "without [2] 0", "Enter> without level>=ERROR 2")
		f("userr:anna", "!0 userr:anna no record has the field userr; there is user",
			"without [0] 6", "Enter> user:anna 2", "> without userr:anna 6")
		f("servce:payment and ms > 100", "!0 servce:payment no record has the field servce; there is service", " 1 ms > 100",
			"without [0] 1", "Enter> service:payment 1", "> without servce:payment 1")
		f("usr:*", "!0 usr:* no record has the field usr; there is user",
			"without [0] 6", "Enter> user:* 5", "> without usr:* 6")
		f("nothinglikeit:*", "!0 nothinglikeit:* no record has the field nothinglikeit",
			"without [0] 6", "Enter> without nothinglikeit:* 6")
		f("timeout", "!0 timeout no whole word; *timeout* has 1",
			"without [0] 6", "Enter> *timeout* 1", "> without timeout 6")
		f("message:timeout", "!0 message:timeout no whole word; message:*timeout* has 1",
			"without [0] 6", "Enter> message:*timeout* 1", "> without message:timeout 6")
		f("elsewhere", "!0 elsewhere no record has it, nor as a part of a word", "without [0] 6", "Enter> without elsewhere 6")
		f("not service:*", "!0 not service:* every record has it", "without [0] 6", "Enter> without not service:* 6")
		f("ms > 5000 and user:anna", "!0 ms > 5000", " 2 user:anna", "without [0] 2", "Enter> without ms > 5000 2")
		f("user:Ana and service:paymnt", "!0 user:Ana no such value; anna has 2", "!0 service:paymnt no such value; payment has 3",
			"without [0] 0", "without [1] 0", "without [0 1] 6", "Enter> user:anna, service:payment 1", "> without user:Ana, service:paymnt 6")
		f("user:zoe and timeout", "!0 user:zoe no such value", "!0 timeout no whole word; *timeout* has 1",
			"without [0] 0", "without [1] 0", "without [0 1] 6", "Enter> without user:zoe, *timeout* 1", "> without user:zoe, timeout 6")
		f("from=10:00:00 to=10:00:05 code:7", "!0 code:7 no record has the field code",
			"without [0] 5", "all time 1 of 6", "Enter> without code:7 5", "> all time 1")
		f("from=11:00:00 declined", " 0 declined", "all time 1 of 6", "Enter> all time 1")
		f("from=11:00:00 level=ERROR", " 0 level>=ERROR", "all time 2 of 6", "Enter> all time 2")
		if w := why(t, s, "order"); w.Matches.N != 2 || w.Conditions != nil {
			t.Errorf("of what matches: %+v", w)
		}
		w := why(t, s, "service:chekout")
		if len(w.Newest) != 1 || w.Newest[0].Time != at(t, "10:00:04") || w.Newest[0].Source != "app" || w.Records.N != 6 || w.Levels.Total() != 6 {
			t.Errorf("%+v", w)
		}
		for _, o := range w.Offers {
			if n, err := mustView(t, s, o.Filter).Count(t.Context()); err != nil || n != o.Count {
				t.Errorf("%s selects %s, not %s: %v", o.Text, n, o.Count, err)
			}
		}
	})
}

func mustView(t *testing.T, s *session.Session, f session.Filter) session.View {
	t.Helper()
	v, err := s.View(f)
	ok(t, err)
	return v
}

func TestWhyRanges(t *testing.T) {
	s, c := started(t, sourcetest.NewFile("app.log", shopLog), sourcetest.NewPaged("prod"))
	ok(t, s.Wait(t.Context()))
	c.pass(0)
	ranges := []session.Range{{Name: "a", From: at(t, "10:00:04"), To: logs.NoTime}, {Name: "b", From: at(t, "10:00:00"), To: logs.NoTime}, {Name: "c", From: logs.NoTime, To: logs.NoTime}}
	w, err := s.Why(t.Context(), filter(t, "from=11:00:00 paid"), ranges, nil)
	ok(t, err)
	if got := reasons(w); got != " 0 paid\na 0 of 1\nb 1 of 5\nEnter> b 1\n" {
		t.Error(got)
	}
	if n := w.Newest; len(n) != 2 || n[0].Age != noon.UnixNano()-at(t, "10:00:04") || n[1].Time != logs.NoTime || n[1].Age != 0 {
		t.Errorf("%+v", n)
	}
	if _, err := s.Why(t.Context(), session.Filter{From: 2, To: 1}, nil, nil); err == nil {
		t.Error("a range that ends before it begins is explained")
	}
}

func TestWhyTellsAsItGoes(t *testing.T) {
	s, _ := started(t, sourcetest.NewFile("app.log", shopLog))
	ok(t, s.Wait(t.Context()))
	var told []session.Why
	_, err := s.Why(t.Context(), filter(t, "service:chekout and order"), nil, func(w session.Why) { told = append(told, w) })
	ok(t, err)
	if first := told[0]; len(first.Conditions) != 2 || first.Conditions[0].Counted || first.Records.N != 6 || first.Done {
		t.Errorf("first: %+v", first)
	}
	if second := told[1]; !second.Conditions[0].Counted || second.Conditions[1].Counted || second.Conditions[0].Remark != "" {
		t.Errorf("then: %+v", second)
	}
	if last := told[len(told)-1]; !last.Done || len(last.Offers) == 0 {
		t.Errorf("in the end: %+v", last)
	}

	for stop := range told {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		w, err := s.Why(ctx, filter(t, fmt.Sprintf("service:chekout%d and order", stop)), nil, func(session.Why) {
			if n++; n == stop+1 {
				cancel()
			}
		})
		cancel()
		if w.Done != (err == nil) || err != nil && !errors.Is(err, context.Canceled) || len(w.Conditions) != 2 {
			t.Errorf("ended after %d: %+v, %v", stop, w, err)
		}
	}
}

func TestWhyOfMany(t *testing.T) {
	s, _ := started(t, sourcetest.NewFile("app.log", shopLog))
	ok(t, s.Wait(t.Context()))
	w := why(t, s, "zz and "+strings.Repeat("order and ", 30)+"declined")
	if len(w.Conditions) != 16 || w.Left != 16 || len(w.Without) != 1 {
		t.Errorf("%d conditions, %d left, %v", len(w.Conditions), w.Left, w.Without)
	}
	if f := w.Without[0].Filter; strings.Contains(f.Query.String(), "zz") || !strings.HasSuffix(f.Query.String(), "declined") {
		t.Error(f.Query)
	}
}
