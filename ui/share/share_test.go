package share

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

func TestCommand(t *testing.T) {
	f := func(v View, want string) {
		t.Helper()
		if got := Command(v); got != want {
			t.Errorf("%s, not\n%s", got, want)
		}
	}
	open := View{From: logs.NoTime, To: logs.NoTime}
	with := func(change func(*View)) View { v := open; change(&v); return v }
	f(open, "lx")
	f(with(func(v *View) { v.Sources = []string{"app.log", "/var/log", "-"} }), "lx app.log /var/log -")
	f(with(func(v *View) { v.Sources = []string{"a b", "-q"} }), "lx -- 'a b' -q")
	f(View{Sources: []string{"app.log"}, Flags: []string{"--format=json", "--encoding=latin1"}, Query: `level >= WARN and "it's"`, Level: "ERROR",
		From: 1773475200_123000000, To: 1773478800_000000000, Zone: "Europe/Berlin", Columns: []string{"host.name", "user id"}},
		`lx --format=json --encoding=latin1 '--query=level >= WARN and "it'\''s"' --level=ERROR --since=2026-03-14T08:00:00.123Z `+
			`--until=2026-03-14T09:00:00Z --tz=Europe/Berlin '--columns=host.name,user id' app.log`)
}

// args are what a shell makes of a command's words.
func args(t *testing.T, command string) []string {
	t.Helper()
	out, err := exec.Command("sh", "-c", `f() { for a; do printf '%s\0' "$a"; done; }; f `+command).Output()
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

// Whatever a file is called, a shell gives lx that very name.
func TestShell(t *testing.T) {
	hostile := []string{"a\nb", "it's", `"quoted"`, "$HOME", "`id`", "$(id)", "--", "-rf", "--query=x", "*", "?[a]", "~", "~root/x", "a=b", "=ls", "#", "!!", "a;b&c|d", "<>", "{a,b}",
		`\`, `\n`, "'", "''", "\t ", "日本.log", "\x1b[2J", "\xff\xfe", "%s", "a'\n'b"}
	want := append([]string{"lx", "--query=" + strings.Join(hostile, " "), "--"}, hostile...)
	got := args(t, Command(View{Sources: hostile, Query: strings.Join(hostile, " "), From: logs.NoTime, To: logs.NoTime}))
	if !slices.Equal(got, want) {
		t.Errorf("%q, not\n%q", got, want)
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("it's\n$(id)")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "\x00", "")
		if got := args(t, Quote(text)); len(got) != 1 || got[0] != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}
