package clipboard

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Limit is how many bytes of text a terminal is trusted to take where Env.Limit is
// 0. hterm and the emulators that followed it take 100,000 bytes of one sequence,
// of which 74,994 are text; xterm and tmux take more (tmux 1 MiB of a sequence),
// some take less and say nothing.
const Limit = 74_994

// screenPiece is how much GNU screen keeps of one string, without what begins and
// ends it. The rest of a longer one would be drawn, so a sequence goes in pieces.
// Source: GNU screen, MAXSTR in screen.h; its manual, "Control Sequences".
const screenPiece = 768 - len("\x1bP"+"\x1b\\")

// Env is what is known of the terminal.
type Env struct {
	Term  string // $TERM
	Tmux  bool   // $TMUX is set
	STY   bool   // $STY is set: GNU screen
	Limit int    // bytes of text; 0 is Limit, negative is none
}

// EnvOf reads the environment.
func EnvOf(getenv func(name string) string) Env {
	return Env{Term: getenv("TERM"), Tmux: getenv("TMUX") != "", STY: getenv("STY") != ""}
}

// Sequence is what copies the text to the clipboard when it is written to the
// terminal, whole and in one write (tea.Raw). ok is false where the terminal would
// not take it; why then says so, for people. With ok, why is what the terminal
// must be set to for the copy to arrive, "" where that is nothing.
//
// Within tmux (which $TERM tells over SSH) the sequence stands twice: for tmux itself, which takes it with
// `set-clipboard on` and hands it to the terminal, and packed for the terminal
// behind it, which is let through with `allow-passthrough on`. The default of
// neither lets it through, and tmux does not say which holds. Both copy the same
// text, so that it does no harm where both do.
func Sequence(text string, env Env) (seq string, ok bool, why string) {
	if why := env.refusal(len(text)); why != "" {
		return "", false, why
	}
	seq = "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\x07"
	kind, _, _ := strings.Cut(env.Term, "-")
	switch {
	case env.Tmux || !env.STY && kind == "tmux":
		return throughTmux(seq) + seq, true, "tmux hands it on after: tmux set -g set-clipboard on"
	case !env.STY && kind == "screen" && len(seq) <= screenPiece: // screen, or tmux under its old name
		return throughScreen(seq) + seq, true, ""
	case env.STY || kind == "screen":
		return throughScreen(seq), true, ""
	}
	return seq, true, ""
}

// refusal says why n bytes of text cannot be copied; "" where they can.
func (e Env) refusal(n int) string {
	limit := e.Limit
	if limit == 0 {
		limit = Limit
	}
	switch kind, _, _ := strings.Cut(e.Term, "-"); kind {
	case "":
		return "TERM is not set, so nobody knows whether the terminal can copy"
	case "dumb", "linux", "vt100", "vt102", "vt220", "ansi":
		return fmt.Sprintf("a terminal of the kind %s cannot copy", kind)
	}
	switch {
	case n == 0:
		return "there is nothing to copy"
	case limit > 0 && n > limit:
		return fmt.Sprintf("%d bytes are more than terminals take (%d)", n, limit)
	}
	return ""
}

// throughTmux packs a sequence for the terminal behind tmux.
// Source: tmux(1), allow-passthrough.
func throughTmux(seq string) string {
	return "\x1bPtmux;" + strings.ReplaceAll(seq, "\x1b", "\x1b\x1b") + "\x1b\\"
}

// throughScreen packs a sequence for the terminal behind GNU screen, which passes
// on what stands in each DCS and puts nothing between them.
func throughScreen(seq string) string {
	var b strings.Builder
	for len(seq) > 0 {
		n := min(len(seq), screenPiece)
		b.WriteString("\x1bP" + seq[:n] + "\x1b\\")
		seq = seq[n:]
	}
	return b.String()
}
