package microsoft

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// exchange is what one sign-in really sent and heard, beside what MSAL makes of it. It travels
// in the context, belongs to one goroutine at a time, and is filled by the guard.
type exchange struct {
	metadata metadata
	code     deviceCode // when the sign-in uses one
	ends     time.Time  // the code's end, by the provider's clock
	pace     pace

	took    time.Duration // the requests that led to the token
	token   *oauth.Token
	refused *providers.AuthorityError
	fault   *providers.StageError
}

type exchangeKey struct{}

// in returns a context that carries the exchange to the guard.
func (x *exchange) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

func exchangeIn(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// why names the reason of MSAL's err: what the service said or the network did, rather than
// MSAL's text, which quotes whole answers and with them tokens. ctx is the caller's.
func (x *exchange) why(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.refused != nil && x.ranOut():
		return &providers.DeviceCodeExpired{At: x.ends}
	case x.refused != nil:
		return x.refused
	case x.fault != nil:
		return x.fault
	case errors.Is(err, context.DeadlineExceeded) && !x.ends.IsZero():
		if x.pace.trouble != nil { // nobody can tell whether the code was used
			return x.pace.trouble
		}
		return &providers.DeviceCodeExpired{At: x.ends}
	}
	return &providers.StageError{Stage: providers.StageDialogue, Host: x.metadata.host, Err: x.unusable()}
}

// ranOut reports whether the service says that the code has ended: RFC 8628 section 3.5, and
// Entra's own numbers for it.
func (x *exchange) ranOut() bool {
	number := x.refused.Number()
	return !x.ends.IsZero() && (x.refused.Code == "expired_token" || number == 70019 || number == 70020)
}

// unusable explains what MSAL refuses by itself. It wants the issuer at the authority's host or
// at one of Microsoft's.
func (x *exchange) unusable() error {
	if issuer := hostIn(x.metadata.issuer); issuer != hostIn(x.metadata.authority) && !isPublic(issuer) {
		return fmt.Errorf("its metadata names the issuer %q, whose host is not the authority's: use the authority address of that issuer", providers.Clean(x.metadata.issuer))
	}
	return errors.New("its answer has a form that the sign-in library cannot use")
}
