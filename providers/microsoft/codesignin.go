package microsoft

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"golang.org/x/oauth2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/loopback"
)

// CodeSignIn shows an address through show, once, and waits until a person has signed in there in
// a browser (RFC 6749 section 4.1 with PKCE, RFC 7636). Waiting ends with ctx, with the page's
// end, or with a refusal.
func (p *Provider) CodeSignIn(ctx context.Context, request providers.CodeRequest, show func(providers.CodePage)) (providers.Grant, error) {
	x, err := p.delegated(ctx, request.Tenant, request.Scopes)
	if err != nil {
		return providers.Grant{}, err
	}
	if x.metadata.authorization == "" {
		return providers.Grant{}, &providers.StageError{Stage: providers.StageDialogue, Host: x.metadata.host, Err: errors.New("its metadata names no page to sign in at: use the device code")}
	}
	credential := providers.AppCredential{Tenant: request.Tenant, ClientID: request.ClientID, Secret: request.Secret, Certificate: request.Certificate}
	client, err := p.client(x.metadata.authority, credential)
	if err != nil {
		return providers.Grant{}, err
	}
	verifier := oauth2.GenerateVerifier()
	visit := loopback.Visit{Redirect: request.Redirect, Lasts: p.visitLasts, Now: p.now}
	back, err := visit.Make(ctx, show, func(redirect, state string) (string, error) {
		address, err := client.codeURL(x.in(ctx), string(request.ClientID), redirect, forPage(request.Scopes))
		if err != nil {
			return "", x.why(ctx, err)
		}
		return withProof(address, request.Account, state, verifier)
	})
	if err != nil {
		return providers.Grant{}, err
	}
	limited, cancel := patient(x.in(ctx))
	defer cancel()
	result, err := client.redeem(limited, back.Code.Reveal(), verifier, back.Redirect, request.Scopes)
	if err != nil {
		return providers.Grant{}, x.why(ctx, err)
	}
	grant := x.token.Grant(p.now(), x.took)
	p.remember(grant.Token, signer{account: result.Account, credential: credential})
	return grant, nil
}

// forPage are the scopes as MSAL asks for them everywhere but in the address of the page: with
// OpenID Connect's, so that the account is named, and the refresh token's.
func forPage(scopes []string) []string {
	all := slices.Clone(scopes)
	for _, scope := range []string{"openid", "offline_access", "profile"} {
		if !slices.Contains(all, scope) {
			all = append(all, scope)
		}
	}
	return all
}

// withProof adds to the page's address what MSAL leaves to its caller. The browser may be signed
// in as somebody else, so the person is made to choose the account, with the expected one proposed.
func withProof(address string, account providers.Address, state, verifier string) (string, error) {
	page, err := url.Parse(address)
	if err != nil {
		return "", errors.New("sign-in library made an address that cannot be read")
	}
	query := page.Query()
	query.Set("state", state)
	query.Set("code_challenge", oauth2.S256ChallengeFromVerifier(verifier))
	query.Set("code_challenge_method", "S256")
	query.Set("response_mode", "query")
	query.Set("prompt", "select_account")
	if account != "" {
		query.Set("login_hint", string(account))
	}
	page.RawQuery = query.Encode()
	return page.String(), nil
}
