package practice

import (
	"net/http"
	"net/url"
	"strings"
)

// graphPath is where Microsoft Graph is served. The version may follow or be left out: what stands
// for https://graph.microsoft.com/v1.0 in a product's settings is one address or the other.
const graphPath = "/graph"

// maxGraphBody bounds a request, in bytes: Graph takes 4 MB in one piece
// (https://learn.microsoft.com/graph/api/user-sendmail).
const maxGraphBody = 4 << 20

// graphCall is one request to Graph, as far as its address says.
type graphCall struct {
	me       bool
	user     string   // UPN or object ID, unless me
	path     []string // what follows: "mailFolders", "inbox", "messages"
	query    url.Values
	base     string // URL of the request without its query
	answered string // in the journal: what was asked for, in a few words
}

// serveGraph answers the part of Microsoft Graph v1.0 that mail needs.
func (t *Tenant) serveGraph(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxGraphBody)
	call, refused := parseGraphCall(r)
	var answer any
	if refused == nil {
		answer, refused = t.graph(r, call)
	}
	at := t.clock.now()
	if refused != nil {
		t.journal.note(at, "graph", r.Method+" "+call.answered+" refused: "+refused.String())
		refused.write(w, r, at)
		return
	}
	t.journal.note(at, "graph", r.Method+" "+call.answered+" answered")
	identify(w, r)
	if answer == nil {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	writeJSON(w, http.StatusOK, answer)
}

// parseGraphCall reads an address: /graph/v1.0/users/ID/mailFolders/inbox, also with keys in
// OData's way, users('ID'). Names of segments have no case; keys keep theirs.
func parseGraphCall(r *http.Request) (graphCall, *graphRefusal) {
	call := graphCall{query: r.URL.Query(), base: "https://" + r.Host + r.URL.EscapedPath(), answered: "an address"}
	var segments []string
	for _, escaped := range strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")[1:] {
		segment, err := url.PathUnescape(escaped)
		if err != nil {
			return call, graphBadRequest("The request URI is not valid.")
		}
		name, key, keyed := strings.Cut(segment, "('")
		segments = append(segments, name)
		if keyed {
			segments = append(segments, strings.ReplaceAll(strings.TrimSuffix(key, "')"), "''", "'"))
		}
	}
	if len(segments) > 0 && strings.EqualFold(segments[0], "v1.0") {
		segments = segments[1:]
	}
	switch {
	case len(segments) > 0 && strings.EqualFold(segments[0], "me"):
		call.me, call.path, call.answered = true, segments[1:], "me"
	case len(segments) > 1 && strings.EqualFold(segments[0], "users") && segments[1] != "":
		call.user, call.path, call.answered = segments[1], segments[2:], "user "+segments[1]
	default:
		return call, graphUnknownSegment(segments)
	}
	if len(call.path) > 0 {
		call.answered += ", " + call.path[0]
	}
	return call, nil
}

// names reports whether the path is of this form; "*" stands for a key.
func (c graphCall) names(form ...string) bool {
	if len(c.path) != len(form) {
		return false
	}
	for i, segment := range form {
		if segment != "*" && !strings.EqualFold(segment, c.path[i]) {
			return false
		}
	}
	return true
}

// graph answers one call. An answer of nil stands for 202, without a body.
func (t *Tenant) graph(r *http.Request, call graphCall) (any, *graphRefusal) {
	if call.names("sendMail") {
		if r.Method != http.MethodPost {
			return nil, graphMethodNotAllowed()
		}
		return nil, t.graphSend(r, call)
	}
	if r.Method != http.MethodGet {
		return nil, graphMethodNotAllowed()
	}
	token := bearerToken(r)
	switch {
	case call.names():
		return t.graphUser(token, call)
	case call.names("mailFolders"), call.names("mailFolders", "*"), call.names("mailFolders", "*", "childFolders"):
		return t.graphRead(token, call, folderAnswer)
	case call.names("messages"), call.names("messages", "*"), call.names("mailFolders", "*", "messages"):
		return t.graphRead(token, call, messageAnswer)
	}
	return nil, graphUnknownSegment(call.path)
}

// graphRead opens the mailbox of a call for what answers it.
func (t *Tenant) graphRead(token string, call graphCall, answer func(*insider, graphCall) (any, *graphRefusal)) (any, *graphRefusal) {
	address, refused := t.admitGraph(token, call, graphReading())
	if refused != nil {
		return nil, refused
	}
	reader, err := t.inside(t.exchangeHouse(), address)
	if err != nil {
		return nil, mailboxNotEnabled()
	}
	defer reader.close()
	call.user = address
	return answer(reader, call)
}
