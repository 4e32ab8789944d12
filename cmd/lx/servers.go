package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/elastic"
	"github.com/lxlog/lx/summary"
)

// serverScheme stands before the name of a configured server among the sources.
const serverScheme = "es://"

// serverFlags are of commands that ask search servers.
func (o *options) serverFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&o.servers, "es", nil, "ask the Elasticsearch or OpenSearch of this `NAME|URL`: an [es.NAME] of the configuration, or one reached as it is or with $LX_ES_API_KEY, $LX_ES_USERNAME and others; a source as files are")
	o.indexFlag(c)
	f.BoolVar(&o.all, "all", false, fmt.Sprintf("go through more than %s records of servers", summary.Thousands(maxAsked)))
	_ = c.RegisterFlagCompletionFunc("es", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return serverNames(o.now()), cobra.ShellCompDirectiveNoFileComp
	})
}

func (o *options) indexFlag(c *cobra.Command) {
	c.Flags().StringVar(&o.index, "index", "", "ask the indices that this `PATTERN` names, aliases and data streams too, several with commas between (default of [es.NAME], else "+elastic.DefaultIndex+")")
	_ = c.RegisterFlagCompletionFunc("index", cobra.NoFileCompletions)
}

// serverNames are those of the configuration.
func serverNames(now time.Time) []string {
	stored := readConfig(configPath(), now)
	return slices.Sorted(maps.Keys(stored.Clusters))
}

// isURL reports whether a source is the URL of a server.
func isURL(source string) bool {
	return strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://")
}

// isServer reports whether a source is a server.
func isServer(source string) bool { return isURL(source) || strings.HasPrefix(source, serverScheme) }

// asServer is the source that a value of --es means.
func asServer(value string) string {
	if strings.Contains(value, "://") {
		return value
	}
	return serverScheme + value
}

// withServers adds the servers of --es to what a command was given, before the
// other sources; the first not of the arguments are none.
func (o *options) withServers(args []string, not int) ([]string, error) {
	var named []string
	for _, value := range o.servers {
		s := asServer(value)
		if !isServer(s) {
			return nil, usage(fmt.Errorf("--es: %w", errNoServer))
		}
		if !slices.Contains(named, s) {
			named = append(named, s)
		}
	}
	return slices.Insert(slices.Clone(args), not, named...), nil
}

// server makes the source that an argument means. missing says that it cannot be
// asked; err is one of the command line.
func (o *options) server(ctx context.Context, source string) (s sources.Source, missing, err error) {
	name, c, folder, err := o.clusterOf(source)
	if err != nil {
		return nil, nil, usage(err)
	}
	of, err := o.clusterOptions(ctx, name, folder, &c)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, nil, &status{code: exitInterrupted}
	case err != nil:
		return nil, &lacking{name, err}, nil
	}
	if o.index != "" {
		of.Index = o.index
	}
	o.warnings = append(o.warnings, unencrypted(of)...)
	of.Follow, of.Env, of.Now = o.follow, o.env(), o.now
	made, err := elastic.New(of)
	if err != nil {
		return nil, nil, usage(fmt.Errorf("%s: %w", name, err))
	}
	return made, nil, nil
}

// unencrypted says which secrets go to a server so that everybody on the way can read them.
func unencrypted(e elastic.Options) (warnings []string) {
	for _, text := range e.URLs {
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "http" || e.APIKey+e.Password+e.Token == "" {
			continue
		}
		if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && !ip.IsLoopback() {
			warnings = append(warnings, fmt.Sprintf("%s: the secret is sent to %s without TLS, and whoever is on the way can read it: write https:// in its URL", e.Name, u.Host))
		}
	}
	return warnings
}

// clusterOf is the server that an argument means, and the folder that its paths count from.
func (o *options) clusterOf(source string) (name string, c cluster, folder string, err error) {
	if name, ok := strings.CutPrefix(source, serverScheme); ok {
		c, there := o.config.Clusters[name]
		if !there {
			err = o.config.noCluster(name)
		}
		return name, c, filepath.Dir(configPath()), err
	}
	if name, err = serverName(source); err != nil {
		return "", c, "", err
	}
	if c, err = environmentCluster(source); err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return name, c, ".", err
}

// serverName is how a server that is known by its URL alone is called.
func serverName(source string) (string, error) {
	u, err := url.Parse(source)
	switch {
	case err != nil || u.Host == "": // the text may hold a password
		return "", errors.New("the URL of a server is to be as https://HOST:9200")
	case u.User != nil:
		return "", fmt.Errorf("a password in a URL is seen by all who list the processes: write --es %s://%s%s, and put user and password into $LX_ES_USERNAME and $LX_ES_PASSWORD", u.Scheme, u.Host, u.Path)
	case u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("the URL of a server ends with its path: no ? and no #")
	}
	return u.Host + strings.TrimSuffix(u.Path, "/"), nil
}

// noCluster is the error for a name that the configuration does not have.
func (c *config) noCluster(name string) error {
	if strings.ContainsAny(name, "@:/") { // it may hold a password
		return fmt.Errorf("--es: %w", errNoServer)
	}
	there := slices.Sorted(maps.Keys(c.Clusters))
	text := "the configuration names no server"
	if len(there) > 0 {
		text = noSuch("server", name, there).Error()
	}
	return fmt.Errorf("--es %s: %s; these lines in %s make it known:\n\n[%s]\nurls = [\"https://HOST:9200\"]\nindex = \"logs-*\"\napi_key_env = \"LX_%s_API_KEY\"", name, text, configPath(), dotted([]string{"es", name}), variableOf(name))
}

// variableOf is a name as a part of that of a variable.
func variableOf(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
			return r
		}
		return '_'
	}, name)
}
