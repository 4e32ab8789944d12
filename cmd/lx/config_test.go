package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// configOf reads a file of that text.
func configOf(t testing.TB, text string) config {
	t.Helper()
	path := filepath.Join(t.TempDir(), configName)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readConfig(path, noon)
}

// Each problem names its line and what to write instead.
func TestConfigProblems(t *testing.T) {
	f := func(text string, want ...string) {
		t.Helper()
		got := configOf(t, text).problems
		if len(got) != len(want) {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
		for i := range want {
			if !strings.Contains(got[i], want[i]) {
				t.Errorf("%q: %q, want %q", text, got[i], want[i])
			}
		}
	}
	f("")
	f("\ufeffwrap = true")
	f("copy_limit = 5\nglyphs = 'ascii'\nambiguous_width = 2\ntime = 'delta'")
	f("# a\n\n\nwrp = 1", "config.toml:4: no such setting: wrp; did you mean wrap?")
	f("a.b = 1\nq = 2", "config.toml:1: no such setting: a (", "config.toml:2: no such setting: q (")
	f("[a]\nb = 1\n[a.c]", "config.toml:1: no such setting: a (")
	f("[a.b.c]\n", "config.toml:1: no such setting: a (")
	f("Theme = 'ansi'", "config.toml:1: no such setting: Theme; did you mean theme?")
	f("tz = '''\n\n\nMars'''\nwrap = 1", "config.toml:1: tz: no such time zone", "config.toml:5: wrap: true or false is wanted, not a number")
	f("columns = [\n'a',\n'',\n]", "config.toml:1: columns: is empty")
	f("columns = 'a'", "config.toml:1: columns: a list of texts is wanted")
	f("theme = 1979-05-27", "config.toml:1: theme: a text in quotes is wanted, not a time")
	f("copy_limit = -1", "config.toml:1: copy_limit: -1")
	f("copy_limit = 'lots'", "config.toml:1: copy_limit: write a size")
	f("ambiguous_width = 3", "config.toml:1: ambiguous_width: 3: one of 1, 2 is wanted")
	f("glyphs = 'emoji'", "config.toml:1: glyphs: emoji: one of auto, unicode, ascii is wanted")
	f("\x00", "config.toml:1: ")
	f("wrap = true\nwrap = true", "config.toml:2: ")
	f("wrap = true\n[", "config.toml:2: ")
	f("tz = \"\\u202eUTC\"", `config.toml:1: tz: no such time zone: \u202eUTC`) // made harmless

	f("[[profile]]\nlevel = 'warn'", "config.toml:1: profile: a table is wanted, [profile.NAME], not a list")
	f("profile.a = 1", "config.toml:1: profile.a: a table is wanted")
	f("keys = 1", "config.toml:1: keys: a table is wanted")
	f("[keys]\nlogs = 1", "config.toml:2: no such setting: keys.logs")
	f("[keys.logs]\ndown = 'j'", "config.toml:2: keys.logs.down: a list of texts is wanted")
	f("[keys.logs]\n# x\nwrap = ['T']", "config.toml:3: keys.logs.wrap: T does two things in logs")
	f("[keys.logs]\ntime = ['w']", "config.toml:2: keys.logs.time: w does two things in logs") // the other of the two is the default's

	f("[format.a]\n", "config.toml:1: format.a: has no pattern")
	f("[format.a]\npattern = ''", "config.toml:2: format.a.pattern: is empty")
	f("[profile.a]\nsince = 'soon'", "config.toml:2: profile.a.since: ")
	f("[profile.a]\nsince = '-1h'\nlast = '1h'", "config.toml:3: profile.a.last: stands for since")
	f("[profile.a]\nformat = 'jsn'", "config.toml:2: profile.a.format: ")
	f("[profile.a]\nlevel = 'loud'", "config.toml:2: profile.a.level: no such level: loud")
	f("[profile.a]\nformat = 'b'\n[format.b]\npattern = '(?P<message>.*)'")
	f("[es.a]\nindex = 'x'", "config.toml:1: es.a: has no urls")
	f("[es.a]\nurls = ['localhost:9200']", "config.toml:2: es.a.urls: each is to be as https://HOST:9200")
	f("[es.a]\ncloud_id = 'x:y'")
	f("[es.a]\ncloud_id = 'x:y'\nurls = ['http://h']", "config.toml:1: es.a: has urls and cloud_id: keep one of them; it is left out")
	f("[es.a]\nurls = ['http://h']\nusername = 'me'") // the password is asked for
	f("[es.a]\nurls = ['http://h']\npassword_env = 'P'\nusername = 'me'")
	f("[es.a]\nurls = ['http://h']\npassword_env = 'P'", "config.toml:1: es.a: has a password and no username")
	f("[es.a]\nurls = ['http://h']\nusername = 'me'\npassword_env = 'P'\napi_key_env = 'K'", "config.toml:1: es.a: has an API key and a username: keep one of them")
	f("[es.a]\nurls = ['http://h']\ntoken_env = 'T'\napi_key_file = 'K'", "config.toml:1: es.a: has an API key and a token: keep one of them")
	f("[es.a]\nurls = ['http://h']\ntoken_env = 'T'\ntoken_file = 'K'", "config.toml:1: es.a: has a secret in a variable and in a file")
	f("[es.a]\nurls = ['http://h']\nclient_cert = 'T'", "config.toml:1: es.a: wants client_cert and client_key both")
	f("[es.a]\nurls = ['http://h']\ntimeout = 'soon'", "config.toml:3: es.a.timeout: ")
	f("[es.a]\nurls = ['http://h']\nca_fingerprint = 'ab:cd'", "config.toml:3: es.a.ca_fingerprint: a SHA-256 fingerprint")
	f("[es.a]\nurls = ['http://h']\nca_fingerprint = '" + strings.Repeat("ab:", 31) + "AB'")
	f(strings.Repeat("#", maxConfig+1), "config.toml: is larger than 1 MB")
}

// No message and no listing repeats what may be a secret.
func TestConfigSecrets(t *testing.T) {
	for _, text := range []string{
		"[es.a]\nurls = ['https://me:hunter2@h']",
		"[es.a]\nurls = ['https://h']\npassword = 'hunter2'",
		"[es.a]\nurls = ['https://h']\napi_key = 'hunter2'",
		"[es.a]\nurls = ['https://h']\ntoken = 'hunter2'",
		"[es.a]\nurls = ['https://h']\napi_key_env = 'hunter2=='",
		"[es.a]\nurls = ['hunter2:\\x']",
	} {
		c := configOf(t, text)
		if len(c.problems) == 0 {
			t.Errorf("%q: no problem", text)
		}
		if said := strings.Join(c.problems, "\n") + configRows(c.effective()); strings.Contains(said, "hunter2") {
			t.Errorf("%q: %s", text, said)
		}
	}
}

// The problems of a file full of them are counted beyond the first.
func TestConfigManyProblems(t *testing.T) {
	got := configOf(t, strings.Repeat("[format.a", 1)+"]\n"+manyKeys(maxProblems+7)).problems
	if len(got) != maxProblems+1 || got[maxProblems] != "config.toml: and 8 more like these" {
		t.Errorf("%d problems, the last %q", len(got), got[len(got)-1])
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k" + strings.Repeat("x", i) + " = 1\n")
	}
	return b.String()
}

// The default file, with the # before its settings taken away, has every setting
// of the configuration, and those of the top as they are by default.
func TestConfigDefaultFile(t *testing.T) {
	text := defaultFile()
	if c := configOf(t, text); len(c.problems) > 0 || len(c.given) > 0 {
		t.Errorf("commented out: %q, %d settings", c.problems, len(c.given))
	}
	live := regexp.MustCompile(`(?m)^#([\[a-z])`).ReplaceAllString(text, "$1")
	there := regexp.MustCompile(`(?m)^(\w+) = `).FindAllStringSubmatch(live, -1)
	// Ways to say who one is, or whom to trust, stand beside each other, and since beside last, to choose from.
	live = regexp.MustCompile(`(?m)^(cloud_id|api_key_file|username|password_\w+|token_\w+|ca_fingerprint) = .*\n`).ReplaceAllString(live, "")
	c, want := configOf(t, live), defaultConfig()
	if len(c.problems) > 0 {
		t.Fatalf("%q", c.problems)
	}
	for _, s := range settings {
		if got := asTOML(s.field(&c)); got != asTOML(s.field(&want)) {
			t.Errorf("%s is %s", s.name, got)
		}
	}
	if len(c.Formats) != 1 || len(c.Profiles) != 1 || len(c.Clusters) != 1 || c.Keys.Preset != "default" || len(c.Keys.Change) != 1 {
		t.Errorf("%+v", c)
	}
	listed := map[string]int{}
	for _, m := range there {
		listed[m[1]]++
	}
	for _, list := range [][]string{names(settings), names(keysSettings), names(formatSettings), names(profileSettings), names(clusterSettings)} {
		for _, name := range list {
			listed[name]--
		}
	}
	delete(listed, "down") // the example of a key
	for name, n := range listed {
		if n != 0 {
			t.Errorf("%s stands %d times too often in the default file", name, n)
		}
	}
}

// Every field of the structs is a setting of the file.
func TestConfigSettings(t *testing.T) {
	everyField(t, settings, "Keys", "Formats", "Profiles", "Clusters")
	everyField(t, keysSettings, "Change")
	everyField(t, formatSettings)
	everyField(t, profileSettings)
	everyField(t, clusterSettings)
}

func everyField[T any](t *testing.T, list []setting[T], others ...string) {
	t.Helper()
	var v T
	fields := map[any]bool{}
	for _, s := range list {
		fields[s.field(&v)] = true
	}
	at := reflect.ValueOf(&v).Elem()
	for i := range at.NumField() {
		name := at.Type().Field(i)
		if name.IsExported() && !fields[at.Field(i).Addr().Interface()] && !strings.Contains(strings.Join(others, " "), name.Name) {
			t.Errorf("%T.%s is no setting", v, name.Name)
		}
	}
}

// A value is read as it was written.
func TestConfigValues(t *testing.T) {
	f := func(text string) {
		t.Helper()
		want := []string{text}
		c := configOf(t, "text_fields = "+asTOML(&want))
		if len(c.TextFields) != 1 || c.TextFields[0] != text {
			t.Errorf("%q came back as %q: %q", text, c.TextFields, c.problems)
		}
	}
	f("plain")
	f(`"quoted" \ 'too'`)
	f("tab\tline\nbell\a\x1b[31m")
	f("zwölf\u202e\u200b😀\U000e0001")
	f("\u0085\u00a0x")
}

func TestNearest(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := nearest(text, []string{"theme", "time", "wrap", "tz", "columns"}); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	f("thme", "theme")
	f("tehme", "theme")
	f("colums", "columns")
	f("warp", "wrap")
	f("t", "")
	f("Theme", "theme")
	f("password", "")
	f("", "")
	f(strings.Repeat("theme", 100), "")
}

// Whatever the file holds is told or taken, with lines of the file.
func FuzzConfig(f *testing.F) {
	f.Add("wrap = true\n[keys.logs]\ndown = ['j']")
	f.Add("a.\"b\".c = {x = [1, {y = 2}]}\n[[es]]\n[format]")
	f.Add("[profile.p]\nquery = '('\nsince = 'x'")
	f.Add(defaultFile())
	f.Fuzz(func(t *testing.T, text string) {
		c := configOf(t, text)
		for _, p := range c.problems {
			if strings.ContainsAny(p, "\n\x1b") {
				t.Errorf("%q", p)
			}
		}
		for _, e := range c.effective() {
			if n, ok := strings.CutPrefix(e.from, configName+":"); ok && (n == "0" || n == "") {
				t.Errorf("%s is from %s", e.name, e.from)
			}
		}
	})
}
