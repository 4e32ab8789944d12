package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// parseS3 reads: owner bucket [time] client requester id operation key "request" status error bytes size total turnaround "referrer" "agent" version ...
// Source: Amazon S3 User Guide, "Server access log format".
func parseS3(line []byte, s *scanner, h *head) bool {
	if len(line) < 120 || line[64] != ' ' || isBlank(line[63]) {
		return false
	}
	open := datePlace(line[:min(len(line), 160)])
	if open < 66 || token(line, 65) != open-1 {
		return false
	}
	i := h.bracketed(line, open, s)
	if i == 0 || i+1 >= len(line) || line[i+1] == '"' {
		return false
	}
	quote := bytes.IndexByte(line[i:], '"')
	if quote < 0 {
		return false
	}
	return h.requested(line, i+quote)
}

func s3Fields(line []byte, h *head, r *logs.Record) {
	w := words{b: line}
	addField(r, "aws.s3access.bucket_owner", w.text())
	addField(r, "aws.s3access.bucket", w.text())
	w.text()
	addAddress(r, "source", w.text())
	addField(r, "aws.s3access.requester", w.text())
	addField(r, "aws.s3access.request_id", w.text())
	addField(r, "aws.s3access.operation", w.text())
	addField(r, "aws.s3access.key", w.text())
	addRequest(r, line[h.body:h.end])
	w.i = h.end + 1
	addCount(r, "http.response.status_code", w.text())
	addField(r, "aws.s3access.error_code", w.text())
	addCount(r, "http.response.body.bytes", w.text())
	addCount(r, "aws.s3access.object_size", w.text())
	addDuration(r, "event.duration", w.text(), 3)
	addDuration(r, "aws.s3access.turn_around_time", w.text(), 3)
	addField(r, "http.request.referrer", w.text())
	addField(r, "user_agent.original", w.text())
	for _, key := range [...]string{"version_id", "host_id", "signature_version", "cipher_suite", "authentication_type", "host_header", "tls_version"} {
		addField(r, "aws.s3access."+key, w.text())
	}
	addField(r, "extra", w.rest())
}

// parseELB reads: [type] time balancer client:port target:port times status target_status received sent "request" "agent" cipher protocol ...
// Source: Elastic Load Balancing, "Access logs for your Application Load Balancer", "... Classic Load Balancer".
func parseELB(line []byte, s *scanner, h *head) bool {
	if len(line) < 60 {
		return false
	}
	i := 0
	if !isDigit(line[0]) {
		switch n := token(line[:8], 0); string(line[:n]) {
		case "http", "https", "h2", "grpcs", "ws", "wss":
			i = n + 1
		default:
			return false
		}
	}
	if line[i+10] != 'T' || line[i+4] != '-' {
		return false
	}
	st, end := s.stampAt(line, i)
	if !st.ok || line[end-1] != 'Z' || end+1 >= len(line) || line[end] != ' ' || line[end+1] == '[' {
		return false
	}
	h.time = st
	w := words{b: line, i: end}
	w.text()
	if client := w.text(); !isClient(client) {
		return false
	}
	for range 4 { // target and three times
		w.text()
	}
	status, ok := statusAt(line, w.i)
	if !ok {
		return false
	}
	for range 4 { // statuses and bytes
		w.text()
	}
	from := skipBlanks(line, w.i) + 1
	if from >= len(line) || line[from-1] != '"' {
		return false
	}
	request, opener, _ := w.next()
	if opener != '"' {
		return false
	}
	h.body, h.end = from, from+len(request)
	h.answered(status)
	h.awsTrace(line[h.end:])
	return true
}

// awsTrace takes the id of X-Ray's header, Root=1-5759e988-bd862e3fe1be46a994272793, as the trace.
func (h *head) awsTrace(b []byte) {
	i := bytes.Index(b, []byte("Root=1-"))
	if i < 0 {
		return
	}
	b = b[i+len("Root="):]
	n := 0
	for n < len(b) && (isDigit(b[n]) || isLetter(b[n]) || b[n] == '-') {
		n++
	}
	if n > 10 {
		h.trace = b[:n]
	}
}

