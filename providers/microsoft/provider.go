// Package microsoft signs in to Microsoft Entra ID through Microsoft's own library (MSAL), and
// keeps what the service really said, which the library partly hides.
package microsoft

import (
	"net/http"
	"sync"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/loopback"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// Options say where the sign-in service is and how it is reached.
type Options = oauth.Options

// Provider is the Microsoft sign-in service at one set of endpoints. It is safe for concurrent
// use. Tokens live in it and nowhere else.
type Provider struct {
	endpoints providers.Endpoints
	now       func() time.Time
	wire      oauth.Wire
	http      *http.Client // what MSAL is given

	visitLasts time.Duration // how long a browser is waited for

	tenants memo[string, metadata]
	grants  memo[appGrant, providers.Grant]

	mu       sync.Mutex // guards the maps below
	apps     map[appKey]confidential.Client
	people   map[person]public.Client
	accounts map[keychain.Secret]signer // by the access token that came with the account
}

var _ providers.Provider = (*Provider)(nil)

// appGrant is what one app-only token is for.
type appGrant struct {
	app   appKey
	scope string
}

// person is what one public client of MSAL is for.
type person struct {
	tenant   string
	clientID providers.ClientID
}

// New returns a provider. Nothing is asked of the network yet.
func New(options Options) *Provider {
	wire := options.Wire()
	p := &Provider{
		endpoints:  options.Endpoints,
		now:        wire.Now,
		wire:       wire,
		visitLasts: loopback.Lasts,
		apps:       map[appKey]confidential.Client{},
		people:     map[person]public.Client{},
		accounts:   map[keychain.Secret]signer{},
	}
	p.http = &http.Client{
		Transport:     guard{wire: wire},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return p
}
