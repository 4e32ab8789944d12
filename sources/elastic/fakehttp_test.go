package elastic

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"time"
)

// A fakeFault is what becomes of a request; "" lets it be answered.
type fakeFault string

const (
	faultBusy    fakeFault = "429"
	faultAway    fakeFault = "503"
	faultPage    fakeFault = "a proxy's page"
	faultCut     fakeFault = "cut"
	faultRefused fakeFault = "connection refused"
	faultSlow    fakeFault = "slow"
	faultUnknown fakeFault = "401"
	faultWrong   fakeFault = "400"
)

// passing are faults after which the same question may be answered.
var passing = []fakeFault{faultBusy, faultAway, faultPage, faultCut, faultRefused, faultSlow}

// cutBody breaks off after its bytes.
type cutBody struct{ *bytes.Reader }

func (c cutBody) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
func (c cutBody) Close() error { return nil }

// Perform implements elastictransport.Interface.
func (f *fakeCluster) Perform(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	body, err := bodyOf(r)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	parts := strings.Split(r.URL.Path, "/")
	f.asked[parts[len(parts)-1]]++
	var fault fakeFault
	// Who waits for the catalog holds a lock meanwhile, for which no bubble's time passes.
	if f.fault != nil && strings.HasSuffix(r.URL.Path, "search") {
		fault = f.fault(r)
	}
	onAsk := f.onAsk
	f.mu.Unlock()
	if onAsk != nil {
		onAsk(r, body)
	}
	w := httptest.NewRecorder()
	switch fault {
	case faultRefused:
		return nil, fmt.Errorf("dial tcp: %w", syscall.ECONNREFUSED)
	case faultBusy:
		w.Header().Set("Retry-After", "2")
		refuse(w, http.StatusTooManyRequests, "es_rejected_execution_exception")
	case faultAway:
		refuse(w, http.StatusServiceUnavailable, "cluster_block_exception")
	case faultUnknown:
		refuse(w, http.StatusUnauthorized, "security_exception")
	case faultWrong:
		refuse(w, http.StatusBadRequest, "parsing_exception")
	case faultPage:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html><title>Bad Gateway</title></html>")
	case faultSlow:
		select {
		case <-time.After(7 * time.Second):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		f.serve(w, r, body)
	default:
		f.serve(w, r, body)
	}
	res := w.Result()
	if fault == faultCut {
		all := w.Body.Bytes()
		res.Body = cutBody{bytes.NewReader(all[:len(all)/2])}
	}
	return res, nil
}

func bodyOf(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	var from io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, err
		}
		from = z
	}
	return io.ReadAll(from)
}

func refuse(w http.ResponseWriter, status int, kind string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":{"root_cause":[],"type":%q,"reason":"so says the test"},"status":%d}`, kind, status)
}

func (f *fakeCluster) serve(w http.ResponseWriter, r *http.Request, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	target, kind, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if strings.HasPrefix(target, "_") {
		target, kind = "*", target
	}
	kind, _, _ = strings.Cut(kind, "/")
	switch {
	case r.URL.Path == "/" && f.openSearch:
		fmt.Fprint(w, `{"version":{"number":"2.19.1","distribution":"opensearch"}}`)
	case r.URL.Path == "/":
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		version := "8.19.1"
		if f.old {
			version = "7.17.29"
		}
		fmt.Fprintf(w, `{"version":{"number":%q},"tagline":"You Know, for Search"}`, version)
	case kind == "_field_caps":
		f.caps(w, target)
	case kind == "_settings" && !f.secretive:
		out, replicas := object{}, "1"
		if f.sole {
			replicas = "0"
		}
		for _, x := range f.matching(target) {
			out[x.name] = object{"settings": object{"index": object{"uuid": x.uuid, "number_of_replicas": replicas}}}
		}
		reply200(w, out)
	case kind == "" || kind == "_settings" || kind == "_mapping":
		refuse(w, http.StatusForbidden, "security_exception")
	case kind == "_search":
		f.one(w, target, r.URL.Query().Get("preference"), body)
	case kind == "_msearch":
		f.several(w, body)
	default:
		refuse(w, http.StatusBadRequest, "no such path "+r.URL.Path)
	}
}

func reply200(w http.ResponseWriter, v any) { _ = json.NewEncoder(w).Encode(v) }

func (f *fakeCluster) caps(w http.ResponseWriter, target string) {
	var names []string
	for _, x := range f.matching(target) {
		names = append(names, x.name)
	}
	keyword, date := object{"keyword": object{"aggregatable": true}}, object{"date": object{"aggregatable": true}}
	reply200(w, object{"indices": names, "fields": object{
		"@timestamp": date, "message": object{"text": object{}}, "level": keyword, "n": object{"long": object{"aggregatable": true}}}})
}

// one answers a search.
func (f *fakeCluster) one(w http.ResponseWriter, target, preference string, body []byte) {
	out, status := f.found(target, preference, body)
	w.WriteHeader(status)
	reply200(w, out)
}

// several answers searches that come as lines.
func (f *fakeCluster) several(w http.ResponseWriter, body []byte) {
	responses := list{}
	d := json.NewDecoder(bytes.NewReader(body))
	for {
		var head struct{ Index, Preference string }
		var search json.RawMessage
		if err := errors.Join(d.Decode(&head), d.Decode(&search)); err != nil {
			break
		}
		out, status := f.found(head.Index, head.Preference, search)
		out["status"] = status
		responses = append(responses, out)
	}
	reply200(w, object{"responses": responses})
}

// found is the answer to a search, and its status.
func (f *fakeCluster) found(target, preference string, body []byte) (object, int) {
	indices := f.matching(target)
	up, down := shardsOf(indices, preference)
	total := len(up) + down
	if total > 0 && len(up) == 0 {
		return object{"error": object{"type": "search_phase_execution_exception", "reason": "all shards failed"}, "status": 503}, 503
	}
	out, err := find(visible(up), body)
	if err != nil {
		return object{"error": object{"type": "parsing_exception", "reason": err.Error()}, "status": 400}, 400
	}
	header := object{"total": total, "successful": len(up), "skipped": 0, "failed": down}
	if f.openSearch { // which does not count those that have no copy
		header["failed"] = 0
	}
	out["_shards"], out["timed_out"] = header, false
	return out, 200
}
