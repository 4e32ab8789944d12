package format

// syslogFamily are the formats of syslog.
var syslogFamily = []layout{}
