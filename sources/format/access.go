package format

// accessFamily are the formats that servers write of requests and their errors.
var accessFamily = []layout{}
