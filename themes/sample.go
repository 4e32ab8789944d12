package themes

import (
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// Sample draws what a theme makes of a screen: a strip of bars, records of each level,
// a hit, an id, the row under the cursor, a query with a fault. Lines of at most 78 cells, without line feeds.
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
	text := t.Text.Render
	return []string{
		words(t.Healthy.Render(" "+g.Live), text("orders live"), t.Notice.Render(" "+g.CatchingUp), text("web catching up"), t.Trouble.Render(" "+g.Trouble+" prod"), t.Trouble.Render("no answer"), "  ", d("14:12:07 +02:00")),
		words(d(" all  "), t.Levels[3].Render(bars("233243433334353344434454554555")), d("412/min  "), t.Levels[5].Render(bars("000100001000000110013577867778")), t.Strong.Render("37/min")),
		row("01", 2, "DEBUG", "gateway", t.Context.Render("cache: 31 of 64 entries are warm")),
		row("02", 3, "INFO", "gateway", text("POST /api/v1/orders 200 in 41 ms")),
		row("03", 4, "WARN", "orders", text("retrying, trace ")+t.Trace.Render("5e0d78d4")+text(", attempt 2 of 5 ")+t.Mark.Render(g.Bookmark)),
		row("05", 5, "ERROR", "payment", text("order 5b20e9aa: read ")+t.Found.Render("timed out")+text(" after 2646 ms")),
		t.Cursor.Render(g.Cursor + "14:12:06 ERROR payment  order d2c9b713: declined" + strings.Repeat(" ", 22)),
		t.Selected.Render(" 14:12:07 INFO  gateway  GET /healthz 200" + strings.Repeat(" ", 30)),
		row("08", 6, "FATAL", "payment", text("no connection left, giving up")),
		words(d(" &"), text("level >= WARN and service:")+t.Fault.Render("(payment"), " "+t.Trouble.Render("the bracket is never closed")),
	}
}

// Print writes text with as many colours as the terminal behind w has.
func Print(w io.Writer, text string) error {
	_, err := lipgloss.Fprint(w, text)
	return err
}
