package practice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The grant types that the token endpoint takes.
const (
	grantCredentials  = "client_credentials"
	grantRefresh      = "refresh_token"
	grantCode         = "authorization_code"
	grantDevice       = "urn:ietf:params:oauth:grant-type:device_code"
	grantDeviceLegacy = "device_code" // MSAL for Go still sends it
)

// grantKind names a grant in the journal; what a client invents is not repeated there.
func grantKind(grant string) string {
	switch grant {
	case "":
		return ""
	case grantCredentials, grantRefresh, grantCode:
		return grant
	case grantDevice, grantDeviceLegacy:
		return "device_code"
	}
	return "unknown grant"
}

// tokenAnswer is the token endpoint's answer (RFC 6749 section 5.1).
type tokenAnswer struct {
	Type         string `json:"token_type"`
	Scope        string `json:"scope,omitempty"`
	ExpiresIn    int    `json:"expires_in"`
	ExtExpiresIn int    `json:"ext_expires_in"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	IDToken      string `json:"id_token,omitempty"`
	ClientInfo   string `json:"client_info,omitempty"`
}

// token is the token endpoint.
func (t *Tenant) token(r *http.Request) (any, *refusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.state.serviceDown {
		return nil, unavailable()
	}
	tenant := r.PathValue("tenant")
	if refused := t.findTenant(tenant); refused != nil {
		return nil, refused
	}
	grant := r.PostForm.Get("grant_type")
	if t.state.nationalCloud {
		return nil, elsewhere(tenant, grant)
	}
	switch grant {
	case "":
		return nil, missingParameter("grant_type")
	case grantCredentials:
		if refused := namesOneTenant(tenant); refused != nil {
			return nil, refused
		}
	case grantDevice, grantDeviceLegacy, grantRefresh, grantCode:
	default:
		return nil, badRequest("unsupported_grant_type", 70003, "The app requested an unsupported grant type '%s'.", grant)
	}
	if r.PostForm.Has("resource") {
		return nil, badRequest("invalid_request", 901002, "The 'resource' request parameter is not supported.")
	}
	client, refused := t.findClient(r)
	if refused != nil {
		return nil, refused
	}
	if multiTenant(tenant) {
		return nil, t.singleTenantApp()
	}
	switch grant {
	case grantCredentials:
		return t.clientCredentials(r.PostForm, client)
	case grantRefresh:
		return t.refresh(r.PostForm, client)
	case grantCode:
		return t.redeemAuthCode(r.PostForm, client, r.Header.Get("Origin") != "")
	}
	return t.redeemDeviceCode(r.PostForm, client)
}

// elsewhere sends a request on to the cloud that the tenant lives in. An application that signs in
// with a secret is not taken across.
func elsewhere(tenant, grant string) *refusal {
	if grant == grantCredentials {
		return badRequest("invalid_request", 900382, "Confidential Client is not supported in Cross Cloud request.")
	}
	return badRequest("invalid_request", 90038, "Tenant '%s' request is being redirected to the National Cloud 'MicrosoftOnline.US'.", tenant)
}

// namesOneTenant refuses an application that signs in as itself without saying where.
func namesOneTenant(tenant string) *refusal {
	switch strings.ToLower(tenant) {
	case "common", "consumers":
		return badRequest("invalid_request", 9001023, "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.")
	case "organizations":
		return badRequest("invalid_request", 50059, "No tenant-identifying information found in either the request or implied by any provided credentials.")
	}
	return nil
}

func (t *Tenant) singleTenantApp() *refusal {
	return badRequest("invalid_request", 50194, "Application '%s'(%s) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.", t.state.app.clientID, t.state.app.name)
}

// client is what a request says about the application.
type client struct {
	id, secret string
	assertion  string // a JWT that the application signed with its certificate
}

// proven reports whether the client shows anything to prove itself with.
func (c client) proven() bool { return c.secret != "" || c.assertion != "" }

// proof is the kind of it as tokens tell it: 0 for none, 1 for a secret, 2 for a certificate.
func (c client) proof() string {
	switch {
	case c.assertion != "":
		return "2"
	case c.secret != "":
		return "1"
	}
	return "0"
}

// findClient reads the client's own credentials, from the form or from HTTP Basic (RFC 6749
// section 2.3.1), and checks that the application is one of this tenant.
func (t *Tenant) findClient(r *http.Request) (client, *refusal) {
	c := client{id: r.PostForm.Get("client_id"), secret: r.PostForm.Get("client_secret"), assertion: r.PostForm.Get("client_assertion")}
	if c.assertion != "" && r.PostForm.Get("client_assertion_type") != assertionType {
		return client{}, badRequest("invalid_request", 900144, "The request body must contain the following parameter: 'client_assertion_type' with value '%s'.", assertionType)
	}
	if name, password, ok := r.BasicAuth(); ok && c.secret == "" {
		id, err := url.QueryUnescape(name)
		secret, err2 := url.QueryUnescape(password)
		if err != nil || err2 != nil {
			return client{}, badRequest("invalid_request", 9002313, "Invalid request. Request is malformed or invalid.")
		}
		c = client{id: id, secret: secret}
	}
	if c.id == "" {
		return client{}, missingParameter("client_id")
	}
	if refused := t.findApp(c.id); refused != nil {
		return client{}, refused
	}
	return c, nil
}

// findApp checks that an application is one of this tenant.
func (t *Tenant) findApp(id string) *refusal {
	app, enterprise := t.state.app, t.state.enterprise
	if !app.exists || !strings.EqualFold(id, app.clientID) {
		return badRequest("unauthorized_client", 700016, "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.", id, tenantName)
	}
	if app.personalOnly {
		return badRequest("invalid_request", 9002331, "Application '%s'(%s) is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.", app.clientID, app.name)
	}
	if !enterprise.exists {
		return badClient(7000229, "The client application %s is missing service principal in the tenant %s. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119", app.clientID, tenantID)
	}
	if !enterprise.enabled {
		return badRequest("unauthorized_client", 7000112, "Application '%s'(%s) is disabled.", app.clientID, app.name)
	}
	return nil
}

// checkCredential checks what the client proves itself with.
func (t *Tenant) checkCredential(c client) *refusal {
	if c.assertion != "" {
		return t.checkAssertion(c)
	}
	return t.checkSecret(c.secret)
}

// checkSecret compares a secret with the registration's.
func (t *Tenant) checkSecret(secret string) *refusal {
	app, now := t.state.app, t.clock.now()
	if len(app.secrets) == 0 {
		return badClient(700026, "Client application '%s' has no configured keys.", app.clientID)
	}
	i := slices.IndexFunc(app.secrets, func(have credential) bool { return have.value == secret })
	// A secret that was made a moment ago has not reached every server: Entra calls it invalid.
	if i < 0 || now.Before(app.secrets[i].starts) {
		return badClient(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'.", app.clientID)
	}
	if !now.Before(app.secrets[i].ends) {
		return badClient(7000222, "The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.", app.clientID)
	}
	return nil
}

// clientCredentials is the grant of an application for itself. A token is issued also when no
// permission was consented to; it then has no roles
// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
func (t *Tenant) clientCredentials(form url.Values, c client) (any, *refusal) {
	if form.Get("scope") == "" {
		return nil, missingParameter("scope")
	}
	request, refused := parseScopes(form.Get("scope"), t.state.app.name)
	if refused == nil {
		refused = request.appOnly(form.Get("scope"))
	}
	if refused == nil && request.resource.appID == exchangeAppID && !t.state.exchange.subscribed {
		refused = resourceNotFound(request.audience)
	}
	if refused != nil {
		return nil, refused
	}
	if !c.proven() {
		return nil, badClient(7000216, "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")
	}
	if refused := t.checkCredential(c); refused != nil {
		return nil, refused
	}
	roles := known(t.state.enterprise.roles, request.resource.roles)
	token, err := t.accessToken(bearer{proof: c.proof()}, request, roles)
	if err != nil {
		return nil, tokenFailure()
	}
	return t.tokenAnswer(token), nil
}

func (t *Tenant) tokenAnswer(token string) tokenAnswer {
	seconds := int(t.state.tokens.lifetime.Seconds()) - 1 // Entra says 3599
	return tokenAnswer{Type: "Bearer", ExpiresIn: seconds, ExtExpiresIn: seconds, AccessToken: token}
}

// tokenFailure is reached only with extra claims that are no JSON.
func tokenFailure() *refusal {
	return refuse(http.StatusInternalServerError, "server_error", 50000, "There was an error issuing a token or an issue with our sign-in service.")
}
