//go:build !unix

package command

import "os/exec"

const asks = false

func isolate(*exec.Cmd) {}

func terminate(*exec.Cmd) {}

func kill(c *exec.Cmd) { _ = c.Process.Kill() } // it may be gone
