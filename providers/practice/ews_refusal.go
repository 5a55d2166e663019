package practice

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// ewsRefusal is an error answer of EWS: of HTTP, told by headers, or a SOAP fault.
type ewsRefusal struct {
	status  int
	header  map[string]string
	code    string // of a fault, "ErrorAccessDenied"
	message string
	backOff bool // ErrorServerBusy says how long to wait
}

func (r *ewsRefusal) String() string {
	said := []string{fmt.Sprint(r.status)}
	for _, part := range []string{r.code, r.message, r.header[ewsDiagnostics], r.header[ewsPolicyReason]} {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}

const (
	ewsDiagnostics = "X-Ms-Diagnostics"
	// ewsPolicyReason tells the two kinds of a closed EWS apart
	// (https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange).
	ewsPolicyReason = "X-Ews-Policy-Reason"
	ewsDisabled     = "EWS is disabled for this user or tenant"
	ewsBlocked      = "EWS is blocked by policy for this user or tenant"
)

func (r *ewsRefusal) write(w http.ResponseWriter, request *http.Request) {
	for name, value := range r.header {
		w.Header().Set(name, providers.Clean(value))
	}
	if r.code == "" {
		identify(w, request)
		w.WriteHeader(r.status)
		return
	}
	writeSOAP(w, request, r.status, r.fault())
}

// ewsFault refuses a call as a whole; EWS does so with HTTP 500.
func ewsFault(code, message string) *ewsRefusal {
	return &ewsRefusal{status: http.StatusInternalServerError, code: code, message: message}
}

func ewsForbidden(header, value string) *ewsRefusal {
	return &ewsRefusal{status: http.StatusForbidden, header: map[string]string{header: value}}
}

// ewsUnauthorized says which token is wanted, and what is wrong with the one shown. The numbers are
// those of Exchange's own categories.
func ewsUnauthorized(why error, who badge) *ewsRefusal {
	said := ""
	switch why {
	case errMalformed:
		said = `2000001;reason="Unable to read or process token, additional details: 'the token is no JWT'.";error_category="invalid_token"`
	case errNotOurs:
		said = `2000000;reason="The token has an invalid signature.";error_category="invalid_signature"`
	case errOtherTenant:
		said = `2000004;reason="The tenant for realm '` + who.TenantID + `' does not exist.";error_category="invalid_tenant"`
	case errTokenOver:
		said = `2000002;reason="The token has expired.";error_category="token_expired"`
	case errTooEarly:
		said = `2000001;reason="The token is not valid yet.";error_category="invalid_token"`
	case errOtherService:
		said = `2000003;reason="The audience claim value is invalid '` + who.Audience + `'.";error_category="invalid_resource"`
	}
	wanted := `Bearer client_id="` + exchangeAppID + `", trusted_issuers="00000001-0000-0000-c000-000000000000@*",` +
		` token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`
	header := map[string]string{"WWW-Authenticate": wanted + `, Basic Realm=""`}
	if said != "" {
		header["WWW-Authenticate"] = wanted + `, error="invalid_token", Basic Realm=""`
		header[ewsDiagnostics] = said
	}
	return &ewsRefusal{status: http.StatusUnauthorized, header: header}
}
