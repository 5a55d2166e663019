package microsoft

import (
	"context"
	"errors"
	"slices"

	"github.com/mailgrant/mailgrant/providers"
)

// DeviceSignIn shows a code through show, once, and waits until a person has used it (RFC 8628).
// Waiting ends with ctx, with the code, or with a refusal; passing trouble is waited out.
func (p *Provider) DeviceSignIn(ctx context.Context, request providers.DeviceRequest, show func(providers.DeviceCode)) (providers.Grant, error) {
	x, err := p.delegated(ctx, request.Tenant, request.Scopes)
	if err != nil {
		return providers.Grant{}, err
	}
	client, err := p.publicClient(x.metadata.authority, person{request.Tenant, request.ClientID})
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
	p.remember(grant.Token, signer{account: result.Account})
	return grant, nil
}

// delegated prepares the sign-in of a person.
func (p *Provider) delegated(ctx context.Context, tenant string, scopes []string) (*exchange, error) {
	if !slices.ContainsFunc(scopes, func(scope string) bool { return scope != "" }) {
		return nil, errors.New("scopes are missing: a sign-in asks for at least one")
	}
	metadata, err := p.metadata(ctx, tenant)
	return &exchange{metadata: metadata}, err
}
