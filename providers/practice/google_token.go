package practice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// googleGrant is what an account gave a client. It is never changed, but for its end.
type googleGrant struct {
	account, client string
	scopes          []string
	given           time.Time
	revoked         bool
}

// googleCode is a sign-in in a browser that is waiting to be redeemed.
type googleCode struct {
	value       string
	grant       googleGrant
	address     string
	nonce       string
	challenge   challenge
	ends        time.Time
	refreshable bool
	redeemed    bool
}

// googleAccess is what an access token stands for: to everybody but Google it is an opaque text.
type googleAccess struct {
	grant *googleGrant
	ends  time.Time
}

// vault is all that Google remembers of sign-ins.
type vault struct {
	codes   []*googleCode
	refresh map[string]*googleGrant
	access  map[string]googleAccess
}

// maxVault bounds each of a vault's lists.
const maxVault = 1000

func (v *vault) keepCode(code *googleCode) {
	if len(v.codes) >= maxVault {
		v.codes = v.codes[1:]
	}
	v.codes = append(v.codes, code)
}

func (v *vault) keepRefresh(token string, grant *googleGrant) {
	if v.refresh == nil || len(v.refresh) >= maxVault {
		v.refresh = map[string]*googleGrant{}
	}
	v.refresh[token] = grant
}

func (v *vault) keepAccess(token string, access googleAccess) {
	if v.access == nil || len(v.access) >= maxVault {
		v.access = map[string]googleAccess{}
	}
	v.access[token] = access
}

// agreedBefore reports whether the client holds a refresh token of the account.
func (v *vault) agreedBefore(account, client string) bool {
	for _, grant := range v.refresh {
		if strings.EqualFold(grant.account, account) && grant.client == client && !grant.revoked {
			return true
		}
	}
	return false
}

// googleTokenAnswer is the token endpoint's answer.
type googleTokenAnswer struct {
	AccessToken  string `json:"access_token"`
	ExpiresIn    int    `json:"expires_in"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Scope        string `json:"scope"`
	Type         string `json:"token_type"`
	IDToken      string `json:"id_token,omitempty"`
}

// googleToken is the token endpoint.
func (t *Tenant) googleToken(r *http.Request) (any, *googleRefusal) {
	switch grant := r.PostForm.Get("grant_type"); grant {
	case "":
		return nil, googleBad("invalid_request", "Missing required parameter: grant_type")
	case grantCode, grantRefresh:
		client, refused := t.findGoogleClient(r)
		if refused != nil {
			return nil, refused
		}
		if grant == grantCode {
			return t.redeemGoogleCode(r.PostForm, client)
		}
		return t.refreshGoogle(r.PostForm.Get("refresh_token"), client)
	default:
		return nil, googleBad("unsupported_grant_type", "Invalid grant_type: "+grant)
	}
}

func (t *Tenant) redeemGoogleCode(form url.Values, client *googleClient) (any, *googleRefusal) {
	if form.Get("code") == "" {
		return nil, googleBad("invalid_request", "Missing required parameter: code")
	}
	i := slices.IndexFunc(t.vault.codes, func(c *googleCode) bool { return c.value == form.Get("code") })
	if i < 0 {
		return nil, googleBad("invalid_grant", "Malformed auth code.")
	}
	code := t.vault.codes[i]
	if refused := code.redeem(form, client, t.clock.now()); refused != nil {
		return nil, refused
	}
	grant := code.grant
	grant.given = t.clock.now()
	answer := t.googleTokens(&grant)
	if code.refreshable {
		answer.RefreshToken = "1//0" + randomText(72)
		t.vault.keepRefresh(answer.RefreshToken, &grant)
	}
	if slices.Contains(grant.scopes, "openid") {
		var err error
		if answer.IDToken, err = t.googleIDToken(grant, code.nonce); err != nil {
			return nil, &googleRefusal{status: http.StatusInternalServerError, code: "internal_failure", text: "Internal error."}
		}
	}
	return answer, nil
}

// redeem uses the code up, also where the rest of the request is wrong.
func (c *googleCode) redeem(form url.Values, client *googleClient, now time.Time) *googleRefusal {
	used := c.redeemed || !now.Before(c.ends)
	c.redeemed = true
	switch {
	case used || c.grant.client != client.id:
		return googleBad("invalid_grant", "Bad Request")
	case form.Get("redirect_uri") != c.address:
		return googleBad("redirect_uri_mismatch", "Bad Request")
	case c.challenge.text != "" && form.Get("code_verifier") == "":
		return googleBad("invalid_grant", "Missing code verifier.")
	case !c.challenge.metBy(form.Get("code_verifier")):
		return googleBad("invalid_grant", "Invalid code verifier.")
	}
	return nil
}

// testingLife is how long a refresh token of a project in testing lives
// (https://developers.google.com/identity/protocols/oauth2#expiration).
const testingLife = 7 * 24 * time.Hour

func (t *Tenant) refreshGoogle(token string, client *googleClient) (any, *googleRefusal) {
	if token == "" {
		return nil, googleBad("invalid_request", "Missing required parameter: refresh_token")
	}
	grant := t.vault.refresh[token]
	project := t.state.google.project
	switch {
	case grant == nil || grant.client != client.id:
		return nil, googleBad("invalid_grant", "Bad Request")
	case grant.revoked,
		!project.internal && !project.published && !identityOnly(grant.scopes) && t.clock.now().Sub(grant.given) >= testingLife:
		return nil, googleBad("invalid_grant", "Token has been expired or revoked.")
	case t.state.google.workspace.blocksApp:
		return nil, googleBad("admin_policy_enforced", "Access to your account data is restricted by policies within your organization. Please contact the administrator of your organization for more information.")
	}
	return t.googleTokens(grant), nil
}

// googleTokens makes an access token of about an hour.
func (t *Tenant) googleTokens(grant *googleGrant) googleTokenAnswer {
	token := "ya29." + randomText(150)
	t.vault.keepAccess(token, googleAccess{grant: grant, ends: t.clock.now().Add(time.Hour - t.state.google.tokenAge)})
	return googleTokenAnswer{AccessToken: token, ExpiresIn: 3599, Scope: strings.Join(grant.scopes, " "), Type: "Bearer"}
}

// googleIDToken says who signed in
// (https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload).
func (t *Tenant) googleIDToken(grant googleGrant, nonce string) (string, error) {
	now := t.clock.now()
	claims := map[string]any{
		"iss": t.googleIssuer(), "aud": grant.client, "azp": grant.client, "sub": googleSubject(grant.account),
		"iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	if slices.Contains(grant.scopes, googleScopePrefix+"userinfo.email") {
		_, claims["hd"], _ = strings.Cut(grant.account, "@")
		claims["email"], claims["email_verified"] = grant.account, true
	}
	if nonce != "" {
		claims["nonce"] = nonce
	}
	return t.signer.sign(claims)
}

// googleDeviceCode refuses the scopes of mail, which Google's device flow never gives; the flow
// itself belongs to televisions and is not served
// (https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes).
func (t *Tenant) googleDeviceCode(r *http.Request) (any, *googleRefusal) {
	scopes, refused := parseGoogleScopes(r.PostForm.Get("scope"))
	if refused != nil {
		return nil, refused
	}
	if !identityOnly(scopes) {
		return nil, googleBad("invalid_scope", "Invalid device flow scope: "+strings.Join(scopes, " "))
	}
	return nil, googleUnauthorized("invalid_client", "Invalid client type.")
}
