// Command loggen writes the log of a made-up shop in a format of choice, any amount of it, and beside it what any
// correct reader must find there:
//
//	go run ./testdata/loggen -format json -lines 1000000 -seed 1 -out shop.log -truth shop.truth.json
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/lxlog/lx/testdata/loggen/corpus"
)

func main() {
	var o corpus.Options
	flag.StringVar(&o.Format, "format", "json", strings.Join(corpus.Formats(), ", "))
	flag.IntVar(&o.Records, "lines", 1_000_000, "records to write")
	flag.Uint64Var(&o.Seed, "seed", 1, "the same seed gives the same bytes")
	flag.Float64Var(&o.Rate, "rate", corpus.Rate, "mean records a second of log time")
	out := flag.String("out", "-", "file to write; - is standard output")
	truth := flag.String("truth", "", "file for the ground truth")
	start := flag.String("start", corpus.Start.Format(time.RFC3339), "time of the first record, RFC 3339")
	flag.Parse()
	var err error
	if o.Start, err = time.Parse(time.RFC3339, *start); err == nil {
		err = generate(o, *out, *truth)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "loggen:", err)
		os.Exit(1)
	}
}

// generate writes a corpus and its truth to the files named; truth may be "".
func generate(o corpus.Options, out, truth string) error {
	found, err := write(o, out)
	if err != nil || truth == "" {
		return err
	}
	b, err := json.MarshalIndent(found, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(truth, b, 0o644)
}

func write(o corpus.Options, out string) (corpus.Truth, error) {
	if out != "-" {
		return corpus.WriteFile(out, o)
	}
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	found, err := corpus.Write(w, o)
	if err == nil {
		err = w.Flush()
	}
	return found, err
}
