//go:build servers

package elastic_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lxlog/lx/sources/elastic/servertest"
)

// shapes are the ways in which core fields are written that are no word: members of a document each.
var shapes = map[string][]string{
	"empty": {
		`"level":""`, `"level":[]`, `"level":null`, `"level":"error"`, `"level":"odd"`, `"level":" "`, `"level":"","severity":"error"`,
		`"level":[],"severity":"error"`, `"level":"warn","severity":""`, `"severity":""`, `"severity":"","level":"odd"`,
		`"host":""`, `"host":[]`, `"host":null`, `"host":"a"`, `"host":" "`, `"host":"","hostname":"a"`, `"host":[],"hostname":"a"`, `"host":"a","hostname":""`, `"hostname":""`,
		`"service":""`, `"service":[]`, `"service":null`, `"service":"a"`, `"service":" "`, `"service":"","app":"a"`, `"service":[],"app":"a"`,
		`"service":"","logger":"a"`, `"logger":"a b"`, `"logger":""`, `"app":""`, `"app":"","logger":"b"`,
	},
	"lists": {
		`"level":["error"]`, `"level":["info","error"]`, `"level":["error","info"]`, `"level":["","error"]`, `"level":["odd","error"]`, `"level":[["warn"]]`,
		`"level":["info"],"severity":"error"`, `"level":["odd"],"severity":"error"`, `"severity":["warn","error"]`, `"level":"error"`, `"level":"odd"`,
		`"host":["a"]`, `"host":["a","b"]`, `"host":["b","a"]`, `"host":["","a"]`, `"host":["a","a"]`, `"host":["a"],"hostname":"b"`, `"hostname":["a","b"]`, `"host":"a"`,
		`"service":["a"]`, `"service":["a","b"]`, `"service":["b","a"]`, `"service":["","a"]`, `"service":["a"],"app":"b"`, `"app":["a","b"]`, `"logger":["a","b"]`, `"service":"b"`,
	},
}

// shapeQueries are those of which the answer may depend on the shape; $ stands for a name of a field.
const shapeQueries = `
$:*
not $:*
$:""
not $:""
$:a
$:b
not $:a
$:a and $:b
$:(a or b)
$:a*
$:/a|b/
$ >= a
`

const levelShapes = `
level:*
not level:*
level:""
level:error
level:info
level:warn
level:odd
level >= INFO
level >= WARN
level < ERROR
not level:error
not level:odd
not level:info
level:info and level:error
severity:error
severity:*
log.level:error
level:*rror
level:/err.*/
`

func shapeDocuments(t *testing.T, name string) *documents {
	var lines [][]byte
	for i, s := range shapes[name] {
		lines = append(lines, fmt.Appendf(nil, `{"n":%d,"@timestamp":"2026-03-14T08:%02d:%02dZ",%s,"message":"m%d"}`, i, i/60, i%60, s, i))
	}
	return inFile(t, name, lines)
}

// Core fields that are empty are the same in a file and in an index of the same
// documents, and so are the records of those that are arrays.
func TestShapesOfCoreFields(t *testing.T) {
	var list []string
	for _, name := range []string{"host", "service", "host.name", "app"} {
		list = append(list, strings.Split(strings.TrimSpace(strings.ReplaceAll(shapeQueries, "$", name)), "\n")...)
	}
	list = append(list, strings.Split(strings.TrimSpace(levelShapes), "\n")...)
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) {
			server := servertest.Shared(t, kind)
			for _, name := range []string{"empty", "lists"} {
				d := shapeDocuments(t, name)
				for _, mapping := range []string{"dynamic", "ecs"} {
					c := newComparison(t, server, d, mapping)
					if c.sameRecords(t); name == "lists" {
						got, err := viewOf(t, c.session, anyTime(nil)).Totals(t.Context()) // an index does not know that they are
						must(t, err)
						if notes := fmt.Sprint(got.Notes); !strings.Contains(notes, "several values of service,") || !strings.Contains(notes, "several values of app,") {
							t.Errorf("%s %s: notes %s", kind, mapping, notes)
						}
						continue
					}
					c.totals(t, "", asked{}, d.of(t, ""))
					for i, text := range list {
						c.query(t, text, i%totalsOf == 0)
					}
					t.Logf("%s %s %s: %d exact, %d wider, %d missed", kind, name, mapping, c.exact, c.wider, c.missed)
				}
			}
		})
	}
}
