package microsoft

import (
	"context"
	"fmt"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// client is what both of MSAL's clients do for a person, each with options of its own types.
type client interface {
	codeURL(ctx context.Context, clientID, redirect string, scopes []string) (string, error)
	redeem(ctx context.Context, code, verifier, redirect string, scopes []string) (public.AuthResult, error)
	renew(ctx context.Context, scopes []string, account public.Account) (public.AuthResult, error)
}

type publicClient struct{ msal public.Client }

func (c publicClient) codeURL(ctx context.Context, clientID, redirect string, scopes []string) (string, error) {
	return c.msal.AuthCodeURL(ctx, clientID, redirect, scopes)
}

func (c publicClient) redeem(ctx context.Context, code, verifier, redirect string, scopes []string) (public.AuthResult, error) {
	return c.msal.AcquireTokenByAuthCode(ctx, code, redirect, scopes, public.WithChallenge(verifier))
}

func (c publicClient) renew(ctx context.Context, scopes []string, account public.Account) (public.AuthResult, error) {
	return c.msal.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(account))
}

type confidentialClient struct{ msal confidential.Client }

func (c confidentialClient) codeURL(ctx context.Context, clientID, redirect string, scopes []string) (string, error) {
	return c.msal.AuthCodeURL(ctx, clientID, redirect, scopes)
}

func (c confidentialClient) redeem(ctx context.Context, code, verifier, redirect string, scopes []string) (public.AuthResult, error) {
	return c.msal.AcquireTokenByAuthCode(ctx, code, redirect, scopes, confidential.WithChallenge(verifier))
}

func (c confidentialClient) renew(ctx context.Context, scopes []string, account public.Account) (public.AuthResult, error) {
	return c.msal.AcquireTokenSilent(ctx, scopes, confidential.WithSilentAccount(account))
}

// client is the MSAL client for people who sign in to a product: a confidential one where the
// product has a credential, since Entra refuses a web application without one (AADSTS7000218)
// and a public client with one (AADSTS700025).
func (p *Provider) client(authority string, credential providers.AppCredential) (client, error) {
	if credential.Secret.IsZero() && credential.Certificate == nil {
		msal, err := p.publicClient(authority, person{credential.Tenant, credential.ClientID})
		return publicClient{msal}, err
	}
	msal, err := p.app(authority, credential, false)
	return confidentialClient{msal}, err
}

func (p *Provider) publicClient(authority string, key person) (public.Client, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if client, found := p.people[key]; found {
		return client, nil
	}
	client, err := public.New(string(key.clientID),
		public.WithAuthority(authority),
		public.WithInstanceDiscovery(false), // it would ask a host that nobody named
		public.WithHTTPClient(p.http))
	if err != nil {
		return public.Client{}, fmt.Errorf("authority %q cannot be used: %w", providers.Clean(authority), err)
	}
	p.people[key] = client
	return client, nil
}

// patient gives ctx an end that lies behind every other, because MSAL cuts a call without one
// off at 30 seconds, and then the stage that took so long is not known.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 4*oauth.CallTimeout)
}
