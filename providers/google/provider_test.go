package google

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestWaysThatGoogleDoesNotHave(t *testing.T) {
	t.Parallel()
	google := &service{token: success(nil)}
	provider := google.start(t)
	ctx := t.Context()
	for name, tc := range map[string]struct {
		ask   func() (providers.Grant, error)
		words string
	}{
		"app by itself": {func() (providers.Grant, error) { return provider.AppOnly(ctx, providers.AppCredential{}, mailScope) }, "service account"},
		"device code": {func() (providers.Grant, error) {
			return provider.DeviceSignIn(ctx, providers.DeviceRequest{}, func(providers.DeviceCode) { t.Error("it showed a code") })
		}, "through a browser"},
		"another token": {func() (providers.Grant, error) {
			return provider.Another(ctx, providers.DeviceRequest{}, providers.Grant{})
		}, "sign in again"},
		"text of a product": {func() (providers.Grant, error) {
			return provider.Replay(ctx, "https://oauth2.googleapis.com/token", url.Values{})
		}, "let the product sign in"},
	} {
		grant, err := tc.ask()
		var unsupported *providers.Unsupported
		if !errors.As(err, &unsupported) || unsupported.Service != "Google" || !strings.HasPrefix(err.Error(), "Google has no ") || !strings.Contains(err.Error(), tc.words) || !grant.Token.IsZero() {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if len(google.calls) != 0 {
		t.Errorf("it asked %+v", google.calls)
	}
}
