package stdin

// terminal is the input of the process's console.
const terminal = "CONIN$"
