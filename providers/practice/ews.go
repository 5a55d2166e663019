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
	answer, asked, refused := t.ews(bearerToken(r), body)
	if refused != nil {
		t.journal.note(t.clock.now(), "ews", asked+" refused: "+refused.String())
		refused.write(w, r)
		return
	}
	t.journal.note(t.clock.now(), "ews", asked+" answered")
	writeSOAP(w, r, http.StatusOK, answer)
}

// ews does what a request asks for, and tells in a few words what that was.
func (t *Tenant) ews(token string, body []byte) (answer any, asked string, refused *ewsRefusal) {
	asked = "request"
	who, refused := t.ewsCaller(token)
	if refused != nil {
		return nil, asked, refused
	}
	request, refused := parseEWS(body)
	if refused != nil {
		return nil, asked, refused
	}
	operation, perform := request.operation(t)
	if perform == nil {
		return nil, asked, ewsFault("ErrorInvalidRequest", "The request is invalid.")
	}
	account, refused := t.admitEWS(who, request.impersonated())
	asked = strings.TrimSuffix(operation+" for "+account.address, " for ")
	if refused != nil {
		return nil, asked, refused
	}
	return perform(account), asked, nil
}

// operation is what a request asks for; nil where the tenant does not know it.
func (r ewsRequest) operation(t *Tenant) (string, func(ewsAccount) ewsResponse) {
	body := r.Body
	switch {
	case body.GetFolder != nil:
		return "GetFolder", func(account ewsAccount) ewsResponse { return t.getFolder(account, *body.GetFolder) }
	case body.FindItem != nil:
		return "FindItem", func(account ewsAccount) ewsResponse { return t.findItem(account, *body.FindItem) }
	case body.GetItem != nil:
		return "GetItem", func(account ewsAccount) ewsResponse { return t.getItem(account, *body.GetItem) }
	}
	return "", nil
}
