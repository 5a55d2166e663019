package google

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"golang.org/x/oauth2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/loopback"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// CodeSignIn shows an address through show, once, and waits until a person has signed in there in
// a browser (https://developers.google.com/identity/protocols/oauth2/native-app). Google's access
// tokens are opaque, so the claims are made of what the token answer says beside it: the granted
// scopes, which may be fewer than asked for because people can untick them, and the account of the
// id_token.
func (p *Provider) CodeSignIn(ctx context.Context, request providers.CodeRequest, show func(providers.CodePage)) (providers.Grant, error) {
	switch {
	case !slices.ContainsFunc(request.Scopes, func(scope string) bool { return scope != "" }):
		return providers.Grant{}, errors.New("scopes are missing: a sign-in asks for at least one")
	case request.Certificate != nil:
		return providers.Grant{}, unsupported("sign-in with a certificate", "use the client secret of the OAuth client")
	}
	service, err := p.discover(ctx)
	if err != nil {
		return providers.Grant{}, err
	}
	config := &oauth2.Config{
		ClientID:     string(request.ClientID),
		ClientSecret: request.Secret.Reveal(),
		Endpoint:     oauth2.Endpoint{AuthURL: service.authorization, TokenURL: service.token, AuthStyle: oauth2.AuthStyleInParams},
		Scopes:       naming(request.Scopes),
	}
	verifier := oauth2.GenerateVerifier()
	visit := loopback.Visit{Redirect: request.Redirect, Lasts: p.visitLasts, Now: p.wire.Now}
	back, err := visit.Make(ctx, show, func(redirect, state string) (string, error) {
		config.RedirectURL = redirect
		return config.AuthCodeURL(state, asking(request.Account, verifier)...), nil
	})
	if err != nil {
		return providers.Grant{}, err
	}
	read, err := p.redeem(ctx, config, back.Code.Reveal(), verifier)
	if err != nil {
		return providers.Grant{}, err
	}
	return read.grant(p.wire.Now(), request), nil
}

// naming are the scopes with those that make an id_token name the account.
func naming(scopes []string) []string {
	all := slices.Clone(scopes)
	for _, scope := range []string{"openid", "email"} {
		if !slices.Contains(all, scope) {
			all = append(all, scope)
		}
	}
	return all
}

// asking is what Google wants beside the protocol's own: a refresh token comes with
// access_type=offline only, and after the first time only when consent is asked for again.
func asking(account providers.Address, verifier string) []oauth2.AuthCodeOption {
	options := []oauth2.AuthCodeOption{oauth2.AccessTypeOffline, oauth2.ApprovalForce, oauth2.S256ChallengeOption(verifier)}
	if account != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", string(account)))
	}
	return options
}

// redeem exchanges the code for a token.
func (p *Provider) redeem(ctx context.Context, config *oauth2.Config, code, verifier string) (answered, error) {
	line := &line{wire: p.wire}
	_, err := config.Exchange(context.WithValue(ctx, oauth2.HTTPClient, line.client()), code, oauth2.VerifierOption(verifier))
	var (
		refused *oauth2.RetrieveError
		fault   *providers.StageError
	)
	switch {
	case ctx.Err() != nil:
		return answered{}, ctx.Err()
	case errors.As(err, &fault):
		return answered{}, fault
	case errors.As(err, &refused), line.answer.Status != http.StatusOK:
		sent := url.Values{"code": {code}, "code_verifier": {verifier}, "client_secret": {config.ClientSecret}}
		return answered{}, oauth.Refusal(line.answer, oauth.SecretsOf(sent))
	}
	read, err := oauth.ReadToken(line.answer.Body)
	if err != nil {
		return answered{}, &providers.StageError{Stage: providers.StageDialogue, Host: line.answer.Host, Err: err}
	}
	return answered{token: read, took: line.answer.Took}, nil
}
