package google

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// discovery is what the sign-in service publishes about itself: OpenID Connect Discovery 1.0
// section 3.
type discovery struct {
	issuer        string
	authorization string
	token         string
}

// LookUp reads the service's metadata. Google has no tenants: asked names nothing there and is
// given back as it is.
func (p *Provider) LookUp(ctx context.Context, asked string) (providers.Tenant, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return providers.Tenant{}, err
	}
	asked = strings.TrimSpace(asked)
	return providers.Tenant{ID: asked, Asked: asked, Issuer: providers.Clean(found.issuer)}, nil
}

func (p *Provider) discover(ctx context.Context) (discovery, error) {
	if p.authority == "" {
		return discovery{}, errors.New("authority is missing: the address of the sign-in service")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(p.authority, "/")+"/.well-known/openid-configuration", nil)
	if err != nil {
		return discovery{}, fmt.Errorf("authority %q is not an address: %w", providers.Clean(p.authority), err)
	}
	request.Header.Set("Accept", "application/json")
	got, err := p.wire.Exchange(request)
	if err != nil {
		return discovery{}, err
	}
	if got.Status != http.StatusOK {
		return discovery{}, oauth.Refusal(got, nil)
	}
	found := readDiscovery(got.Body)
	if err := found.check(); err != nil {
		return discovery{}, &providers.StageError{Stage: providers.StageDialogue, Host: got.Host, Err: err}
	}
	return found, nil
}

func readDiscovery(text []byte) discovery {
	body := oauth.Members(text)
	return discovery{
		issuer:        body.Text("issuer"),
		authorization: body.Text("authorization_endpoint"),
		token:         body.Text("token_endpoint"),
	}
}

// check refuses metadata that would send a person or a secret nowhere, or out in clear.
func (d discovery) check() error {
	if d.issuer == "" || d.authorization == "" || d.token == "" {
		return errors.New("its answer is not the metadata of a sign-in service: it names no issuer, authorization and token endpoint (a proxy's page, or the wrong authority)")
	}
	for _, endpoint := range []string{d.authorization, d.token} {
		u, err := url.Parse(endpoint)
		if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return fmt.Errorf("its metadata names the endpoint %q, which is not an https address", providers.Clean(endpoint))
		}
	}
	return nil
}
