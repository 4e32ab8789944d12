package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/lxlog/lx/sources/file/poll"
)

const maxConfig = 1 << 20 // bytes of the file

// configFile is the file as TOML.
type configFile struct {
	tree   map[string]any
	meta   toml.MetaData
	places map[string]toml.Primitive
	text   string
}

// openConfig reads a file. It is nil with an error where it does not exist, is no
// ordinary file, too large or no TOML: then line says where. warning is what is wrong with it beside its text.
func openConfig(path string) (file *configFile, warning string, line int, err error) {
	f, err := os.OpenFile(path, poll.OpenFlags, 0)
	if err != nil {
		return nil, "", 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, "", 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, "", 0, errors.New("is no ordinary file, so it is not read")
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0 {
		warning = fmt.Sprintf("everybody may write to this file (mode %04o): chmod o-w %s", info.Mode().Perm(), path)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, warning, 0, err
	}
	if len(text) > maxConfig {
		return nil, warning, 0, errors.New("is larger than 1 MB, so it is not read")
	}
	file, line, err = parseConfig(string(text))
	return file, warning, line, err
}

func parseConfig(text string) (file *configFile, line int, err error) {
	file = &configFile{text: text}
	if _, err = toml.Decode(text, &file.tree); err == nil {
		file.meta, err = toml.Decode(text, &file.places)
	}
	var fault toml.ParseError
	if errors.As(err, &fault) {
		return nil, fault.Position.Line, fmt.Errorf("%s; nothing of the file is used", fault.Message)
	}
	if err != nil {
		return nil, 0, err
	}
	return file, 0, nil
}

// line is that of a key, from 1; of a table that is nowhere named, that of its
// first key; 0 where there is no such key. It looks through the file.
func (f *configFile) line(path ...string) int {
	if n := f.place(path); n > 0 {
		return n
	}
	for _, key := range f.meta.Keys() {
		if len(key) > len(path) && equalPath(key[:len(path)], path) {
			if n := f.place(key); n > 0 {
				return n
			}
		}
	}
	return 0
}

// place asks the decoder for a key's line: it tells one in errors alone.
func (f *configFile) place(path []string) int {
	table := f.places
	for i, name := range path {
		p, ok := table[name]
		if !ok {
			return 0
		}
		if i == len(path)-1 {
			var at toml.ParseError
			if !errors.As(f.meta.PrimitiveDecode(p, &undecodable{}), &at) || at.Position.Line == 0 {
				return 0
			}
			// Its line is that of the value's end, its start that of the value.
			return 1 + strings.Count(f.text[:min(max(at.Position.Start, 0), len(f.text))], "\n")
		}
		table = nil
		if f.meta.PrimitiveDecode(p, &table) != nil {
			return 0
		}
	}
	return 0
}

// undecodable is a value that nothing can be decoded into.
type undecodable struct{}

// UnmarshalTOML implements toml.Unmarshaler.
func (*undecodable) UnmarshalTOML(any) error { return errors.New("refused") }

func equalPath(key toml.Key, path []string) bool {
	for i, name := range path {
		if key[i] != name {
			return false
		}
	}
	return true
}

// missing reports whether an error of openConfig says that there is no file.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
