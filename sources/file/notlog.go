package file

import "strings"

// suffixes of names that are no log's, by what such files are. Compressed files
// are not here: what they hold decides.
var suffixes = []struct{ kind, names string }{
	{"index or database", ".idx .index .db .db-shm .db-wal .sqlite .sqlite3 .sqlite-shm .sqlite-wal .ldb .sst .mdb .rrd .journal"},
	{"picture or document", ".png .jpg .jpeg .gif .svg .ico .webp .bmp .tif .tiff .pdf .mp3 .mp4 .woff .woff2 .ttf"},
	{"archive, which lx does not open", ".zip .tar .tgz .tbz .tbz2 .txz .tzst .tar.gz .tar.bz2 .tar.xz .tar.zst .tar.lz4 .7z .rar .jar .war .ear .deb .rpm .apk .cpio .iso .cab"},
	{"compressed in a way that lx does not read", ".z .lzma .lzo .br .sz .lz .lrz"},
	{"program", ".exe .dll .so .dylib .o .a .class .pyc .wasm"},
	{"state of another program", ".pid .lock .lck .pos .offset .state .swp .swo ~"},
}

var kinds = func() map[string]string {
	m := map[string]string{}
	for _, s := range suffixes {
		for name := range strings.FieldsSeq(s.names) {
			m[name] = s.kind
		}
	}
	return m
}()

// notLog says why a file of that name is no log; "" where the name does not tell.
func notLog(name string) string {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, "~") {
		return kinds["~"]
	}
	last := strings.LastIndexByte(name, '.')
	if last <= 0 {
		return ""
	}
	if before := strings.LastIndexByte(name[:last], '.'); before >= 0 && kinds[name[before:]] != "" {
		return kinds[name[before:]]
	}
	return kinds[name[last:]]
}
