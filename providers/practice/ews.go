package practice

import (
	"io"
	"net/http"
	"strings"
)

const ewsPath = "/EWS/Exchange.asmx"

// maxEWSBody bounds a request, in bytes.
const maxEWSBody = 1 << 20

// serveEWS answers the operations of Exchange Web Services with which programs look into a mailbox
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/ews-operations-in-exchange).
func (t *Tenant) serveEWS(w http.ResponseWriter, r *http.Request) {
	switch {
	case !strings.EqualFold(r.URL.Path, ewsPath):
		http.NotFound(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "POST")
		http.Error(w, "Exchange Web Services take POST.", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEWSBody))
	if err != nil {
		http.Error(w, "The request is too long.", http.StatusRequestEntityTooLarge)
		return
	}
	answer, refused := t.ews(bearerToken(r), body)
	if refused != nil {
		t.journal.note(t.clock.now(), "ews", "request refused: "+refused.String())
		refused.write(w, r)
		return
	}
	t.journal.note(t.clock.now(), "ews", "request answered")
	writeSOAP(w, r, http.StatusOK, answer)
}

// ews does what a request asks for.
func (t *Tenant) ews(token string, body []byte) (any, *ewsRefusal) {
	who, refused := t.ewsCaller(token)
	if refused != nil {
		return nil, refused
	}
	request, refused := parseEWS(body)
	if refused != nil {
		return nil, refused
	}
	account, refused := t.admitEWS(who, request.impersonated())
	if refused != nil {
		return nil, refused
	}
	switch {
	case request.Body.GetFolder != nil:
		return t.getFolder(account, *request.Body.GetFolder), nil
	case request.Body.FindItem != nil:
		return t.findItem(account, *request.Body.FindItem), nil
	case request.Body.GetItem != nil:
		return t.getItem(account, *request.Body.GetItem), nil
	}
	return nil, ewsFault("ErrorInvalidRequest", "The request is invalid.")
}