func elbFields(line []byte, h *head, r *logs.Record) {
	w := words{b: line}
	if !isDigit(line[0]) {
		addField(r, "aws.elb.type", w.text())
	}
	w.text()
	addField(r, "aws.elb.name", w.text())
	addAddress(r, "source", w.text())
	addAddress(r, "destination", w.text())
	addDuration(r, "aws.elb.request_processing_time", w.text(), 0)
	addDuration(r, "aws.elb.target_processing_time", w.text(), 0)
	addDuration(r, "aws.elb.response_processing_time", w.text(), 0)
	addCount(r, "http.response.status_code", w.text())
	addCount(r, "aws.elb.target_status_code", w.text())
	addCount(r, "http.request.bytes", w.text())
	addCount(r, "http.response.bytes", w.text())
	addRequest(r, line[h.body:h.end])
	w.i = h.end + 1
	for _, key := range [...]string{"user_agent.original", "tls.cipher", "tls.version", "aws.elb.target_group.arn", "aws.elb.trace_id", "aws.elb.domain_name", "aws.elb.chosen_cert.arn",
		"aws.elb.matched_rule_priority", "aws.elb.request_creation_time", "aws.elb.actions_executed", "aws.elb.redirect_url", "aws.elb.error.reason",
		"aws.elb.target_port", "aws.elb.target_status_code_list", "aws.elb.classification", "aws.elb.classification_reason", "aws.elb.connection_trace_id"} {
		addField(r, key, w.text())
	}
	addField(r, "extra", w.rest())
}

// cloudFrontKeys are the columns behind date and time. Source: Amazon CloudFront, "Standard log file fields".
var cloudFrontKeys = [...]string{"aws.cloudfront.edge_location", "http.response.bytes", "source.ip", "http.request.method", "aws.cloudfront.domain", "url.path", "http.response.status_code",
	"http.request.referrer", "user_agent.original", "url.query", "aws.cloudfront.cookies", "aws.cloudfront.edge_result_type", "http.request.id", "url.domain", "url.scheme",
	"http.request.bytes", "event.duration", "network.forwarded_ip", "tls.version", "tls.cipher", "aws.cloudfront.edge_response_result_type", "http.version",
	"aws.cloudfront.fle_status", "aws.cloudfront.fle_encrypted_fields", "source.port", "aws.cloudfront.time_to_first_byte", "aws.cloudfront.edge_detailed_result_type",
	"http.response.mime_type", "aws.cloudfront.content_length", "aws.cloudfront.range_start", "aws.cloudfront.range_end"}

// parseCloudFront reads CloudFront's standard log: date, time and columns between tabs. The body is method, domain and path.
func parseCloudFront(line []byte, s *scanner, h *head) bool {
	if len(line) < 60 || line[10] != '\t' || line[19] != '\t' {
		return false
	}
	i := 20
	for range 3 { // place, bytes, client
		i += tabbed(line, i) + 1
	}
	if i >= len(line) || !isMethod(line[i:i+tabbed(line, i)]) {
		return false
	}
	h.body = i
	for range 3 { // method, domain, path
		i += tabbed(line, i) + 1
	}
	h.end = i - 1
	if i >= len(line) || tabbed(line, i) != 3 || !numeric(line[i:i+3]) {
		return false
	}
	var end int
	if h.time, end = s.stampAt(line, 0); !h.time.ok || end != 19 {
		return false
	}
	h.answered(int(line[i]-'0')*100 + int(line[i+1]-'0')*10 + int(line[i+2]-'0'))
	return true
}

// tabbed is the length of the column at line[i:].
func tabbed(line []byte, i int) int {
	if i >= len(line) {
		return 0
	}
	if n := bytes.IndexByte(line[i:], '\t'); n >= 0 {
		return n
	}
	return len(line) - i
}

func cloudFrontFields(line []byte, _ *head, r *logs.Record) {
	i := 20
	for _, key := range cloudFrontKeys {
		n := tabbed(line, i)
		if n == 0 && i >= len(line) {
			return
		}
		switch text := line[i : i+n]; key {
		case "event.duration", "aws.cloudfront.time_to_first_byte":
			addDuration(r, key, text, 0)
		case "http.version":
			addField(r, key, bytes.TrimPrefix(text, []byte("HTTP/")))
		case "http.response.bytes", "http.response.status_code", "http.request.bytes", "source.port", "aws.cloudfront.content_length":
			addCount(r, key, text)
		default:
			addField(r, key, text)
		}
		i += n + 1
	}
	if i < len(line) {
		addField(r, "extra", line[i:])
	}
}
