package microsoft

import (
	"context"
	"errors"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// signer is an account that signed in, and what its product proves itself with.
type signer struct {
	account    public.Account
	credential providers.AppCredential // without secret and certificate of a public client
}

// Another asks, without a person, for a token with other scopes of the account that signed in
// with the first grant.
func (p *Provider) Another(ctx context.Context, request providers.DeviceRequest, first providers.Grant) (providers.Grant, error) {
	who, found := p.recall(first.Token)
	if !found {
		return providers.Grant{}, errors.New("account of the first token is not known: sign in again")
	}
	x, err := p.delegated(ctx, request.Tenant, request.Scopes)
	if err != nil {
		return providers.Grant{}, err
	}
	credential := who.credential
	credential.Tenant, credential.ClientID = request.Tenant, request.ClientID
	client, err := p.client(x.metadata.authority, credential)
	if err != nil {
		return providers.Grant{}, err
	}
	limited, cancel := patient(x.in(ctx))
	defer cancel()
	result, err := client.renew(limited, request.Scopes, who.account)
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
	p.remember(grant.Token, who)
	return grant, nil
}

// remember notes whose token it is. A service that tells nothing about the account leaves none.
func (p *Provider) remember(access keychain.Secret, who signer) {
	if who.account.IsZero() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.accounts[access] = who
}

func (p *Provider) recall(access keychain.Secret) (signer, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, found := p.accounts[access]
	return who, found
}
