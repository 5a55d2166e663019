// Package microsoft signs in to Microsoft Entra ID through Microsoft's own library (MSAL), and
// keeps what the service really said, which the library partly hides.
package microsoft

import (
	"net/http"
	"net/url"
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
type Options struct {
	Endpoints providers.Endpoints
	// Transport carries the requests. Nil means one of the provider's own, which trusts
	// Endpoints.Roots besides the system's authorities and goes through Proxy.
	Transport http.RoundTripper
	// Proxy says which proxy a request goes through, as in http.Transport. Nil means none.
	Proxy func(*http.Request) (*url.URL, error)
	// Now tells when codes and tokens end. Nil means time.Now.
	Now func() time.Time
	// Trace is told of every exchange, when it is not nil. It may be called by several
	// goroutines at the same time.
	Trace func(oauth.Call)
}

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
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Trace == nil {
		options.Trace = func(oauth.Call) {}
	}
	if options.Transport == nil {
		options.Transport = oauth.NewTransport(options.Endpoints.Roots, options.Proxy)
	}
	p := &Provider{
		endpoints:  options.Endpoints,
		now:        options.Now,
		wire:       oauth.Wire{Transport: options.Transport, Now: options.Now, Trace: options.Trace},
		visitLasts: loopback.Lasts,
		apps:       map[appKey]confidential.Client{},
		people:     map[person]public.Client{},
		accounts:   map[keychain.Secret]signer{},
	}
	p.http = &http.Client{
		Transport:     guard{wire: p.wire},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return p
}
