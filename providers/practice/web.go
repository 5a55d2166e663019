package practice

import (
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// webRoutes share the https port: Microsoft Graph, EWS and Google have a path of their own,
// everything else is the sign-in service's.
func (t *Tenant) webRoutes() http.Handler {
	entra, google := t.entraRoutes(), t.googleRoutes()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch strings.ToLower(first) {
		case "graph":
			t.serveGraph(w, r)
		case "ews":
			t.serveEWS(w, r)
		case "google":
			google.ServeHTTP(w, r)
		default:
			entra.ServeHTTP(w, r)
		}
	})
}

// bearerToken is the token of an Authorization header (RFC 6750 section 2.1), or empty.
func bearerToken(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// identify gives a request the names by which support asks for it.
func identify(w http.ResponseWriter, r *http.Request) (request, client string) {
	request, client = uuid.NewString(), correlationID(r)
	w.Header().Set("request-id", request)
	w.Header().Set("client-request-id", client)
	return request, client
}
