package google

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

func TestCodeSignIn(t *testing.T) {
	t.Parallel()
	google := &service{token: success(nil)}
	provider := google.start(t)
	var pages []providers.CodePage
	grant, err := provider.CodeSignIn(t.Context(), request(mailScope), func(page providers.CodePage) {
		pages = append(pages, page)
		agree(t)(page)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(granted)
	if grant.Token.Reveal() != access || !slices.Equal(grant.Scopes, want) || !grant.Expires.Equal(noon().Add(3599*time.Second)) || grant.Took <= 0 {
		t.Errorf("it gives %+v", grant)
	}
	claims := grant.Claims
	if claims.User != person || claims.Audience != clientID || !claims.Readable || !slices.Equal(claims.Scopes, want) || !claims.Has(mailScope) || !claims.Expires.Equal(grant.Expires) {
		t.Errorf("the claims are %+v", claims)
	}
	if len(pages) != 1 || !pages[0].Expires.Equal(noon().Add(15*time.Minute)) || !strings.HasPrefix(pages[0].URL, provider.authority+"o/oauth2/v2/auth?") || !strings.HasPrefix(pages[0].Redirect, "http://127.0.0.1:") {
		t.Fatalf("it shows %+v", pages)
	}
	page, form := asked(t, pages[0]), google.forms[0]
	for member, want := range map[string]string{
		"client_id": clientID, "response_type": "code", "redirect_uri": pages[0].Redirect, "scope": mailScope + " openid email",
		"access_type": "offline", "prompt": "consent", "code_challenge_method": "S256", "login_hint": person,
	} {
		if got := page.Get(member); got != want {
			t.Errorf("the page has %s=%q, want %q", member, got, want)
		}
	}
	for member, want := range map[string]string{
		"grant_type": "authorization_code", "code": aCode, "redirect_uri": pages[0].Redirect, "client_id": clientID, "client_secret": planted,
	} {
		if got := form.Get(member); got != want {
			t.Errorf("the form has %s=%q, want %q", member, got, want)
		}
	}
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	if len(form.Get("code_verifier")) < 43 || page.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		t.Error("the verifier is not that of the challenge")
	}
	if len(google.calls) != 2 {
		t.Errorf("it traces %+v", google.calls)
	}
	mustHide(t, google.calls)
	mustHide(t, grant)
}

func TestCodeSignInReadsWhatTheAnswerSays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer map[string]any
		scopes []string
		user   string
	}{
		{"permission for mail unticked", map[string]any{"scope": "openid https://www.googleapis.com/auth/userinfo.email"}, []string{"openid", "https://www.googleapis.com/auth/userinfo.email"}, person},
		{"no scope, which means as asked", map[string]any{"scope": nil}, []string{mailScope, "openid", "email"}, person},
		{"no id_token", map[string]any{"id_token": nil}, strings.Fields(granted), ""},
		{"id_token that is none", map[string]any{"id_token": "nonsense"}, strings.Fields(granted), ""},
		{"id_token for another app", map[string]any{"id_token": idToken(map[string]any{"aud": "other", "email": person})}, strings.Fields(granted), ""},
		{"id_token without an address", map[string]any{"id_token": idToken(map[string]any{"aud": clientID, "sub": "1"})}, strings.Fields(granted), ""},
		{"another account than proposed", map[string]any{"id_token": idToken(map[string]any{"aud": clientID, "email": "somebody\x1b@workspace.example"})}, strings.Fields(granted), "somebody@workspace.example"},
		{"life as a text", map[string]any{"expires_in": "3599"}, strings.Fields(granted), person},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			grant, err := (&service{token: success(tc.answer)}).start(t).CodeSignIn(t.Context(), request(mailScope), agree(t))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(grant.Scopes, tc.scopes) || !slices.Equal(grant.Claims.Scopes, tc.scopes) || grant.Claims.User != tc.user || grant.Expires.IsZero() {
				t.Errorf("it gives %+v", grant)
			}
			if grant.Claims.Has(mailScope) != slices.Contains(tc.scopes, mailScope) {
				t.Errorf("the claims are %+v", grant.Claims)
			}
		})
	}
}

