# `make help` lists the targets. Go alone is needed; whatever else a target uses is installed into .bin, pinned here.

GO            ?= go
FUZZTIME      ?= 20s
BENCHTIME     ?= 300ms
BENCH         ?= .
LX            ?= $(CURDIR)/lx
GOLANGCI      := v2.15.0
GORELEASER    := v2.15.1

VERSION       := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BIN           := $(CURDIR)/.bin
LINTER        := $(BIN)/golangci-lint-$(GOLANGCI)/golangci-lint
RELEASER      := $(BIN)/goreleaser-$(GORELEASER)/goreleaser
FUZZ_TARGETS  := grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' .

# The race detector needs C: it is used where a compiler is found.
CC_FOUND      := $(shell command -v $$($(GO) env CC) 2>/dev/null)
RACE          := $(if $(CC_FOUND),-race)
TEST_ENV      := $(if $(CC_FOUND),CGO_ENABLED=1)

# Tests are compiled without what the profile teaches: all they depend on is compiled once then.
PLAIN         := -pgo=off

# Tests on real search servers: the kinds of servers (all: those that can start here), the share of the full amount of documents.
LX_ES_KINDS   ?= all
LX_ES_SIZE    ?= 1
SERVER_TESTS  := $$(grep -rl --include='*_test.go' '^//go:build servers' cmd session sources ui)
JAVA_FOUND    := $(and $(shell command -v mvn),$(or $(ES_JAVA),$(JAVA_HOME),$(firstword $(wildcard /usr/lib/jvm/*/bin/javac))))

# Tests that wait for a terminal or a file more than they work, run beside one another.
AT_ONCE       := 4

.DEFAULT_GOAL := help
.PHONY: build test test-es test-peers test-corpus lint bench microbench profile fuzz soak goreleaser release-check screenshots clean help

build: ## one static binary, ./lx, that knows its version
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o lx ./cmd/lx

test: ## every test, in under six minutes on two cores; with -race where there is a C compiler
	@echo "$(if $(CC_FOUND),testing with -race (C compiler: $(CC_FOUND)),testing without -race: no C compiler found)"
	@echo "left out: tests on real search servers, which 'make test-es' runs$(if $(JAVA_FOUND),,; it needs a JDK and Maven, which are not found here)"
	$(TEST_ENV) $(GO) test $(RACE) $(PLAIN) -parallel $(AT_ONCE) -timeout 10m ./...

test-es: ## tests on real Elasticsearch and OpenSearch, of LX_ES_KINDS ("es8 os2"; all that can start), LX_ES_SIZE of the full size (0.02; 1)
	@test -n "$(JAVA_FOUND)" || { echo "test-es: it needs a JDK (17, better 21), Maven, nginx and openssl; Debian: default-jdk-headless maven nginx-light openssl" >&2; exit 2; }
	LX_ES_KINDS="$(LX_ES_KINDS)" LX_ES_SIZE="$(LX_ES_SIZE)" $(GO) test $(PLAIN) -tags servers -p 1 -count 1 -v -timeout 150m \
		-run "^($$(sed -n 's/^func \(Test[A-Za-z0-9_]*\).*/\1/p' $(SERVER_TESTS) | paste -sd '|'))\$$" $$(dirname $(SERVER_TESTS) | sort -u | sed 's,^,./,')

test-corpus: ## tests on large collections of real logs, from the folder LX_DATA names
	@test -n "$$LX_DATA" || { echo "test-corpus: LX_DATA is not set; it names the folder with the test data: LX_DATA=/path/to/data make test-corpus" >&2; exit 2; }
	@test -d "$$LX_DATA" || { echo "test-corpus: LX_DATA=$$LX_DATA is no folder" >&2; exit 2; }
	LX_DATA="$$(cd "$$LX_DATA" && pwd)" $(GO) test $(PLAIN) -tags corpus -parallel $(AT_ONCE) -timeout 15m ./...

test-peers: ## tests against other programs, which must be installed: tmux
	$(GO) test $(PLAIN) -tags peers -run Tmux -timeout 5m ./cmd/lx ./ui/clipboard

lint: ## gofmt, go vet and golangci-lint (pinned; installed into .bin)
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not gofmt clean:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./... ./testdata/loggen/...
	$(GO) vet -tags corpus,bench,soak,peers,servers ./...
	@if $(MAKE) --no-print-directory $(LINTER); then echo "golangci-lint $(GOLANGCI)" && $(LINTER) run ./... ./testdata/loggen/...; \
	else echo "lint: golangci-lint $(GOLANGCI) could not be installed; only gofmt and go vet were run" >&2; fi

$(LINTER):
	GOBIN=$(dir $@) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)

$(RELEASER):
	GOBIN=$(dir $@) $(GO) install github.com/goreleaser/goreleaser/v2@$(GORELEASER)

bench: build ## the whole program beside grep, rg, jq and lnav on files of LX_BENCH_SIZE (1GB; kept in $TMPDIR/lx-bench), as tables; Linux
	LX="$(LX)" $(GO) test -tags bench -run '^TestBench$$' -count=1 -v -timeout 2h ./cmd/lx

microbench: ## benchmarks of functions; BENCH=Name narrows them, BENCHTIME=1s takes longer
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) ./...

profile: build ## where lx spends the processor's time, from which the compiler learns: writes cmd/lx/default.pgo
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && cp lx "$$dir/lx" && for format in json logfmt log4j python rfc3164 plain; do \
		$(GO) run ./testdata/loggen -format $$format -lines 2000000 -out "$$dir/$$format.log" && \
		LX_PROFILE="$$dir/$$format.stats" "$$dir/lx" stats --no-cache "$$dir/$$format.log" >/dev/null && \
		LX_PROFILE="$$dir/$$format.query" "$$dir/lx" query -o count --no-cache 'declined or duration_ms > 1000' "$$dir/$$format.log" >/dev/null; \
	done; $(GO) tool pprof -proto "$$dir"/*.stats "$$dir"/*.query >cmd/lx/default.pgo

fuzz: ## every fuzz target, one after the other, each for FUZZTIME (20s)
	@echo "$$($(FUZZ_TARGETS) | wc -l) fuzz targets, $(FUZZTIME) each"
	@$(FUZZ_TARGETS) | sort | while IFS=: read -r file func; do \
		echo "$$(dirname "$$file") $${func#func }"; \
		$(GO) test -run '^$$' -fuzz "^$${func#func }\$$" -fuzztime $(FUZZTIME) "$$(dirname "$$file")" || exit 1; \
	done

soak: build ## what takes hours: files of LX_SOAK_SIZE (10GB), following, fuzzing for five minutes a target; with LX_DATA the corpora
	LX="$(LX)" $(GO) test -tags soak -run Soak -count=1 -v -timeout 2h ./cmd/lx
	$(MAKE) fuzz FUZZTIME=5m
	@if [ -n "$$LX_DATA" ]; then $(MAKE) test-corpus; else echo "soak: LX_DATA is not set, corpora left out"; fi

goreleaser: $(RELEASER)

release-check: $(RELEASER) ## whether the release configuration is valid
	$(RELEASER) check

screenshots: build ## the pictures of the README, from lx demo; needs tmux and Python's Imaging Library (Debian: python3-pil)
	LX="$(LX)" docs/screenshots/make

clean: ## removes what was built here; .bin stays
	rm -rf lx lx.exe dist completions manpages

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/\1|\2/' | while IFS='|' read -r t d; do printf '  %-14s %s\n' "$$t" "$$d"; done
