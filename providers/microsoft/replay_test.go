package microsoft

import (
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func productForm() url.Values {
	return url.Values{
		"grant_type": {"client_credentials"}, "client_id": {clientID}, "client_secret": {planted},
		"scope": {exchange365}, "empty": {""},
	}
}

func TestReplayPostsExactlyTheForm(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer(appToken(nil), map[string]any{"scope": "a b"})})
	grant, err := service.overTLS(t, nil).Replay(t.Context(), "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token?x=1", productForm())
	if err != nil {
		t.Fatal(err)
	}
	if !grant.Claims.Has("IMAP.AccessAsApp") || !slices.Equal(grant.Scopes, []string{"a", "b"}) || grant.Took <= 0 {
		t.Errorf("it gives %+v", grant)
	}
	posts := service.posts("/token")
	if len(posts) != 1 || len(service.heard) != 1 || posts[0].path != "/contoso.example/oauth2/v2.0/token" {
		t.Fatalf("it posted %+v", service.heard)
	}
	if got, want := posts[0].form.Encode(), productForm().Encode(); got != want {
		t.Errorf("it posted %q", got)
	}
}

func TestReplayTarget(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, authority, address, want string
	}{
		{"public host goes to the private authority", "https://127.0.0.1:8443/", "https://login.microsoftonline.com/t/oauth2/v2.0/token", "https://127.0.0.1:8443/t/oauth2/v2.0/token"},
		{"its path is kept", "https://proxy.example/entra/", "https://LOGIN.microsoftonline.com/t/token?a=b", "https://proxy.example/entra/t/token?a=b"},
		{"older public host", "https://127.0.0.1:8443/", "https://login.windows.net/t/oauth2/token", "https://127.0.0.1:8443/t/oauth2/token"},
		{"production", "https://login.microsoftonline.com/", "https://login.microsoftonline.com/t/token", "https://login.microsoftonline.com/t/token"},
		{"another cloud's address is tried as it stands", "https://login.microsoftonline.com/", "https://login.microsoftonline.us/t/token", "https://login.microsoftonline.us/t/token"},
		{"a host of one's own", "https://127.0.0.1:8443/", "https://sso.example/token", "https://sso.example/token"},
		{"in clear", "https://127.0.0.1:8443/", "http://login.microsoftonline.com/t/token", ""},
		{"with a user", "https://127.0.0.1:8443/", "https://u:p@login.microsoftonline.com/t/token", ""},
		{"no address", "https://127.0.0.1:8443/", "token", ""},
		{"broken address", "https://127.0.0.1:8443/", "https://[::1/\x1b", ""},
		{"no authority", "", "https://login.microsoftonline.com/t/token", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := New(Options{Endpoints: providers.Endpoints{Authority: tc.authority}}).replayTarget(tc.address)
			if got != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("it gives %q, %v", got, err)
			}
			if err != nil {
				mustHide(t, err)
			}
		})
	}
}

func TestReplayThatFails(t *testing.T) {
	t.Parallel()
	const address = "https://login.microsoftonline.com/t/token"
	for _, tc := range refusals {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := newAuthority(tc.answer).direct().Replay(t.Context(), address, productForm())
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) || !tc.check(refused) {
				t.Errorf("it gives %v", err)
			}
			mustHide(t, err)
		})
	}
	for _, answer := range []say{{fault: io.EOF}, {body: "<html>"}} {
		_, err := newAuthority(answer).direct().Replay(t.Context(), address, productForm())
		var stage *providers.StageError
		if !errors.As(err, &stage) || stage.Host != "login.test:443" {
			t.Errorf("it gives %v", err)
		}
	}
	if _, err := newAuthority(say{}).direct().Replay(t.Context(), "http://x/", productForm()); err == nil || strings.Contains(err.Error(), planted) {
		t.Errorf("it gives %v", err)
	}
}
