package themes

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// SampleWidth is how many cells the lines of a sample take at most.
const SampleWidth = 78

// Sample draws what a theme makes of a screen: a strip of bars, records of each level,
// a hit, an id, the row under the cursor, a query with a fault. Lines have no line feeds.
func (t *Theme) Sample(g *Glyphs) []string {
	bars := func(heights string) string {
		var b strings.Builder
		for _, h := range heights {
			b.WriteString(g.Bars[h-'0'])
		}
		return b.String()
	}
	words := func(parts ...string) string { return strings.Join(parts, " ") }
	d := t.Dim.Render
	row := func(time string, level int, name, service, message string) string {
		return words(d(" 14:12:"+time), t.Levels[level].Render(name)+strings.Repeat(" ", 5-len(name)), t.Service.Render(service)+strings.Repeat(" ", 8-len(service)), message)
	}
	wide := func(line string) string { return fmt.Sprintf("%-*s", SampleWidth, line) }
	text := t.Text.Render
	return []string{
		words(t.Healthy.Render(" "+g.Live), text("orders live"), t.Notice.Render(" "+g.CatchingUp), text("web catching up"), t.Trouble.Render(" "+g.Trouble+" prod"), t.Trouble.Render("no answer"), strings.Repeat(" ", 10), d("14:12:07 +02:00")),
		words(d(" all  "), t.Levels[3].Render(bars("2332434333343534444454554")), d("412/min "), d(" ERROR "), t.Levels[5].Render(bars("0001000010013577867")), t.Strong.Render("37/min")),
		row("01", 2, "DEBUG", "gateway", t.Context.Render("cache: 31 of 64 entries are warm")),
		row("02", 3, "INFO", "gateway", text("POST /api/v1/orders 200 in 41 ms")),
		row("03", 4, "WARN", "orders", text("retrying, trace ")+t.Trace.Render("5e0d78d4")+text(", attempt 2 of 5 ")+t.Mark.Render(g.Bookmark)),
		row("05", 5, "ERROR", "payment", text("order 5b20e9aa: read ")+t.Found.Render("timed out")+text(" after 2646 ms")),
		t.Cursor.Render(wide(g.Cursor + "14:12:06 ERROR payment  order d2c9b713: declined")),
		t.Selected.Render(wide(" 14:12:07 INFO  gateway  GET /healthz 200")),
		row("08", 6, "FATAL", "payment", text("no connection left, giving up")),
		words(d(" &"), text("level >= WARN and service:")+t.Fault.Render("(payment"), " "+t.Trouble.Render("the bracket is never closed")),
	}
}

// Print writes text with as many colours as the terminal behind w has.
func Print(w io.Writer, text string) error {
	_, err := lipgloss.Fprint(w, text)
	return err
}
