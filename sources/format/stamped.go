package format

// stampedFamily are the formats of programs: a time, a level and a logger in some order, then the message.
var stampedFamily = []layout{}
