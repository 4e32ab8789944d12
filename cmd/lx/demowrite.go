package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/lxlog/lx/demo"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/summary"
)

// truthFile has what is in the files beside it.
const truthFile = "truth.json"

// writeShop writes the logs of the shop and their truth into the folder of --write.
func (o *demoOptions) writeShop(ctx context.Context, shop demo.Options) (err error) {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return &status{exitSource, err}
	}
	files := demoFiles{dir: o.dir}
	truth := demo.NewTruth()
	for l := range demo.New(shop).All() {
		if err = ctx.Err(); err == nil {
			err = files.write(&l)
		}
		if err != nil {
			break
		}
		truth.Add(&l)
	}
	if err == nil {
		err = files.writeTruth(truth)
	}
	if err = errors.Join(err, files.close()); err != nil {
		if ctx.Err() != nil {
			return &status{code: exitInterrupted}
		}
		return &status{exitSource, err}
	}
	_, err = fmt.Fprintf(o.out, "%s: %d logs with %s records, %s bytes; %s says what is in them\n", output.Clean(o.dir, false),
		len(truth.Files), summary.Thousands(truth.Records), summary.Thousands(truth.Bytes), truthFile)
	return err
}

// demoFiles are the files of a folder that are being written.
type demoFiles struct {
	dir  string
	open map[string]*demoFile
}

type demoFile struct {
	*os.File
	w *bufio.Writer
}

func (d *demoFiles) write(l *demo.Line) error {
	f, err := d.file(l.Stream.File())
	if err != nil {
		return err
	}
	_, err = f.w.Write(l.Text)
	return err
}

// file is the file of that name; at first it is made, and must not be there.
func (d *demoFiles) file(name string) (*demoFile, error) {
	if f := d.open[name]; f != nil {
		return f, nil
	}
	path := filepath.Join(d.dir, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("--write: %s is there already: name a new or an empty folder", path)
	}
	if err != nil {
		return nil, err
	}
	if d.open == nil {
		d.open = map[string]*demoFile{}
	}
	d.open[name] = &demoFile{f, bufio.NewWriterSize(f, 1<<16)}
	return d.open[name], nil
}

func (d *demoFiles) writeTruth(t *demo.Truth) error {
	f, err := d.file(truthFile)
	if err != nil {
		return err
	}
	return json.NewEncoder(f.w).Encode(t)
}

func (d *demoFiles) close() (err error) {
	for _, f := range d.open {
		err = errors.Join(err, f.w.Flush(), f.Close())
	}
	return err
}
