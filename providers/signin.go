package providers

import (
	"context"
	"net/url"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
)

// Grant is one access token with what it says about itself. It lives in memory for one run.
type Grant struct {
	Token   keychain.Secret
	Claims  Claims
	Scopes  []string // what the service says it granted, where it says so
	Expires time.Time
	Took    time.Duration // from the request to the token, without the time a person took
}

// Tenant is what the sign-in service's public metadata tells about an organisation.
type Tenant struct {
	ID     string // the tenant's GUID, or the name asked for where the metadata shows none
	Asked  string // what was looked up: GUID or domain
	Issuer string
	Region string // tenant_region_scope, when given
	Cloud  string // cloud_instance_name, when given
}

// AppCredential is what a product signs in with as itself: a client secret or a certificate.
type AppCredential struct {
	Tenant      string
	ClientID    ClientID
	Secret      keychain.Secret
	Certificate *Certificate // nil where a secret is used
	// Anew asks the service again even when a token is at hand, as after a permission was granted.
	Anew bool
}

// CodeRequest asks for a delegated token through a browser: an authorization code with PKCE
// (RFC 6749 section 4.1, RFC 7636) that is answered to a port of this computer (RFC 8252 section 7.3).
type CodeRequest struct {
	Tenant      string // empty where the service has none
	ClientID    ClientID
	Secret      keychain.Secret // zero for a public client and where a certificate is used
	Certificate *Certificate    // nil for a public client and where a secret is used
	Scopes      []string        // of one resource
	Redirect    string          // registered, http://localhost or http://127.0.0.1:8421/path; without a port any free one is taken
	Account     Address         // who is expected; proposed to the person
}

// CodePage is what the person must open.
type CodePage struct {
	URL      string
	Redirect string    // where the browser ends up, with its port
	Expires  time.Time // when waiting ends
	// Paste takes the address that a browser elsewhere ended up at. Its error says what is wrong
	// with the text; then waiting goes on.
	Paste func(address string) error
}

// DeviceRequest asks for a delegated token through a code that a person enters elsewhere.
type DeviceRequest struct {
	Tenant   string
	ClientID ClientID
	Scopes   []string // of one resource
}

// DeviceCode is what the person must be shown. The device code itself stays inside.
type DeviceCode struct {
	UserCode        string
	VerificationURI string
	Expires         time.Time
}

// Provider is one sign-in service at one set of endpoints. Errors are *AuthorityError,
// *StageError, *DeviceCodeExpired, *CodePageExpired, *Unsupported or the context's own.
type Provider interface {
	// LookUp reads the tenant's metadata; nothing is signed in.
	LookUp(ctx context.Context, tenant string) (Tenant, error)
	// AppOnly signs the product in as itself for the resource's /.default scope. The same
	// credential and resource are asked for once, also by concurrent callers.
	AppOnly(ctx context.Context, credential AppCredential, scope string) (Grant, error)
	// DeviceSignIn shows a code through show and waits for the person. The account that
	// signed in stands in the grant's claims.
	DeviceSignIn(ctx context.Context, request DeviceRequest, show func(DeviceCode)) (Grant, error)
	// CodeSignIn shows an address through show, once, and waits until a browser comes back from it
	// to the request's redirect, or until its address there is pasted. A refusal in the browser is
	// an *AuthorityError with Status 0; a request that the service does not answer to the redirect,
	// such as one with an unknown redirect, the person sees in the browser only.
	CodeSignIn(ctx context.Context, request CodeRequest, show func(CodePage)) (Grant, error)
	// Another asks, without a person, for a token with other scopes of the account that signed
	// in through DeviceSignIn or CodeSignIn with the first grant. It is used to observe, not to connect.
	Another(ctx context.Context, request DeviceRequest, first Grant) (Grant, error)
	// Replay posts a form to a token address exactly as a product's own text would. An address at
	// the provider's public host goes to the authority of these endpoints instead.
	Replay(ctx context.Context, address string, form url.Values) (Grant, error)
}
