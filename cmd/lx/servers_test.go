package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
	"github.com/lxlog/lx/ui/place"
)

// configured are options with the configuration of that text, which lies in the folder.
func configured(t *testing.T, text string) (o *options, folder string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	folder = filepath.Join(home, "lx")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, configName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o = &options{program: &program{err: &strings.Builder{}, now: func() time.Time { return noon }}, started: noon}
	if o.config = readConfig(configPath(), noon); len(o.config.problems) > 0 {
		t.Fatalf("%q", o.config.problems)
	}
	return o, folder
}

// What a server is reached by is what its settings say, its variables and files hold.
func TestServerSettings(t *testing.T) {
	o, folder := configured(t, `[es.prod]
urls = ["https://a:9200", "https://b:9200/es"]
index = "app-*"
api_key_env = "D_KEY"
ca = "ca.pem"
client_cert = "me.pem"
client_key = "me.key"
timeout = "90s"
time_field = "at"
level_field = "lvl"
[es.cloud]
cloud_id = "x:eQ=="
username = "me"
password_file = "~/pass"`)
	t.Setenv("D_KEY", " key\n")
	t.Setenv("HOME", folder)
	for name, text := range map[string]string{"ca.pem": "CA", "me.pem": "CERT", "me.key": "KEY", "pass": "word\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := func(source, want string) {
		t.Helper()
		name, c, from, err := o.clusterOf(source)
		if err != nil {
			t.Fatal(err)
		}
		e, err := o.clusterOptions(t.Context(), name, from, &c)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%s %s%s %s key=%s user=%s:%s token=%s ca=%s me=%s,%s %s %s %v", e.Name, e.URLs, e.CloudID, e.Index, e.APIKey, e.Username, e.Password, e.Token, e.CA, e.ClientCert, e.ClientKey, e.Timeout, e.TimeField, e.Fields[logs.CoreLevel]); got != want {
			t.Errorf("%s: %s, not\n%s", source, got, want)
		}
	}
	f("es://prod", "prod [https://a:9200 https://b:9200/es] app-* key=key user=: token= ca=CA me=CERT,KEY 1m30s at lvl")
	f("es://cloud", "cloud []x:eQ==  key= user=me:word token= ca= me=, 0s  ")
	f("http://h:9200/", "h:9200 [http://h:9200/]  key= user=: token= ca= me=, 0s  ")
	t.Setenv("LX_ES_TOKEN", "secret")
	t.Setenv("LX_ES_CA", filepath.Join(folder, "ca.pem"))
	t.Setenv("LX_ES_TIMEOUT", "5s")
	f("https://h:9200/es/", "h:9200/es [https://h:9200/es/]  key= user=: token=secret ca=CA me=, 5s  ")
	f("es://prod", "prod [https://a:9200 https://b:9200/es] app-* key=key user=: token= ca=CA me=CERT,KEY 1m30s at lvl")
	if len(o.warnings) > 0 {
		t.Errorf("%q", o.warnings)
	}
	for _, name := range []string{"ca.pem", "me.key", "pass"} {
		if err := os.Chmod(filepath.Join(folder, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f("es://cloud", "cloud []x:eQ==  key= user=me:word token= ca= me=, 0s  ")
	f("es://prod", "prod [https://a:9200 https://b:9200/es] app-* key=key user=: token= ca=CA me=CERT,KEY 1m30s at lvl")
	if got := strings.Join(o.warnings, "\n"); len(o.warnings) != 2 || !strings.Contains(got, "everybody may read the secret in "+folder+"/pass (mode 0644): chmod") || !strings.Contains(got, "me.key") {
		t.Errorf("%q", got)
	}
}

// What is wrong with how a server is named, or what its secrets lack, is told without what may be one.
func TestServerMistakes(t *testing.T) {
	o, folder := configured(t, `[es.prod]
urls = ["https://a:9200"]
api_key_env = "D_NONE"
[es.file]
urls = ["https://a:9200"]
token_file = "none"
[es.asked]
urls = ["https://a:9200"]
username = "me"`)
	f := func(source string, code int, want ...string) {
		t.Helper()
		s, missing, err := o.server(t.Context(), source)
		if s != nil || (missing == nil) == (err == nil) {
			t.Fatalf("%s: %v, missing %v, %v", source, s, missing, err)
		}
		got, is := errors.Join(missing, err).Error(), &status{}
		if code == exitUsage != errors.As(err, &is) || strings.Contains(got, "hunter2") {
			t.Errorf("%s: %v, missing %v", source, err, missing)
		}
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q lacks %q", source, got, w)
			}
		}
	}
	f("es://prdo", exitUsage, "no such server: prdo; did you mean prod?", "\n\n[es.prdo]\nurls = [", folder+"/config.toml", "LX_PRDO_API_KEY")
	f("es://a b", exitUsage, "[es.\"a b\"]", "LX_A_B_API_KEY")
	f("es://me:hunter2@h", exitUsage, "begins with http:// or https://")
	f("https://me:hunter2@h:9200/es", exitUsage, "a password in a URL", "--es https://h:9200/es", "$LX_ES_PASSWORD")
	f("https://hunter2:x:y", exitUsage, "https://HOST:9200")
	f("https://", exitUsage, "https://HOST:9200")
	f("https://h?q=hunter2", exitUsage, "no ?")
	f("es://prod", exitSource, "prod: the variable D_NONE", "export D_NONE")
	f("es://file", exitSource, "file: open "+folder+"/none")
	f("es://asked", exitSource, "asked: no password for me", "password_env")
	t.Setenv("LX_ES_TIMEOUT", "soon")
	f("https://h", exitUsage, "$LX_ES_TIMEOUT")
	t.Setenv("LX_ES_TIMEOUT", "")
	t.Setenv("LX_ES_API_KEY", "hunter2")
	t.Setenv("LX_ES_USERNAME", "me")
	f("https://h", exitUsage, "an API key and a username: keep one of them")
}

