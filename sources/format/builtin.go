package format

import "slices"

// builtin are the layouts in the order in which they are tried. A line that two
// of them would take belongs to the first, so the narrower stands first.
var builtin = slices.Concat(jsonFamily, julFamily, syslogFamily, accessFamily, kernelFamily, stampedFamily)

// innerJSON is the number of jsonLayout in every set: its place in builtin, and one.
const innerJSON = 2

// logfmtNumber is that of logfmtLayout.
const logfmtNumber = 9
