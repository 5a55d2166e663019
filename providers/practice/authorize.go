package practice

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// authorization is a request for a code (RFC 6749 section 4.1.1) whose answer may go to its
// redirect address.
type authorization struct {
	redirect  redirect
	address   string // the redirect address as sent
	mode      string // "query", "fragment" or "form_post"
	state     string
	nonce     string
	hint      string // the account that the program expects
	scope     string
	request   scopeRequest
	challenge challenge
	silent    bool // nobody may be asked anything
}

// readAuthorization checks a request up to its redirect address. What is refused here is told to
// the person alone: an answer to an address that is not registered would give codes to strangers
// (RFC 6749 section 4.1.2.1).
func (t *Tenant) readAuthorization(tenant string, form url.Values) (authorization, *refusal) {
	if t.state.serviceDown {
		return authorization{}, unavailable()
	}
	if refused := t.findTenant(tenant); refused != nil {
		return authorization{}, refused
	}
	if t.state.nationalCloud {
		return authorization{}, elsewhere(tenant, grantCode)
	}
	if form.Get("client_id") == "" {
		return authorization{}, missingParameter("client_id")
	}
	if refused := t.findApp(form.Get("client_id")); refused != nil {
		return authorization{}, refused
	}
	if multiTenant(tenant) {
		return authorization{}, t.singleTenantApp()
	}
	app := t.state.app
	if len(app.redirects) == 0 {
		return authorization{}, badRequest("invalid_client", 500113, "No reply address is registered for the application.")
	}
	address := form.Get("redirect_uri")
	if address == "" {
		address = app.redirects[0].address // Entra falls back on the first that is registered
	}
	registered, known := app.redirect(address)
	if !known {
		return authorization{}, t.unregistered(address)
	}
	return authorization{
		redirect: registered, address: address, mode: answerMode(form.Get("response_mode")),
		state: form.Get("state"), nonce: form.Get("nonce"), hint: form.Get("login_hint"),
		scope: form.Get("scope"), silent: form.Get("prompt") == "none",
		challenge: challenge{method: form.Get("code_challenge_method"), text: form.Get("code_challenge")},
	}, nil
}

func (t *Tenant) unregistered(address string) *refusal {
	return badRequest("invalid_request", 50011, "The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.", address, t.state.app.clientID)
}

func answerMode(asked string) string {
	if asked == "form_post" || asked == "fragment" {
		return asked
	}
	return "query"
}

// check reads the rest of the request; what is refused here goes to the redirect address.
func (a *authorization) check(responseType, app string) *refusal {
	switch {
	case responseType == "":
		return missingParameter("response_type")
	case responseType != "code":
		return badRequest("unsupported_response_type", 700054, "response_type '%s' is not enabled for the application.", responseType)
	case a.scope == "":
		return missingParameter("scope")
	}
	if refused := a.challenge.check(); refused != nil {
		return refused
	}
	var refused *refusal
	if a.request, refused = parseScopes(a.scope, app); refused != nil {
		return refused
	}
	if a.silent {
		return badRequest("login_required", 50058, "A silent sign-in request was sent but no user is signed in.")
	}
	return nil
}

// check wants the form of RFC 7636 section 4.2. A request without a method means "plain".
func (c *challenge) check() *refusal {
	if c.text == "" {
		return nil
	}
	switch c.method {
	case "":
		c.method = "plain"
	case "plain", "S256":
	default:
		return badRequest("invalid_request", 50147, "Code_challenge_method '%s' is not supported: use S256 or plain.", c.method)
	}
	if len(c.text) < 43 || len(c.text) > 128 {
		return badRequest("invalid_request", 501491, "Invalid size of Code_Challenge parameter.")
	}
	return nil
}

// press is what the person does on the page. A refusal other than the person's own is one that
// Entra shows there and does not send on: the person may choose another account.
func (t *Tenant) press(a authorization, account string, approve bool) (url.Values, *refusal) {
	if t.state.person.remembered != "" {
		account = t.state.person.remembered
	}
	if !approve || t.state.person.declines {
		return nil, badRequest("access_denied", 65004, "User declined to consent to access the app.")
	}
	if t.state.policy.blockBrowser {
		return nil, blockedByPolicy()
	}
	if _, refused := t.signIn(account, a.request); refused != nil {
		return nil, refused
	}
	code := &authCode{
		value: "1." + randomText(420), account: account, scope: a.scope, nonce: a.nonce,
		address: a.address, redirect: a.redirect, challenge: a.challenge,
		ends: t.clock.now().Add(t.state.codes.inBrowser), redeemed: t.state.codes.takenFirst,
	}
	t.authCodes.keep(code)
	return url.Values{"code": {code.value}, "session_state": {uuid.NewString()}}, nil
}

// noCode is the answer to the redirect address where there is no code.
func noCode(said body) url.Values {
	answer := url.Values{"error": {said.Error}, "error_description": {said.Description}, "error_uri": {said.URI}}
	if said.Error == "access_denied" {
		answer.Set("error_subcode", "cancel")
	}
	return answer
}

// send gives an answer to the redirect address, in the way that the request asked for.
func (a authorization) send(w http.ResponseWriter, r *http.Request, answer url.Values) {
	if a.state != "" {
		answer.Set("state", a.state)
	}
	if a.mode == "form_post" {
		showFormPost(w, a.address, answer)
		return
	}
	address, _ := url.Parse(a.address) // it matched a registered one
	if address.Path == "" {
		address.Path = "/"
	}
	if a.mode == "fragment" {
		address.Fragment, address.RawFragment = "", ""
		http.Redirect(w, r, address.String()+"#"+answer.Encode(), http.StatusSeeOther)
		return
	}
	address.RawQuery = strings.TrimPrefix(address.RawQuery+"&"+answer.Encode(), "&")
	http.Redirect(w, r, address.String(), http.StatusSeeOther)
}
