package format

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// place returns the place of a service's name in rows.Services and adds it where it is new.
func (ix *Indexer) place(name string, rows *logs.Rows) uint16 {
	if len(rows.Services) == 0 {
		rows.Services = append(rows.Services, "")
	}
	if name == "" {
		return 0
	}
	// Fast path: as in facts.service.
	recent := &ix.recent[recentSlot(logs.Bytes(name))]
	if p := *recent; p != 0 && int(p) < len(rows.Services) && rows.Services[p] == name {
		return p
	}
	if ix.rows != rows || len(ix.places)+1 != len(rows.Services) {
		ix.rows, ix.places = rows, make(map[string]uint16, len(rows.Services))
		for i, s := range rows.Services[1:] {
			ix.places[s] = uint16(i + 1)
		}
	}
	if p, ok := ix.places[name]; ok {
		*recent = p
		return p
	}
	if len(rows.Services) >= logs.ServiceOverflow {
		return logs.ServiceOverflow
	}
	p := uint16(len(rows.Services))
	rows.Services = append(rows.Services, name)
	ix.places[name] = p
	return p
}

// formatPlace returns the place of a format's name in rows.Formats. A stream has few.
func (ix *Indexer) formatPlace(id logs.FormatID, rows *logs.Rows) logs.FormatID {
	if id == ix.lastFormat && ix.lastRows == rows && int(ix.lastPlace) < len(rows.Formats) {
		return ix.lastPlace
	}
	name := ix.layouts.name(id)
	place := slices.Index(rows.Formats, name)
	if place < 0 {
		place = len(rows.Formats)
		rows.Formats = append(rows.Formats, name)
	}
	ix.lastFormat, ix.lastRows, ix.lastPlace = id, rows, logs.FormatID(place)
	return ix.lastPlace
}
