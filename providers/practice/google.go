package practice

import (
	"net/http"
	"strings"
)

// googlePath is where Google's sign-in service begins on the https port.
const googlePath = "/google/"

func (t *Tenant) googleAuthority() string { return "https://" + t.ports.https + googlePath }

// googleRoutes are the addresses of Google's sign-in service and of the Gmail API, below one path.
func (t *Tenant) googleRoutes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET "+googlePath+".well-known/openid-configuration", t.googleMetadata)
	routes.HandleFunc("GET "+googlePath+"oauth2/v3/certs", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, t.signer.jwks(t.googleIssuer()))
	})
	// A page elsewhere must not be able to approve a sign-in through the browser of this computer.
	routes.Handle(googlePath+"o/oauth2/v2/auth", http.NewCrossOriginProtection().Handler(http.HandlerFunc(t.googleConsentPage)))
	routes.HandleFunc("POST "+googlePath+"token", t.googleAnswer("token", t.googleToken))
	routes.HandleFunc("POST "+googlePath+"device/code", t.googleAnswer("device code", t.googleDeviceCode))
	routes.HandleFunc("POST "+googlePath+"revoke", t.googleAnswer("revoke", t.googleRevoke))
	routes.HandleFunc(googlePath+"tokeninfo", t.googleAnswer("tokeninfo", t.googleTokenInfo))
	routes.HandleFunc(googlePath+"v1/userinfo", t.googleAnswer("userinfo", t.googleUserInfo))
	routes.HandleFunc("GET "+googlePath+"gmail/v1/users/{user}/profile", t.googleAnswer("gmail profile", t.gmailProfile))
	return routes
}

// googleIssuer is the authority without its slash, so that clients find the metadata from it.
func (t *Tenant) googleIssuer() string { return strings.TrimSuffix(t.googleAuthority(), "/") }

// googleMetadata is the OpenID Connect discovery document
// (https://developers.google.com/identity/openid-connect/openid-connect#discovery).
func (t *Tenant) googleMetadata(w http.ResponseWriter, _ *http.Request) {
	base := t.googleAuthority()
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                t.googleIssuer(),
		"authorization_endpoint":                base + "o/oauth2/v2/auth",
		"device_authorization_endpoint":         base + "device/code",
		"token_endpoint":                        base + "token",
		"userinfo_endpoint":                     base + "v1/userinfo",
		"revocation_endpoint":                   base + "revoke",
		"jwks_uri":                              base + "oauth2/v3/certs",
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      []string{"openid", "email", "profile"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "client_secret_basic"},
		"claims_supported":                      []string{"aud", "email", "email_verified", "exp", "iat", "iss", "name", "sub"},
		"code_challenge_methods_supported":      []string{"plain", "S256"},
		"grant_types_supported":                 []string{grantCode, grantRefresh},
	})
}

// googleAnswer wraps one operation: the bound on its body, the lock, its journal line.
func (t *Tenant) googleAnswer(name string, operation func(*http.Request) (any, *googleRefusal)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		result, refused := any(nil), (*googleRefusal)(nil)
		if r.ParseForm() != nil {
			refused = googleBad("invalid_request", "Bad Request")
		} else {
			t.mutex.Lock()
			result, refused = t.googleOperation(r, operation)
			t.mutex.Unlock()
		}
		if refused != nil {
			t.journal.note(t.clock.now(), "https", "google "+name+" refused: "+refused.String())
			refused.write(w)
			return
		}
		t.journal.note(t.clock.now(), "https", "google "+name+" answered")
		writeJSON(w, http.StatusOK, result)
	}
}

func (t *Tenant) googleOperation(r *http.Request, operation func(*http.Request) (any, *googleRefusal)) (any, *googleRefusal) {
	if t.state.google.down {
		return nil, &googleRefusal{status: http.StatusServiceUnavailable, code: "temporarily_unavailable", text: "The service is currently unavailable."}
	}
	return operation(r)
}
