package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/ui/clipboard"
)

// fieldShop has records with fields of all kinds.
func fieldShop(n int) *shop {
	x := newShop(n)
	for i, r := range x.rows {
		if i%4 > 0 {
			r.Record.Add("status", logs.NumberValue(fmt.Sprint([...]int{200, 200, 200, 404, 500, 200, 302}[i%7])))
		}
		if i%3 == 0 {
			r.Record.Add("user.name", logs.TextValue([...]string{"anna", "bob \x1b[31m", "", "日本 太郎"}[i%4]))
		}
		r.Record.Host = fmt.Sprintf("web-%d", i%9)
		r.Record.Add("order", logs.TextValue(fmt.Sprintf("%08x", i*2654435761%4294967296)))
	}
	return x
}

var sizes = []struct{ w, h int }{{80, 24}, {120, 36}, {200, 50}, {40, 10}}

func TestFieldsFrames(t *testing.T) {
	for _, size := range sizes {
		for name, glyphs := range glyphSets {
			s := open(t, fieldShop(700), size.w, size.h, "not status:404 and level:ERROR")
			s.Glyphs = glyphs
			s.press("'5", "down", "'l", "'/stat", "enter", "enter", "down", "down")
			s.golden(fmt.Sprintf("fields-%dx%d-%s", size.w, size.h, name))
		}
	}
}

// line is the line of the frame that has all the texts.
func (s *screen) line(texts ...string) string {
	s.t.Helper()
	for l := range strings.SplitSeq(s.frame(), "\n") {
		has := true
		for _, text := range texts {
			has = has && strings.Contains(l, text)
		}
		if has {
			return l
		}
	}
	s.t.Errorf("no line has %q:\n%s", texts, s.frame())
	return ""
}

func TestFieldsCountEverything(t *testing.T) {
	x := fieldShop(700)
	x.atOnce = 100 // so that it takes several steps
	s := open(t, x, 120, 36, "")
	s.press("'5")
	s.line("fields", "8 fields in 700 records")
	s.line(" status ", "525", "75.0%", " 4 ")
	s.press("'/status", "enter", "enter")
	s.line(" 200 ", "300", "42.9%")
	s.line("without status", "175", "25.0%")
	s.press("'h")
	if strings.Contains(s.frame(), "without status") {
		t.Error("the values are still shown")
	}
	x.rows = append(x.rows, fieldShop(1400).rows[700:]...)
	s.run(s.refresh())
	s.line("fields", "8 fields in 1,400 records")
	s.line("status ", "1,050", "75.0%")
}

func TestFieldsAreShownWhileTheyAreCounted(t *testing.T) {
	x := fieldShop(700)
	x.atOnce = 100
	s := open(t, x, 120, 36, "")
	f := newFields()
	s.push(f)
	cmd := f.ask(s.Model)
	f.fieldsMsgs(s, cmd, 3)
	s.line("fields", "8 fields in 300 of 700 records so far")
	s.line(" status ", "225", "75.0%")
}

// fieldsMsgs runs so many steps of a count.
func (f *fields) fieldsMsgs(s *screen, cmd tea.Cmd, n int) {
	for range n {
		cmd = cmd().(fieldsMsg).answer(s.Model)
	}
}

func TestFieldsWithoutTheirOwnCondition(t *testing.T) {
	s := open(t, fieldShop(700), 120, 36, "service:payment and status >= 400")
	s.press("'5", "'/status", "enter", "enter")
	s.line("fields", " 20 records")
	s.line("status ", "without its own condition")
	s.line(" 404 ", "10", "14.3%")
	s.line("(200)", "40", "57.1%", "left out by the filter")
	s.line(" service.name ", "without its own condition", "orders")
	s.line(" host.name ", "20", "100%") // counted with both conditions
}

