package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lx": main, "lx-writer": rotatingWriter, "lx-job": job})
}

// TestScripts runs the scenarios of testdata/script against the program.
func TestScripts(t *testing.T) {
	server := fakeServer()
	t.Cleanup(server.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir+"/config")
			e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/cache")
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("ES", server.URL)
			e.Setenv("TZ", "UTC")
			return os.MkdirAll(e.WorkDir+"/config", 0o755)
		},
	})
}
