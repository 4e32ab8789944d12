package main

import (
	"strings"

	"github.com/lxlog/lx/sources/elastic"
)

// settings are those at the top of the file.
var settings = []setting[config]{
	{"theme", "Colours: " + strings.Join(themeNames(), ", ") + ". Empty: by the terminal. $NO_COLOR stands above it.", "", func(c *config) any { return &c.Theme }, knownTheme},
	{"glyphs", "Signs that are drawn: auto, unicode, ascii. auto follows the locale and the terminal.", "", func(c *config) any { return &c.Glyphs }, among("auto", "unicode", "ascii")},
	{"ambiguous_width", "How many cells wide the terminal draws signs of ambiguous width (● ─ ▁): 1 or 2.", "", func(c *config) any { return &c.AmbiguousWidth }, among("1", "2")},
	{"tz", "Zone of the screen, and of times that are written without one: UTC, Europe/Berlin. Empty is the system's; $TZ stands above it.", "", func(c *config) any { return &c.TZ }, knownTZ},
	{"time", "How times are shown at first: local, utc, written, relative, delta.", "", func(c *config) any { return &c.Time }, among("local", "utc", "written", "relative", "delta")},
	{"columns", "Fields with a column between service and message. Empty: chosen by what the records have.", "", func(c *config) any { return &c.Columns }, notEmpty},
	{"wrap", "Wrap long lines.", "", func(c *config) any { return &c.Wrap }, nil},
	{"copy_limit", "Text up to this size is copied through the terminal (OSC 52); more goes into a file.", "", func(c *config) any { return &c.CopyLimit }, nil},
	{"restore", "Remember filter, columns, bookmarks and notes of each set of sources.", "", func(c *config) any { return &c.Restore }, nil},
	{"mouse", "Take clicks. The wheel works without it, and so does selecting text in the terminal.", "", func(c *config) any { return &c.Mouse }, nil},
	{"text_fields", "Further fields that match by words, as the message does.", "", func(c *config) any { return &c.TextFields }, notEmpty},
}

var formatSettings = []setting[formatConfig]{
	{"pattern", "A regular expression with named groups, or grok.", `'%{TIMESTAMP_ISO8601:timestamp} <%{WORD:level}> till (?P<till>\d+): %{GREEDYDATA:message}'`, func(f *formatConfig) any { return &f.Pattern }, knownPattern},
}

var profileSettings = []setting[profile]{
	{"sources", "Files, folders, globs; relative ones count from where lx is started.", `["/var/log/shop/*.log"]`, func(p *profile) any { return &p.Sources }, notEmpty},
	{"es", "Names of servers, each an [es.NAME].", `["prod"]`, func(p *profile) any { return &p.ES }, notEmpty},
	{"query", "", `"not path:/healthz"`, func(p *profile) any { return &p.Query }, knownQuery},
	{"level", "", `"info"`, func(p *profile) any { return &p.Level }, knownLevel},
	{"since", "From a time on, as --since takes it; or the last of it, as --last does.", "", func(p *profile) any { return &p.Since }, nil},
	{"last", "", `"1h"`, func(p *profile) any { return &p.Last }, knownLength},
	{"format", "", `"json"`, func(p *profile) any { return &p.Format }, knownFormat},
	{"theme", "", `"ansi"`, func(p *profile) any { return &p.Theme }, knownTheme},
	{"tz", "", `"UTC"`, func(p *profile) any { return &p.TZ }, knownTZ},
	{"columns", "", `["user.id"]`, func(p *profile) any { return &p.Columns }, notEmpty},
}

var clusterSettings = []setting[cluster]{
	{"urls", "Where it is reached, with a path where a gateway wants one; or the id of an Elastic Cloud deployment.", `["https://es1.example:9200", "https://es2.example:9200"]`, func(c *cluster) any { return &c.URLs }, knownURL},
	{"cloud_id", "", "", func(c *cluster) any { return &c.CloudID }, notEmpty},
	{"index", "Indices, patterns, aliases and data streams, with commas between.", `"` + elastic.DefaultIndex + `"`, func(c *cluster) any { return &c.Index }, notEmpty},
	{"api_key_env", "The variable, or the file, that holds the API key; or a user's name, and those of the password,\n# which is asked for where neither is given; or those of a bearer token.", `"LX_PROD_API_KEY"`, func(c *cluster) any { return &c.APIKeyEnv }, variable},
	{"api_key_file", "", "", func(c *cluster) any { return &c.APIKeyFile }, notEmpty},
	{"username", "", "", func(c *cluster) any { return &c.Username }, notEmpty},
	{"password_env", "", "", func(c *cluster) any { return &c.PasswordEnv }, variable},
	{"password_file", "", "", func(c *cluster) any { return &c.PasswordFile }, notEmpty},
	{"token_env", "", "", func(c *cluster) any { return &c.TokenEnv }, variable},
	{"token_file", "", "", func(c *cluster) any { return &c.TokenFile }, notEmpty},
	{"ca", "A file with the certificates to trust, PEM; or the fingerprint of one, SHA-256. Paths count from this file's folder.", `"/etc/ssl/prod-ca.pem"`, func(c *cluster) any { return &c.CA }, notEmpty},
	{"ca_fingerprint", "", "", func(c *cluster) any { return &c.CAFingerprint }, fingerprint},
	{"client_cert", "Files with a certificate of one's own and its key, PEM.", `"prod.pem"`, func(c *cluster) any { return &c.ClientCert }, notEmpty},
	{"client_key", "", `"prod.key"`, func(c *cluster) any { return &c.ClientKey }, notEmpty},
	{"timeout", "How long one question may take.", `"30s"`, func(c *cluster) any { return &c.Timeout }, knownLength},
	{"time_field", "Fields that hold these, where the usual names do not.", `"@timestamp"`, func(c *cluster) any { return &c.TimeField }, notEmpty},
	{"level_field", "", `"log.level"`, func(c *cluster) any { return &c.LevelField }, notEmpty},
	{"service_field", "", `"service.name"`, func(c *cluster) any { return &c.ServiceField }, notEmpty},
	{"host_field", "", `"host.name"`, func(c *cluster) any { return &c.HostField }, notEmpty},
	{"message_field", "", `"message"`, func(c *cluster) any { return &c.MessageField }, notEmpty},
	{"trace_field", "", `"trace.id"`, func(c *cluster) any { return &c.TraceField }, notEmpty},
}

// tables are the names at the top of the file that are no settings.
var tables = []string{"keys", "format", "profile", "es"}
