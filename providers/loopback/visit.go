package loopback

import (
	"context"
	"errors"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// Lasts is how long a browser is waited for. It is our choice: a sign-in with a second factor and
// a consent takes minutes, and Entra's own device codes live as long.
const Lasts = 15 * time.Minute

// Visit is one visit of a person's browser to a sign-in page.
type Visit struct {
	Redirect string        // as registered, see Listen
	Lasts    time.Duration // see Lasts
	Now      func() time.Time
}

// Return is what the browser came back with.
type Return struct {
	Code     keychain.Secret
	Redirect string // the address it came back to, which the token request must repeat
}

// Make shows, through show and once, the page whose address is given by address from the redirect
// and the state, and waits until the browser comes back. The error is the service's refusal as
// *providers.AuthorityError, *providers.CodePageExpired, ctx's own, or address's.
func (v Visit) Make(ctx context.Context, show func(providers.CodePage), address func(redirect, state string) (string, error)) (Return, error) {
	listener, err := Listen(v.Redirect)
	if err != nil {
		return Return{}, err
	}
	defer listener.Close()
	page, err := address(listener.Redirect(), listener.State())
	if err != nil {
		return Return{}, err
	}
	ends := v.Now().Add(v.Lasts)
	waiting, cancel := context.WithTimeout(ctx, v.Lasts)
	defer cancel()
	show(providers.CodePage{URL: page, Redirect: listener.Redirect(), Expires: ends, Paste: listener.Paste})
	code, err := listener.Wait(waiting)
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = &providers.CodePageExpired{At: ends}
	}
	return Return{Code: code, Redirect: listener.Redirect()}, err
}
