package ui

import (
	"testing"
	"time"

	"github.com/lxlog/lx/ui/clipboard"
)

func TestShare(t *testing.T) {
	s := open(t, newShop(200), 160, 24, "level:ERROR and service:payment")
	s.Clipboard = clipboard.Env{Term: "xterm-256color"}
	s.Sources, s.Flags = []string{"/var/log/shop's.log"}, []string{"--format=json"}
	s.press("':", "'share", "enter")
	s.tells(`lx --format=json '--query=level:ERROR and service:payment' --tz=UTC '/var/log/shop'\''s.log'`)
	s.scope().last = 5 * time.Minute
	s.press("':", "'share", "enter")
	s.tells("--since=2026-03-14T11:55:00Z")
}
