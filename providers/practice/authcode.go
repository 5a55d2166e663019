package practice

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/url"
	"time"
)

// authCode is a sign-in in a browser that is waiting to be redeemed (RFC 6749 section 4.1.2).
type authCode struct {
	value     string
	account   string
	scope     string
	nonce     string
	address   string // the redirect address, as it was sent
	redirect  redirect
	challenge challenge
	ends      time.Time
	redeemed  bool
}

// challenge is the proof that whoever redeems a code is the one who asked for it (RFC 7636). Entra
// takes both methods, and requests without any.
type challenge struct {
	method string // "S256" or "plain"
	text   string // empty where the request had none
}

// metBy reports whether the verifier is the one that the challenge was made of.
func (c challenge) metBy(verifier string) bool {
	if c.text == "" || verifier == "" {
		return c.text == verifier
	}
	made := verifier
	if c.method == "S256" {
		digest := sha256.Sum256([]byte(verifier))
		made = encode(digest[:])
	}
	return subtle.ConstantTimeCompare([]byte(made), []byte(c.text)) == 1
}

type authCodes []*authCode

// maxAuthCodes bounds the codes that are remembered; the oldest is forgotten first.
const maxAuthCodes = 200

func (a *authCodes) keep(code *authCode) {
	if len(*a) >= maxAuthCodes {
		*a = (*a)[1:]
	}
	*a = append(*a, code)
}

func (a authCodes) find(value string) *authCode {
	for _, code := range a {
		if code.value == value {
			return code
		}
	}
	return nil
}

// redeemAuthCode is the grant of a person who signed in in a browser.
func (t *Tenant) redeemAuthCode(form url.Values, c client, crossOrigin bool) (any, *refusal) {
	value, address := form.Get("code"), form.Get("redirect_uri")
	switch {
	case value == "":
		return nil, missingParameter("code")
	case address == "":
		return nil, missingParameter("redirect_uri")
	}
	registered, known := t.state.app.redirect(address)
	if !known {
		refused := t.unregistered(address)
		refused.code = "invalid_client"
		return nil, refused
	}
	code := t.authCodes.find(value)
	if code == nil {
		return nil, badRequest("invalid_grant", 70000, "Provided grant is invalid or malformed.")
	}
	if refused := t.mayRedeem(c, registered.platform, crossOrigin); refused != nil {
		return nil, refused
	}
	if refused := code.redeem(address, form.Get("code_verifier"), t.clock.now()); refused != nil {
		return nil, refused
	}
	scope := form.Get("scope")
	if scope == "" {
		scope = code.scope
	}
	request, refused := parseScopes(scope, t.state.app.name)
	if refused != nil {
		return nil, refused
	}
	who, refused := t.signIn(code.account, request)
	if refused != nil {
		return nil, refused
	}
	from := session{account: code.account, scope: scope, platform: registered.platform, nonce: code.nonce}
	return t.delegated(form, c, who, request, from, has(request.signIn, "offline_access"))
}

// redeem uses the code up, also where the rest of the request is wrong.
func (a *authCode) redeem(address, verifier string, now time.Time) *refusal {
	if a.redeemed {
		return badRequest("invalid_grant", 54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.")
	}
	a.redeemed = true
	switch {
	case !now.Before(a.ends):
		return badRequest("invalid_grant", 70008, "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.")
	case address != a.address:
		return badRequest("invalid_grant", 500112, "The reply address '%s' does not match the reply address '%s' provided when requesting Authorization code.", address, a.address)
	case !a.challenge.metBy(verifier):
		return badRequest("invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.")
	}
	return nil
}

// mayRedeem holds the client against the platform of its redirect address: a web application must
// prove itself, a program on somebody's computer cannot, a page in a browser asks from its own origin.
func (t *Tenant) mayRedeem(c client, where platform, crossOrigin bool) *refusal {
	switch where {
	case webPlatform:
		return t.checkConfidential(c)
	case spaPlatform:
		if !crossOrigin {
			return badRequest("invalid_request", 9002327, "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.")
		}
		return nil
	}
	if c.proven() {
		return clientIsPublic()
	}
	return nil
}

// checkConfidential is for requests in which the application must prove itself.
func (t *Tenant) checkConfidential(c client) *refusal {
	if !c.proven() {
		return credentialMissing()
	}
	return t.checkCredential(c)
}