func TestCodeSignInOfAPublicClientSendsNoSecret(t *testing.T) {
	t.Parallel()
	google := &service{token: success(nil)}
	without := request(mailScope, "openid")
	without.Secret, without.Account = keychain.Secret{}, ""
	if _, err := google.start(t).CodeSignIn(t.Context(), without, func(page providers.CodePage) {
		if query := asked(t, page); query.Has("login_hint") || query.Get("scope") != mailScope+" openid email" {
			t.Errorf("it asks for %v", query)
		}
		if err := page.Paste(page.Redirect + "?" + url.Values{"code": {aCode}, "state": {asked(t, page).Get("state")}}.Encode()); err != nil {
			t.Error(err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if google.forms[0].Has("client_secret") {
		t.Error("it sends a secret that it does not have")
	}
}

func TestCodeSignInThatIsRefused(t *testing.T) {
	t.Parallel()
	code := url.Values{"code": {aCode}}
	for _, tc := range []struct {
		name   string
		back   url.Values
		token  say
		status int
		code   string
		words  string
	}{
		{"wrong client or secret", code, refusal(401, "invalid_client", "Unauthorized "+planted), 401, "invalid_client", "Unauthorized [redacted]"},
		{"client deleted", code, refusal(401, "deleted_client", "The OAuth client was deleted."), 401, "deleted_client", "was deleted"},
		{"code used twice", code, refusal(400, "invalid_grant", "Bad Request"), 400, "invalid_grant", "Bad Request"},
		{"code not decoded", code, refusal(400, "invalid_grant", "Malformed auth code: "+aCode), 400, "invalid_grant", "Malformed auth code: [redacted]"},
		{"redirect differs", code, refusal(400, "redirect_uri_mismatch", "Bad\x1b[31m Request"), 400, "redirect_uri_mismatch", "Bad[31m Request"},
		{"no description", code, say{status: 400, body: `{"error":"invalid_request"}`}, 400, "invalid_request", "invalid_request"},
		{"error with success", code, say{body: `{"error":"invalid_grant","error_description":"odd"}`}, 200, "invalid_grant", "odd"},
		{"gateway's page", code, say{status: 502, kind: "text/html", body: "<html><title>Bad Gateway</title></html>"}, 502, "", "Bad Gateway"},
		{"redirect", code, say{status: 302}, 302, "", "portal.example"},
		{"redirect that keeps the method", code, say{status: 307}, 307, "", "portal.example"},
		{"person pressed Cancel", url.Values{"error": {"access_denied"}}, success(nil), 0, "access_denied", "access_denied"},
		{"account of another organization", url.Values{"error": {"org_internal"}, "error_description": {"only for the organization\x1b"}}, success(nil), 0, "org_internal", "only for the organization"},
		{"app blocked by the administrator", url.Values{"error": {"admin_policy_enforced"}}, success(nil), 0, "admin_policy_enforced", "admin_policy_enforced"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			google := &service{token: tc.token}
			back := url.Values{}
			for name, values := range tc.back {
				back[name] = values
			}
			_, err := google.start(t).CodeSignIn(t.Context(), request(mailScope), func(page providers.CodePage) { come(t, page, back) })
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) || refused.Status != tc.status || refused.Code != tc.code || !strings.Contains(err.Error(), tc.words) {
				t.Fatalf("it gives %T %+v", err, err)
			}
			mustHide(t, err)
			mustHide(t, google.calls)
			if (len(google.forms) == 1) != (tc.status != 0) {
				t.Errorf("it posted %d times", len(google.forms))
			}
		})
	}
}

func TestCodeSignInThatFails(t *testing.T) {
	t.Parallel()
	dialogue := func(words string) func(error) bool {
		return func(err error) bool {
			var stage *providers.StageError
			return errors.As(err, &stage) && stage.Stage == providers.StageDialogue && stage.Host != "" && strings.Contains(err.Error(), words)
		}
	}
	says := func(words string) func(error) bool {
		return func(err error) bool { return err != nil && strings.Contains(err.Error(), words) }
	}
	elsewhere, certified := request(mailScope), request(mailScope)
	elsewhere.Redirect = "https://crm.workspace.example/callback"
	certified.Certificate = &providers.Certificate{}
	for _, tc := range []struct {
		name    string
		request providers.CodeRequest
		token   say
		lasts   time.Duration // 0: as long as always
		check   func(error) bool
	}{
		{"nobody comes back, as when the browser alone shows org_internal", request(mailScope), success(nil), time.Microsecond, func(err error) bool {
			var expired *providers.CodePageExpired
			return errors.As(err, &expired) && expired.At.Equal(noon().Add(time.Microsecond))
		}},
		{"success that is a page", request(mailScope), say{kind: "text/html", body: "<html>hotel " + planted}, 0, dialogue("no JSON object")},
		{"success without token", request(mailScope), say{body: `{"scope":"x"}`}, 0, dialogue("no access token")},
		{"success as a form", request(mailScope), say{kind: "text/plain", body: "access_token=" + access}, 0, dialogue("no JSON object")},
		{"huge", request(mailScope), say{body: `{"access_token":"` + strings.Repeat("x", 1<<20) + `"}`}, 0, dialogue("larger than")},
		{"dropped", request(mailScope), say{cut: true}, 0, dialogue("EOF")},
		{"no scopes", request(), success(nil), 0, says("scopes are missing")},
		{"redirect elsewhere", elsewhere, success(nil), 0, says("does not lead to this computer")},
		{"certificate", certified, success(nil), 0, says("Google has no sign-in with a certificate: use the client secret")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			provider := (&service{token: tc.token}).start(t)
			show := agree(t)
			if tc.lasts != 0 {
				provider.visitLasts, show = tc.lasts, func(providers.CodePage) {}
			}
			_, err := provider.CodeSignIn(t.Context(), tc.request, show)
			if !tc.check(err) {
				t.Errorf("it gives %T %v", err, err)
			}
			mustHide(t, err)
		})
	}
}

func TestCodeSignInEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(providers.CodePage){
		"while the browser is waited for": func(providers.CodePage) {},
		"before the code is redeemed":     agree(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := (&service{token: success(nil)}).start(t).CodeSignIn(ctx, request(mailScope), func(page providers.CodePage) { back(page); cancel() })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("it gives %v", err)
			}
		})
	}
}

func FuzzTokenAnswer(f *testing.F) {
	f.Add([]byte(success(nil).body))
	f.Add([]byte(success(map[string]any{"scope": nil, "id_token": "a.b.c", "expires_in": -1}).body))
	f.Add([]byte(`{"access_token":"x","scope":"\u001b","id_token":7}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := oauth.ReadToken(text)
		if err != nil {
			return
		}
		grant := answered{token: read}.grant(noon(), request(mailScope))
		shown := grant.Claims.User + strings.Join(grant.Scopes, "")
		if grant.Token.IsZero() || !grant.Claims.Readable || len(grant.Scopes) == 0 || providers.Clean(shown) != shown && len(shown) < 2000 {
			t.Errorf("it gives %+v", grant)
		}
	})
}
