// Package clipboard copies text to the clipboard of the terminal that the user
// sits at, wherever lx runs: by OSC 52, the sequence that a terminal takes a copy
// from, also over SSH. Nobody answers whether it has; so what is known to fail is
// refused with a reason, and then goes to a file.
package clipboard
