package microsoft

import (
	"context"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// leastLife is how much longer a token at hand must live to be handed out again: longer than one
// connection test takes.
const leastLife = time.Minute

// AppOnly signs the product in as itself (client credentials, RFC 6749 section 4.4) for a scope
// such as "https://outlook.office365.com/.default".
func (p *Provider) AppOnly(ctx context.Context, credential providers.AppCredential, scope string) (providers.Grant, error) {
	if _, err := proofOf(credential); err != nil { // before anything is asked of the network
		return providers.Grant{}, err
	}
	anew := credential.Anew
	key := appGrant{keyOf(credential), scope}
	if anew {
		p.grants.forget(key)
	}
	usable := func(grant providers.Grant) bool {
		return grant.Expires.IsZero() || grant.Expires.After(p.now().Add(leastLife))
	}
	return p.grants.get(ctx, key, usable, func(ctx context.Context) (providers.Grant, error) {
		return p.signInApp(ctx, credential, scope, anew)
	})
}

func (p *Provider) signInApp(ctx context.Context, credential providers.AppCredential, scope string, anew bool) (providers.Grant, error) {
	metadata, err := p.metadata(ctx, credential.Tenant)
	if err != nil {
		return providers.Grant{}, err
	}
	client, err := p.app(metadata.authority, credential, anew)
	if err != nil {
		return providers.Grant{}, err
	}
	x := &exchange{metadata: metadata}
	limited, cancel := patient(x.in(ctx))
	defer cancel()
	result, err := client.AcquireTokenByCredential(limited, []string{scope})
	switch {
	case err != nil:
		return providers.Grant{}, x.why(ctx, err)
	case x.token == nil: // MSAL had one at hand that ends later by its clock than by ours
		return atHand(result.AccessToken, result.ExpiresOn), nil
	}
	return x.token.Grant(p.now(), x.took), nil
}

// atHand is the grant of a token that was not asked for just now.
func atHand(access string, expires time.Time) providers.Grant {
	grant := oauth.Token{Access: keychain.NewSecret(access)}.Grant(time.Time{}, 0)
	grant.Expires = expires
	return grant
}
