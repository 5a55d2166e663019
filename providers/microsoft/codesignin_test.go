package microsoft

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

const aCode = "0.AXoA-" + planted

func code(scopes ...string) providers.CodeRequest {
	return providers.CodeRequest{Tenant: "contoso.example", ClientID: clientID, Scopes: scopes, Redirect: "http://127.0.0.1/back", Account: "crm@contoso.example"}
}

// asked is the query of the page that a person is shown.
func asked(t *testing.T, page providers.CodePage) url.Values {
	t.Helper()
	u, err := url.Parse(page.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

// come sends a browser back with an answer, in the query.
func come(t *testing.T, page providers.CodePage, answer url.Values) {
	t.Helper()
	got, err := http.Get(page.Redirect + "?" + answer.Encode())
	if err != nil {
		t.Error(err)
		return
	}
	_ = got.Body.Close()
}

// agree is a person who signs in.
func agree(t *testing.T) func(providers.CodePage) {
	return func(page providers.CodePage) {
		come(t, page, url.Values{"code": {aCode}, "state": asked(t, page)["state"]})
	}
}

func TestCodeSignIn(t *testing.T) {
	t.Parallel()
	service := newAuthority(signedIn)
	provider := service.direct()
	start := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	provider.now = func() time.Time { return start }
	var pages []providers.CodePage
	grant, err := provider.CodeSignIn(t.Context(), code(imapScope, smtpScope), func(page providers.CodePage) {
		pages = append(pages, page)
		agree(t)(page)
	})
	if err != nil {
		t.Fatal(err)
	}
	if grant.Claims.User != "crm@contoso.example" || !slices.Equal(grant.Scopes, []string{imapScope, smtpScope}) || !grant.Expires.Equal(start.Add(3599*time.Second)) {
		t.Errorf("it gives %+v", grant)
	}
	if len(pages) != 1 || !pages[0].Expires.Equal(start.Add(15*time.Minute)) || !strings.HasPrefix(pages[0].URL, "https://login.test/"+tenantID+"/oauth2/v2.0/authorize?") {
		t.Fatalf("it shows %+v", pages)
	}
	page, form := asked(t, pages[0]), service.posts("/token")[0].form
	for member, want := range map[string]string{
		"client_id": clientID, "response_type": "code", "response_mode": "query", "redirect_uri": pages[0].Redirect,
		"scope":                 imapScope + " " + smtpScope + " openid offline_access profile",
		"code_challenge_method": "S256", "prompt": "select_account", "login_hint": "crm@contoso.example",
	} {
		if got := page.Get(member); got != want {
			t.Errorf("the page has %s=%q, want %q", member, got, want)
		}
	}
	for member, want := range map[string]string{
		"grant_type": "authorization_code", "code": aCode, "redirect_uri": pages[0].Redirect, "client_id": clientID,
	} {
		if got := form.Get(member); got != want {
			t.Errorf("the form has %s=%q, want %q", member, got, want)
		}
	}
	verifier := form.Get("code_verifier")
	sum := sha256.Sum256([]byte(verifier))
	if len(verifier) < 43 || page.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		t.Error("the verifier is not that of the challenge")
	}
	if form.Has("client_secret") {
		t.Error("a public client sends a secret")
	}
}

func TestCodeSignInByOtherWaysBack(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(*testing.T, providers.CodePage){
		"as a form": func(t *testing.T, page providers.CodePage) {
			answer, err := http.PostForm(page.Redirect, url.Values{"code": {aCode}, "state": asked(t, page)["state"]})
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
		},
		"pasted": func(t *testing.T, page providers.CodePage) {
			if err := page.Paste("http://127.0.0.1/back?" + url.Values{"code": {aCode}, "state": asked(t, page)["state"]}.Encode()); err != nil {
				t.Error(err)
			}
		},
		"after the answer to another sign-in": func(t *testing.T, page providers.CodePage) {
			come(t, page, url.Values{"code": {"foreign"}, "state": {"foreign"}})
			come(t, page, url.Values{"error": {"access_denied"}})
			agree(t)(page)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(signedIn)
			if _, err := service.direct().CodeSignIn(t.Context(), code(imapScope), func(page providers.CodePage) { back(t, page) }); err != nil {
				t.Fatal(err)
			}
			if form := service.posts("/token")[0].form; form.Get("code") != aCode {
				t.Errorf("it redeemed another code")
			}
		})
	}
}

