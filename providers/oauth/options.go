package oauth

import (
	"net/http"
	"net/url"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// Options say where a sign-in service is and how it is reached.
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
	Trace func(Call)
}

// Wire is the way to the service that the options describe. Nothing is asked of the network yet.
func (o Options) Wire() Wire {
	wire := Wire{Transport: o.Transport, Now: o.Now, Trace: o.Trace}
	if wire.Transport == nil {
		wire.Transport = NewTransport(o.Endpoints.Roots, o.Proxy)
	}
	if wire.Now == nil {
		wire.Now = time.Now
	}
	if wire.Trace == nil {
		wire.Trace = func(Call) {}
	}
	return wire
}
