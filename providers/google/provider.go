// Package google signs people in to Gmail and Google Workspace in a browser, the one way that
// Google allows for mail to apps that have a client secret.
package google

import (
	"context"
	"net/url"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/loopback"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// Options say where the sign-in service is and how it is reached. The authority of Google's own
// is https://accounts.google.com/.
type Options = oauth.Options

// Provider is Google's sign-in service at one set of endpoints. It is safe for concurrent use and
// keeps no tokens.
type Provider struct {
	authority  string
	wire       oauth.Wire
	visitLasts time.Duration // how long a browser is waited for
}

var _ providers.Provider = (*Provider)(nil)

// New returns a provider. Nothing is asked of the network yet.
func New(options Options) *Provider {
	return &Provider{authority: options.Endpoints.Authority, wire: options.Wire(), visitLasts: loopback.Lasts}
}

// AppOnly is refused: Google has no client credentials (RFC 6749 section 4.4).
func (p *Provider) AppOnly(context.Context, providers.AppCredential, string) (providers.Grant, error) {
	return providers.Grant{}, unsupported("sign-in of an app by itself with a client secret or certificate", "sign a person in through a browser, or let the product use a service account with domain-wide delegation")
}

// DeviceSignIn is refused: no mail scope is among those that Google allows with a device code
// (https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes).
func (p *Provider) DeviceSignIn(context.Context, providers.DeviceRequest, func(providers.DeviceCode)) (providers.Grant, error) {
	return providers.Grant{}, unsupported("device code for mail", "sign in through a browser")
}

// Another is refused: no refresh token is kept, so that a person must be asked again.
func (p *Provider) Another(context.Context, providers.DeviceRequest, providers.Grant) (providers.Grant, error) {
	return providers.Grant{}, unsupported("further token without a person here, for no refresh token is kept", "sign in again")
}

// Replay is refused: a product's text without a person in it would need client credentials.
func (p *Provider) Replay(context.Context, string, url.Values) (providers.Grant, error) {
	return providers.Grant{}, unsupported("token for a product's text alone", "let the product sign in itself")
}

func unsupported(way, instead string) error {
	return &providers.Unsupported{Service: "Google", Way: way, Instead: instead}
}
