// Package tty stands between a screen and its terminal: keys come in whole
// sequences however a slow link cuts them, and nothing is asked of the terminal.
package tty