func TestCodeSignInOfAWebApplicationSendsItsSecret(t *testing.T) {
	t.Parallel()
	service := newAuthority(signedIn, say{body: personAnswer(smtpScope, nil)})
	provider := service.direct()
	request := code(imapScope)
	request.Secret = keychain.NewSecret("web-" + planted)
	first, err := provider.CodeSignIn(t.Context(), request, agree(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Another(t.Context(), device("https://graph.microsoft.com/Mail.Read"), first); err != nil {
		t.Error(err)
	}
	for i, grantType := range []string{"authorization_code", "refresh_token"} {
		if form := service.posts("/token")[i].form; form.Get("client_secret") != "web-"+planted || form.Get("grant_type") != grantType {
			t.Errorf("post %d is %s with the secret %v", i, form.Get("grant_type"), form.Has("client_secret"))
		}
	}
}

func TestAnotherAfterCodeSignIn(t *testing.T) {
	t.Parallel()
	service := newAuthority(signedIn, say{body: tokenAnswer(jwt(map[string]any{"aud": "https://graph.microsoft.com", "scp": "Mail.Read"}), nil)})
	provider := service.direct()
	first, err := provider.CodeSignIn(t.Context(), code(imapScope), agree(t))
	if err != nil {
		t.Fatal(err)
	}
	grant, err := provider.Another(t.Context(), device("https://graph.microsoft.com/Mail.Read"), first)
	if err != nil || !grant.Claims.Has("Mail.Read") {
		t.Errorf("it gives %+v, %v", grant, err)
	}
	if form := service.posts("/token")[1].form; form.Get("grant_type") != "refresh_token" || form.Has("client_secret") {
		t.Errorf("it posted %v", form)
	}
}

func TestCodeSignInThatIsRefused(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		back   url.Values // what the browser comes with besides the state
		token  say
		status int
		code   string
		number int
	}{
		{"cancelled by the person", url.Values{"error": {"access_denied"}, "error_subcode": {"cancel"}}, signedIn, 0, "access_denied", 0},
		{"consent is missing", url.Values{"error": {"interaction_required"}, "error_description": {"AADSTS65001: no consent"}}, signedIn, 0, "interaction_required", 65001},
		{"redirect of another kind", url.Values{"error": {"invalid_request"}, "error_description": {"AADSTS50011: The redirect URI does not match."}}, signedIn, 0, "invalid_request", 50011},
		{"code used twice", url.Values{"code": {aCode}}, say{status: 400, body: errorAnswer("invalid_grant", 54005, "Code "+aCode+" was already redeemed")}, 400, "invalid_grant", 54005},
		{"code too old", url.Values{"code": {aCode}}, say{status: 400, body: errorAnswer("invalid_grant", 70008, "The code has expired")}, 400, "invalid_grant", 70008},
		{"web application without its secret", url.Values{"code": {aCode}}, say{status: 401, body: errorAnswer("invalid_client", 7000218, "No assertion")}, 401, "invalid_client", 7000218},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(tc.token)
			_, err := service.direct().CodeSignIn(t.Context(), code(imapScope), func(page providers.CodePage) {
				tc.back["state"] = asked(t, page)["state"]
				come(t, page, tc.back)
			})
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) || refused.Status != tc.status || refused.Code != tc.code || refused.Number() != tc.number {
				t.Fatalf("it gives %+v", err)
			}
			mustHide(t, err)
			if posts := len(service.posts("/token")); (posts != 0) != (tc.status != 0) {
				t.Errorf("it posted %d times", posts)
			}
		})
	}
}

func TestCodeSignInThatFails(t *testing.T) {
	t.Parallel()
	dialogue := func(words string) func(error) bool {
		return func(err error) bool {
			var stage *providers.StageError
			return errors.As(err, &stage) && stage.Stage == providers.StageDialogue && strings.Contains(err.Error(), words)
		}
	}
	for _, tc := range []struct {
		name    string
		request providers.CodeRequest
		change  func(*authority, *Provider)
		show    func(*testing.T, context.CancelFunc) func(providers.CodePage)
		check   func(error) bool
	}{
		{"nobody comes back, as when the browser alone shows AADSTS50011", code(imapScope), func(_ *authority, p *Provider) { p.visitLasts = time.Microsecond }, nil, func(err error) bool {
			var expired *providers.CodePageExpired
			return errors.As(err, &expired) && !expired.At.IsZero()
		}},
		{"given up", code(imapScope), nil, func(_ *testing.T, cancel context.CancelFunc) func(providers.CodePage) {
			return func(providers.CodePage) { cancel() }
		}, func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"given up while the code is redeemed", code(imapScope), func(a *authority, p *Provider) { a.tokens = []say{{fault: context.Canceled}} }, func(t *testing.T, cancel context.CancelFunc) func(providers.CodePage) {
			return func(page providers.CodePage) { agree(t)(page); cancel() }
		}, func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"no page to sign in at", code(imapScope), func(a *authority, _ *Provider) {
			a.metadata.body = metadataAnswer("https://login.test/", map[string]any{"authorization_endpoint": nil})
		}, nil, dialogue("no page to sign in at")},
		{"page in clear", code(imapScope), func(a *authority, _ *Provider) {
			a.metadata.body = metadataAnswer("https://login.test/", map[string]any{"authorization_endpoint": "http://login.test/authorize"})
		}, nil, dialogue("not an https address")},
		{"dropped at the token endpoint", code(imapScope), func(a *authority, _ *Provider) { a.tokens = []say{{fault: io.ErrUnexpectedEOF}} }, func(t *testing.T, _ context.CancelFunc) func(providers.CodePage) { return agree(t) }, dialogue("unexpected EOF")},
		{"no scopes", code(), nil, nil, func(err error) bool { return err != nil && strings.Contains(err.Error(), "scopes are missing") }},
		{"redirect elsewhere", func() providers.CodeRequest {
			r := code(imapScope)
			r.Redirect = "https://crm.contoso.example/x"
			return r
		}(), nil, nil, func(err error) bool {
			return err != nil && strings.Contains(err.Error(), "does not lead to this computer")
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(signedIn)
			provider := service.direct()
			if tc.change != nil {
				tc.change(service, provider)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			show := func(providers.CodePage) {}
			if tc.show != nil {
				show = tc.show(t, cancel)
			}
			_, err := provider.CodeSignIn(ctx, tc.request, show)
			if !tc.check(err) {
				t.Errorf("it gives %T %v", err, err)
			}
			mustHide(t, err)
		})
	}
}
