package microsoft

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// DeviceSignIn shows a code through show, once, and waits until a person has used it (RFC 8628).
// Waiting ends with ctx, with the code, or with a refusal; passing trouble is waited out.
func (p *Provider) DeviceSignIn(ctx context.Context, request providers.DeviceRequest, show func(providers.DeviceCode)) (providers.Grant, error) {
	x, client, err := p.person(ctx, request)
	if err != nil {
		return providers.Grant{}, err
	}
	limited, cancel := patient(x.in(ctx))
	defer cancel()
	code, err := client.AcquireTokenByDeviceCode(limited, request.Scopes)
	if err != nil {
		return providers.Grant{}, x.why(ctx, err)
	}
	show(providers.DeviceCode{UserCode: x.code.userCode, VerificationURI: x.code.page, Expires: x.ends})
	result, err := code.AuthenticationResult(x.in(ctx))
	if err != nil {
		return providers.Grant{}, x.why(ctx, err)
	}
	grant := x.token.Grant(p.now(), x.took)
	p.remember(grant.Token, result.Account)
	return grant, nil
}

// Another asks, without a person, for a token with other scopes of the account that signed in
// with the first grant.
func (p *Provider) Another(ctx context.Context, request providers.DeviceRequest, first providers.Grant) (providers.Grant, error) {
	account, found := p.recall(first.Token)
	if !found {
		return providers.Grant{}, errors.New("account of the first token is not known: sign in again")
	}
	x, client, err := p.person(ctx, request)
	if err != nil {
		return providers.Grant{}, err
	}
	limited, cancel := patient(x.in(ctx))
	defer cancel()
	result, err := client.AcquireTokenSilent(limited, request.Scopes, public.WithSilentAccount(account))
	switch {
	case err != nil && ctx.Err() == nil && x.token == nil && x.refused == nil && x.fault == nil:
		return providers.Grant{}, errors.New("another token needs a refresh token, and the sign-in brought none: sign in with the scope offline_access")
	case err != nil:
		return providers.Grant{}, x.why(ctx, err)
	case x.token == nil && first.Token.Equal(keychain.NewSecret(result.AccessToken)):
		return first, nil
	case x.token == nil:
		return atHand(result.AccessToken, result.ExpiresOn), nil
	}
	grant := x.token.Grant(p.now(), x.took)
	p.remember(grant.Token, account)
	return grant, nil
}

// person prepares a delegated sign-in.
func (p *Provider) person(ctx context.Context, request providers.DeviceRequest) (*exchange, public.Client, error) {
	if !slices.ContainsFunc(request.Scopes, func(scope string) bool { return scope != "" }) {
		return nil, public.Client{}, errors.New("scopes are missing: a sign-in asks for at least one")
	}
	metadata, err := p.metadata(ctx, request.Tenant)
	if err != nil {
		return nil, public.Client{}, err
	}
	client, err := p.publicClient(metadata.authority, request)
	return &exchange{metadata: metadata}, client, err
}

func (p *Provider) publicClient(authority string, request providers.DeviceRequest) (public.Client, error) {
	key := person{request.Tenant, request.ClientID}
	p.mu.Lock()
	defer p.mu.Unlock()
	if client, found := p.people[key]; found {
		return client, nil
	}
	client, err := public.New(string(request.ClientID),
		public.WithAuthority(authority),
		public.WithInstanceDiscovery(false), // it would ask a host that nobody named
		public.WithHTTPClient(p.client))
	if err != nil {
		return public.Client{}, fmt.Errorf("authority %q cannot be used: %w", providers.Clean(authority), err)
	}
	p.people[key] = client
	return client, nil
}

// remember notes whose token it is. A service that tells nothing about the account leaves none.
func (p *Provider) remember(access keychain.Secret, account public.Account) {
	if account.IsZero() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.accounts[access] = account
}

func (p *Provider) recall(access keychain.Secret) (public.Account, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	account, found := p.accounts[access]
	return account, found
}