func TestFieldsObeyTheLevelFilter(t *testing.T) {
	s := open(t, fieldShop(700), 120, 36, "")
	s.press("'Le", "'5", "'/log.level", "enter", "enter")
	s.line("fields", " 70 records")
	s.line(" ERROR ", "70", "10.0%")
	s.line("(INFO)", "560", "left out by the filter")
	s.press("'/INFO", "enter", "enter")
	if sel := s.scope().selection; sel.level != 0 || sel.text() != "log.level:INFO" {
		t.Errorf("%+v %s", sel, sel.text())
	}
}

func TestFieldsOpenKeepAndDrop(t *testing.T) {
	f := func(filter, keys, want, shown string) {
		t.Helper()
		s := open(t, fieldShop(700), 120, 36, filter)
		s.press("'5")
		for k := range strings.SplitSeq(keys, " ") {
			s.press(k)
		}
		sel := s.scope().selection
		query, extra := "", ""
		if sel.query != nil {
			query = sel.query.String()
		}
		if sel.extra != nil {
			extra = " + " + sel.extra.String()
		}
		if query+extra != want {
			t.Errorf("%s, %s: %q, not %q", filter, keys, query+extra, want)
		}
		s.line(shown)
	}
	status := "'/status enter enter "
	f("", status+"down enter", " + status:200", "300 of 700")
	f("", status+"down '+", "status:200", "fields  8 fields in 300 records")
	f("", status+"down '-", "not status:200", "in 400 records")
	f("", status+"'+", "status:*", "in 525 records")
	f("", status+"down down down down down enter", " + not status:*", "175 of 700")
	f("", "'/user enter enter '/anna enter enter", " + user.name:anna", "59 of 700")
	f("", "'/user enter enter '/\"\" enter enter", ` + user.name:""`, "58 of 700")
	f("", "'/user enter enter '/bob enter enter", " + user.name:\"bob \x1b[31m\"", "58 of 700")
	f("status:404", status+"down enter", " + status:200", "300 of 700")
	f("status:404 and service:orders", status+"down '+", "service:orders and status:200", "in 260 records")
	f("status:404", status+"down '-", "status:404", "the filter leaves it out already")
}

func TestFieldsStopWhenTheyAreLeft(t *testing.T) {
	s := open(t, fieldShop(70), 80, 24, "")
	f := newFields()
	s.push(f)
	cmd := f.ask(s.Model)
	s.press("'q")
	if msg := cmd(); msg.(fieldsMsg).result != nil || f.count != nil {
		t.Error("it went on counting")
	} else if next := msg.(fieldsMsg).answer(s.Model); next != nil {
		t.Error("it goes on counting")
	}
	if s.frame() == "" || len(s.layers) != 1 {
		t.Error("it is still shown")
	}
}

func TestFieldsSayWhatFailed(t *testing.T) {
	x := fieldShop(70)
	s := open(t, x, 80, 24, "")
	x.fail = fmt.Errorf("12 records of shop.log could not be read")
	s.press("'5")
	s.line("12 records of shop.log could not be read")
	s.line("service.name", "70")
}

func TestFieldsCopy(t *testing.T) {
	s := open(t, fieldShop(70), 80, 24, "")
	s.Clipboard = clipboard.Env{Term: "xterm"}
	s.press("'5", "'/service", "enter", "'y")
	s.line("copied the name, 12 bytes")
	s.press("enter", "down", "'y")
	s.line("copied service.name, 6 bytes") // orders
}

// A level is counted as what it means, however it is spelled: its row has as many records as entering it shows.
func TestFieldsCountLevelsByMeaning(t *testing.T) {
	x := newShop(40)
	for i, r := range x.rows {
		r.Record.Severity, r.Record.SeverityText = logs.Info, [...]string{"info", "INFO", "I", ""}[i%4]
	}
	s := open(t, x, 120, 36, "")
	s.press("'5", "'/log.level", "enter", "enter")
	s.line("fields", "4 fields in 40 records")
	s.line(" INFO ", "40", "100%")
}
