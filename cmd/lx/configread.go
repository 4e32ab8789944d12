package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/when"
)

// maxProblems is how many problems of the file are told one by one.
const maxProblems = 100

// configReader fills a configuration from its file.
type configReader struct {
	*config
	now    time.Time
	faults []fault
	more   int // beyond maxProblems
}

type fault struct {
	line int // 0: of the whole file
	text string
}

// readConfig reads the file at path, which need not exist. What is wrong with it
// stands in problems; the settings concerned are as by default.
func readConfig(path string, now time.Time) config {
	c := defaultConfig()
	if path == "" {
		return c
	}
	file, warning, line, err := openConfig(path)
	if missing(err) {
		return c
	}
	r := &configReader{config: &c, now: now}
	if warning != "" {
		r.add(0, "%s", warning)
	}
	if err != nil {
		r.add(line, "%v", err)
	} else {
		r.read(file)
	}
	r.settle()
	return c
}

// add notes a problem. What it quotes is made harmless.
func (r *configReader) add(line int, form string, args ...any) {
	if len(r.faults) == maxProblems {
		r.more++
		return
	}
	r.faults = append(r.faults, fault{line, output.Clean(fmt.Sprintf(form, args...), false)})
}

// wrong notes a problem of a key.
func (r *configReader) wrong(path []string, err error) {
	r.add(r.line(path), "%s: %v", dotted(path), err)
}

// line is that of a key, which takes a look through the file; 0 once no more problems are told.
func (r *configReader) line(path []string) int {
	if len(r.faults) == maxProblems {
		return 0
	}
	return r.file.line(path...)
}

// refuse notes a problem of a key that was taken already, and takes back what is at and below it.
func (r *configReader) refuse(path []string, err error) {
	r.wrong(path, err)
	r.given = slices.DeleteFunc(r.given, func(g given) bool { return len(g.path) >= len(path) && slices.Equal(g.path[:len(path)], path) })
}

// settle puts the problems into the order of the file.
func (r *configReader) settle() {
	slices.SortStableFunc(r.faults, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
	for _, f := range slices.Compact(r.faults) {
		at := configName
		if f.line > 0 {
			at = fmt.Sprintf("%s:%d", configName, f.line)
		}
		r.problems = append(r.problems, at+": "+f.text)
	}
	if r.more > 0 {
		r.problems = append(r.problems, fmt.Sprintf("%s: and %d more like these", configName, r.more))
	}
}

// configName is how messages call the file.
const configName = "config.toml"

func (r *configReader) read(file *configFile) {
	r.file = file
	fill(r, file.tree, nil, settings, r.config, tables...)
	r.tables("format", file.tree["format"], func(name string, table map[string]any, path []string) {
		var f formatConfig
		fill(r, table, path, formatSettings, &f)
		if _, ok := table["pattern"]; !ok {
			r.wrong(path, errors.New("has no pattern"))
		}
		if f.Pattern != "" {
			r.Formats[name] = f
		}
	})
	if _, err := format.New(format.Options{Patterns: r.patterns()}); err != nil {
		r.refuse([]string{"format"}, err)
		clear(r.Formats)
	}
	r.tables("profile", file.tree["profile"], r.profile)
	r.tables("es", file.tree["es"], r.cluster)
	r.readKeys()
}

// fill takes the settings of one table of the file. others are keys that are none of them, and known.
func fill[T any](r *configReader, table map[string]any, path []string, list []setting[T], into *T, others ...string) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		at := append(slices.Clone(path), name)
		i := slices.IndexFunc(list, func(s setting[T]) bool { return s.name == name })
		if i < 0 {
			if !slices.Contains(others, name) {
				r.unknown(at, append(names(list), others...))
			}
			continue
		}
		s := list[i]
		err := assign(s.field(into), table[name], func(text string) error {
			if s.check == nil {
				return nil
			}
			return s.check(r.config, text)
		})
		if err != nil {
			r.wrong(at, err)
			continue
		}
		r.given = append(r.given, given{at, s.field(into)})
	}
}

func (r *configReader) unknown(path []string, known []string) {
	hint := " (lx config --default lists them all)"
	if len(r.faults) < maxProblems {
		if near := nearest(path[len(path)-1], known); near != "" {
			hint = "; did you mean " + near + "?"
		}
	}
	r.add(r.line(path), "no such setting: %s%s", dotted(path), hint)
}

// tables calls f for each table below a name of the file.
func (r *configReader) tables(top string, value any, f func(name string, table map[string]any, path []string)) {
	if value == nil {
		return
	}
	tables, ok := value.(map[string]any)
	if !ok {
		r.wrong([]string{top}, fmt.Errorf("a table is wanted, [%s.NAME], not %s", top, kind(value)))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		path := []string{top, name}
		if table, ok := tables[name].(map[string]any); ok {
			f(name, table, path)
		} else {
			r.wrong(path, fmt.Errorf("a table is wanted, [%s.NAME], not %s", top, kind(tables[name])))
		}
	}
}

func (r *configReader) profile(name string, table map[string]any, path []string) {
	var p profile
	fill(r, table, path, profileSettings, &p)
	if p.Since != "" {
		if _, err := when.Typed(p.Since, r.now, time.Local); err != nil {
			r.refuse(append(path, "since"), err)
			p.Since = ""
		}
	}
	if p.Since != "" && p.Last != "" {
		r.refuse(append(path, "last"), errors.New("stands for since, and reaches until now: keep one or the other"))
		p.Last = ""
	}
	r.Profiles[name] = p
}

// secrets are settings that people look for and that there are not, with the one that is there.
var secrets = map[string]string{"password": "password_env", "api_key": "api_key_env", "apikey": "api_key_env", "token": "token_env", "secret": "api_key_env"}

func (r *configReader) cluster(name string, table map[string]any, path []string) {
	var c cluster
	fill(r, table, path, clusterSettings, &c, slices.Collect(maps.Keys(secrets))...)
	for _, s := range slices.Sorted(maps.Keys(secrets)) {
		if _, ok := table[s]; ok {
			r.wrong(append(path, s), fmt.Errorf("secrets do not stand in this file, where backups and other programs read them: put it into a variable and write its name as %s", secrets[s]))
		}
	}
	var err error
	switch {
	case table["urls"] == nil && table["cloud_id"] == nil:
		err = errors.New("has no urls and no cloud_id")
	case table["urls"] != nil && table["cloud_id"] != nil:
		err = errors.New("has urls and cloud_id: keep one of them")
	default:
		err = c.contradiction()
	}
	if err != nil {
		r.refuse(path, fmt.Errorf("%w; it is left out", err))
	} else if len(c.URLs) > 0 || c.CloudID != "" {
		r.Clusters[name] = c
	}
}