// A secret that is sent in the open is warned of.
func TestUnencrypted(t *testing.T) {
	f := func(url, key string, want bool) {
		t.Helper()
		got := unencrypted(elastic.Options{Name: "prod", URLs: []string{url}, APIKey: key})
		if len(got) > 0 != want || want && !strings.Contains(got[0], "prod: the secret is sent to h:9200 without TLS") {
			t.Errorf("%s: %q", url, got)
		}
	}
	f("http://h:9200", "k", true)
	f("https://h:9200", "k", false)
	f("http://h:9200", "", false)
	f("http://localhost:9200", "k", false)
	f("http://127.0.0.2:9200", "k", false)
	f("http://[::1]:9200", "k", false)
}

// The range that the screen begins with by itself gives way to one of before, and is not remembered.
func TestUsualRange(t *testing.T) {
	dir := t.TempDir()
	usual := place.Range{Last: 15 * time.Minute}
	m := &memory{store: place.Open(dir), sources: []string{"es://prod"}, usual: usual}
	f := func(r, want place.Range) {
		t.Helper()
		if note := m.Keep(place.Place{Filter: "timeout", Range: r}); note != "" {
			t.Error(note)
		}
		p, _, err := place.Open(dir).Load(m.sources)
		if err != nil || p.Range != want || p.Filter != "timeout" {
			t.Errorf("%+v, %v", p, err)
		}
	}
	hour := place.Range{Last: time.Hour}
	f(hour, hour)
	f(usual, place.Range{})
	for _, byItself := range []bool{true, false} {
		o := &options{last: "15m", byItself: byItself, config: defaultConfig()}
		if got := o.given().Range; got == byItself {
			t.Errorf("by itself %t: given %t", byItself, got)
		}
	}
}

// The servers of --es stand before other sources, each once.
func TestWithServers(t *testing.T) {
	f := func(servers, args, want string, not int) {
		t.Helper()
		o := &options{servers: strings.Fields(servers)}
		got, err := o.withServers(strings.Fields(args), not)
		if said := strings.Join(got, " "); said != want || (err != nil) != (want == "") {
			t.Errorf("%s: %s, %v, not %s", servers, said, err, want)
		}
	}
	f("prod", "", "es://prod", 0)
	f("prod test prod es://prod", "a.log b.log", "es://prod es://test a.log b.log", 0)
	f("prod http://h", "query a.log", "query es://prod http://h a.log", 1)
	f("", "a.log", "a.log", 0)
	f("ftp://me:hunter2@h", "", "", 0)
}

// many is a server with more records than one looks through by mistake.
type many struct {
	*sourcetest.Paged
	records int64
	fault   error
}

func (m many) Count(context.Context, sources.Filter) (summary.Count, error) {
	return summary.Count{N: m.records}, m.fault
}

// A command refuses too many records of servers in all, and leaves out those that do not answer.
func TestGuard(t *testing.T) {
	a := many{sourcetest.NewPaged("a"), 6_000_000, nil}
	b := many{sourcetest.NewPaged("b"), 4_000_001, nil}
	c := many{sourcetest.NewPaged("c"), 0, errors.New("c refuses this (403)")}
	d := many{sourcetest.NewPaged("d"), 0, errors.New("too slow")}
	f := func(all bool, want string, list ...sources.Source) {
		t.Helper()
		o := &options{all: all}
		rest, missing, err := o.guard(t.Context(), list, sources.Filter{From: logs.NoTime, To: logs.NoTime})
		var got []string
		for _, s := range rest {
			got = append(got, s.Name())
		}
		for _, err := range append(missing, err) {
			if err != nil {
				got = append(got, err.Error())
			}
		}
		if said := strings.Join(got, "|"); said != want {
			t.Errorf("%s, not\n%s", said, want)
		}
	}
	file := sourcetest.NewFile("x.log", "a\n")
	f(false, "x.log|a", file, a)
	f(false, "a, b: 10,000,001 records match, more than 10,000,000: narrow the time down, such as with --last 1h, or add --all to go through them", a, file, b)
	f(true, "a|b", a, b)
	f(false, "a|c refuses this (403)|d: too slow", c, a, d)

	ctx, cancel := context.WithCancel(t.Context())
	cancel() // what does not answer then is not at fault
	rest, missing, err := (&options{}).guard(ctx, []sources.Source{c, file}, sources.Filter{})
	if len(rest) != 1 || len(missing) != 0 || err != nil {
		t.Errorf("%v, missing %v, %v", rest, missing, err)
	}
}
