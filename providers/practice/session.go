package practice

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// checkPublicClient is for grants in which a person signed in: whether the application must show
// a secret depends on "Allow public client flows".
func (t *Tenant) checkPublicClient(c client) *refusal {
	switch {
	case c.proven() && t.state.app.publicClient:
		return clientIsPublic()
	case c.proven():
		return t.checkCredential(c)
	case !t.state.app.publicClient:
		return credentialMissing()
	}
	return nil
}

func clientIsPublic() *refusal {
	return badClient(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
}

func credentialMissing() *refusal {
	return badClient(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
}

// session is what a refresh token stands for. It belongs to a person and a client, not to a
// resource (https://learn.microsoft.com/entra/identity-platform/refresh-tokens).
type session struct {
	account string
	scope   string // what was asked for first
	// platform is that of the redirect address which the sign-in came back to; empty after a device code.
	platform platform
	nonce    string // for the first id token alone
}

type refreshTokens map[string]session

func (t *Tenant) refresh(form url.Values, c client) (any, *refusal) {
	if form.Get("refresh_token") == "" {
		return nil, missingParameter("refresh_token")
	}
	known, ok := t.sessions[form.Get("refresh_token")]
	if !ok {
		return nil, badRequest("invalid_grant", 70000, "Provided grant is invalid or malformed.")
	}
	if refused := t.mayRefresh(c, known); refused != nil {
		return nil, refused
	}
	scope := form.Get("scope")
	if scope == "" {
		scope = known.scope
	}
	request, refused := parseScopes(scope, t.state.app.name)
	if refused != nil {
		return nil, refused
	}
	person, refused := t.signIn(known.account, request)
	if refused != nil {
		return nil, refused
	}
	// Entra renews a refresh token on use whether or not offline_access is asked for again.
	return t.delegated(form, c, person, request, known, true)
}

// mayRefresh asks for the proof that the sign-in asked for.
func (t *Tenant) mayRefresh(c client, known session) *refusal {
	switch known.platform {
	case webPlatform:
		return t.checkConfidential(c)
	case desktopPlatform, spaPlatform:
		if c.proven() {
			return clientIsPublic()
		}
		return nil
	}
	return t.checkPublicClient(c)
}

// delegated makes the answer for a person who signed in and whose consent was checked.
func (t *Tenant) delegated(form url.Values, c client, who user, request scopeRequest, from session, renew bool) (any, *refusal) {
	permissions := t.consented(request)
	token, err := t.accessToken(bearer{user: who, proof: c.proof()}, request, permissions)
	if err != nil {
		return nil, tokenFailure()
	}
	answer := t.tokenAnswer(token)
	answer.Scope = strings.Join(grantedScopes(request, permissions), " ")
	if renew {
		answer.RefreshToken = "1." + randomText(420)
		t.sessions.keep(answer.RefreshToken, session{account: who.address, scope: from.scope, platform: from.platform})
	}
	if slices.Contains(request.signIn, "openid") {
		if answer.IDToken, err = t.idToken(who, from.nonce); err != nil {
			return nil, tokenFailure()
		}
	}
	if form.Get("client_info") == "1" {
		info, _ := json.Marshal(map[string]string{"uid": who.id, "utid": tenantID}) // two texts always encode
		answer.ClientInfo = encode(info)
	}
	return answer, nil
}

// maxSessions bounds the refresh tokens that are remembered.
const maxSessions = 1000

func (s *refreshTokens) keep(token string, of session) {
	if *s == nil || len(*s) >= maxSessions {
		*s = refreshTokens{}
	}
	(*s)[token] = of
}

// consented are the permissions that go into a token: all that were consented to for the
// resource, also those that were not asked for this time.
func (t *Tenant) consented(request scopeRequest) []string {
	return known(t.state.enterprise.scopes, request.resource.scopes)
}

// grantedScopes writes the permissions as the client wrote the resource, since clients compare
// texts.
func grantedScopes(request scopeRequest, permissions []string) []string {
	list := slices.Clone(request.signIn)
	list = append(list, request.asked...)
	for _, name := range permissions {
		full := request.audience + "/" + name
		if !has(request.names, name) && !has(list, full) {
			list = append(list, full)
		}
	}
	return list
}
