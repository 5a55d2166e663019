package microsoft

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestAppOnlyGivesAGrant(t *testing.T) {
	t.Parallel()
	access := appToken(map[string]any{"oid": "66666666-7777-8888-9999-000000000000"})
	service := newAuthority(say{body: tokenAnswer(access, nil)})
	before := time.Now()
	grant, err := service.overTLS(t, nil).AppOnly(t.Context(), app(), exchange365)
	if err != nil {
		t.Fatal(err)
	}
	if grant.Token.Reveal() != access || !grant.Claims.Readable || !grant.Claims.Has("IMAP.AccessAsApp") || grant.Claims.ObjectID != "66666666-7777-8888-9999-000000000000" {
		t.Errorf("the claims are %+v", grant.Claims)
	}
	if life := grant.Expires.Sub(before); life < 3590*time.Second || life > 3700*time.Second {
		t.Errorf("it ends in %v", life)
	}
	if grant.Took <= 0 || grant.Took > time.Minute {
		t.Errorf("it took %v", grant.Took)
	}
	posts := service.posts("/token")
	if len(posts) != 1 || len(service.heard) != 2 {
		t.Fatalf("it asked %d times, with %d posts; want the metadata and one post", len(service.heard), len(posts))
	}
	form := posts[0].form
	if posts[0].path != "/"+tenantID+"/oauth2/v2.0/token" || form.Get("grant_type") != "client_credentials" ||
		form.Get("client_secret") != planted || form.Get("client_id") != clientID || !strings.HasPrefix(form.Get("scope"), exchange365) {
		t.Errorf("it posted %v to %s", form, posts[0].path)
	}
}

// refusals are answers of the token endpoint with what must come out.
var refusals = []struct {
	name   string
	answer say
	check  func(*providers.AuthorityError) bool
}{
	{"wrong secret", say{status: 401, body: errorAnswer("invalid_client", 7000215, "Invalid client secret provided")}, func(e *providers.AuthorityError) bool {
		return e.Status == 401 && e.Code == "invalid_client" && e.Number() == 7000215 && e.Description == "AADSTS7000215: Invalid client secret provided." &&
			e.TraceID == "0000aaaa-11bb-cccc-dd22-eeeeee333333" && e.CorrelationID == "aaaa0000-bb11-2222-33cc-444444dddddd" && e.Timestamp == "2026-11-21 16:00:00Z"
	}},
	{"throttled", say{status: 429, header: http.Header{"Retry-After": {"17"}}, body: errorAnswer("temporarily_unavailable", 90033, "Busy")}, func(e *providers.AuthorityError) bool {
		return e.Status == 429 && e.RetryAfter == 17*time.Second
	}},
	{"page of a broken gateway", say{status: 502, body: "<html><head><title>Bad\x1b[31m Gateway</title></head><body>x</body></html>"}, func(e *providers.AuthorityError) bool {
		return e.Status == 502 && e.Code == "" && strings.Contains(e.Description, "Bad[31m Gateway") && !strings.Contains(e.Description, "<")
	}},
	{"redirect", say{status: 302, header: http.Header{"Location": {"https://portal.example/login?next=x"}}}, func(e *providers.AuthorityError) bool {
		return e.Status == 302 && strings.Contains(e.Description, "portal.example") && !strings.Contains(e.Description, "next")
	}},
	{"secret comes back", say{status: 400, body: errorAnswer("invalid_client", 7000215, "You sent "+planted+" and Zq8~Planted%2Bsecret%2Fv4lue%3D%3D")}, func(e *providers.AuthorityError) bool {
		return strings.Contains(e.Description, "You sent [redacted] and")
	}},
}

func TestAppOnlyKeepsWhatTheServiceSaid(t *testing.T) {
	t.Parallel()
	for _, tc := range refusals {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(tc.answer)
			_, err := service.overTLS(t, nil).AppOnly(t.Context(), app(), exchange365)
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) {
				t.Fatalf("it gives %T %v", err, err)
			}
			if !tc.check(refused) {
				t.Errorf("it gives %+v", refused)
			}
			mustHide(t, err)
			if posts := len(service.posts("/token")); posts != 1 {
				t.Errorf("it posted %d times", posts)
			}
		})
	}
}

func TestAppOnlyNamesTheStageOfTrouble(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer say
		words  string
	}{
		{"cut", say{handle: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9000")
			_, _ = fmt.Fprint(w, `{"access_token":"`+appToken(nil))
		}}, "unexpected EOF"},
		{"cut without saying so", say{body: `{"token_type":"Bearer","access_token":"` + appToken(nil)}, "no JSON object"},
		{"dropped", say{handle: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}, "EOF"},
		{"endless", say{handle: func(w http.ResponseWriter, _ *http.Request) {
			for line := strings.Repeat("x", 1<<16); ; {
				if _, err := fmt.Fprint(w, line); err != nil {
					return
				}
			}
		}}, "larger than 1048576 bytes"},
		{"success that is a page", say{body: "<html><title>Welcome to the hotel</title></html>"}, "no JSON object"},
		{"success that is a list", say{body: `["eyJhbGciOiJub25lIn0"]`}, "no JSON object"},
		{"success without token", say{body: `{"token_type":"Bearer"}`}, "no access token"},
		{"token of the wrong type", say{body: `{"access_token":["` + planted + `"],"expires_in":3600}`}, "no access token"},
		{"token with control characters", say{body: tokenAnswer("abc\r\ndef", nil)}, "characters that no token may have"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := newAuthority(tc.answer).overTLS(t, nil).AppOnly(t.Context(), app(), exchange365)
			var stage *providers.StageError
			if !errors.As(err, &stage) || stage.Stage != providers.StageDialogue || !strings.Contains(err.Error(), tc.words) {
				t.Errorf("it gives %v", err)
			}
			mustHide(t, err)
		})
	}
}

func TestAppOnlyTakesAnswersThatMSALWouldRefuse(t *testing.T) {
	t.Parallel()
	access := appToken(map[string]any{"exp": 1795276800})
	for _, tc := range []struct {
		name    string
		answer  string
		scopes  []string
		expires bool
	}{
		{"another scope granted", tokenAnswer(access, map[string]any{"scope": "a b\x1b"}), []string{"a", "b"}, true},
		{"no life", tokenAnswer(access, map[string]any{"expires_in": nil}), nil, true},
		{"life as a text", tokenAnswer(access, map[string]any{"expires_in": "3599"}), nil, true},
		{"life without sense", tokenAnswer(access, map[string]any{"expires_in": -1e300}), nil, true},
		{"id_token that is none", tokenAnswer(access, map[string]any{"id_token": "nonsense"}), nil, true},
		{"opaque token without life", tokenAnswer("opaque", map[string]any{"expires_in": nil}), nil, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			grant, err := newAuthority(say{body: tc.answer}).direct().AppOnly(t.Context(), app(), exchange365)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(grant.Scopes, tc.scopes) || grant.Expires.IsZero() == tc.expires || grant.Token.IsZero() {
				t.Errorf("it gives %+v", grant)
			}
		})
	}
}

func TestAppOnlyAsksOncePerAudienceAndCredential(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
	provider := service.overTLS(t, nil)
	var group sync.WaitGroup
	for range 16 {
		for _, scope := range []string{exchange365, graphScope} {
			group.Go(func() {
				if _, err := provider.AppOnly(t.Context(), app(), scope); err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	if posts := len(service.posts("/token")); posts != 2 {
		t.Errorf("32 callers for two audiences made %d posts", posts)
	}
	if lookups := len(service.posts("openid-configuration")); lookups != 1 {
		t.Errorf("the metadata was read %d times", lookups)
	}
	other := app()
	other.Secret = keychain.NewSecret("another-secret")
	if _, err := provider.AppOnly(t.Context(), other, exchange365); err != nil {
		t.Error(err)
	}
	if posts := service.posts("/token"); len(posts) != 3 || posts[2].form.Get("client_secret") != "another-secret" {
		t.Errorf("another credential made %d posts in all", len(posts))
	}
}

func TestAppOnlyAnewAsksAgain(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)}, say{body: tokenAnswer(appToken(map[string]any{"roles": []string{"SMTP.SendAsApp"}}), nil)})
	provider := service.direct()
	if _, err := provider.AppOnly(t.Context(), app(), exchange365); err != nil {
		t.Fatal(err)
	}
	anew := app()
	anew.Anew = true
	for _, credential := range []providers.AppCredential{anew, app()} {
		grant, err := provider.AppOnly(t.Context(), credential, exchange365)
		if err != nil || !grant.Claims.Has("SMTP.SendAsApp") {
			t.Errorf("it gives %+v, %v", grant.Claims, err)
		}
	}
	if posts := len(service.posts("/token")); posts != 2 {
		t.Errorf("it posted %d times", posts)
	}
}

func TestAppOnlyDoesNotKeepAFailure(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{status: 401, body: errorAnswer("invalid_client", 7000222, "Expired")}, say{body: tokenAnswer(appToken(nil), nil)})
	provider := service.direct()
	if _, err := provider.AppOnly(t.Context(), app(), exchange365); err == nil {
		t.Fatal("the refusal was swallowed")
	}
	if _, err := provider.AppOnly(t.Context(), app(), exchange365); err != nil {
		t.Error(err)
	}
}

func TestAppOnlyRenewsATokenThatEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
		provider := service.direct()
		for _, step := range []struct {
			wait  time.Duration
			posts int
		}{{0, 1}, {50 * time.Minute, 1}, {10 * time.Minute, 2}} {
			select {
			case <-time.After(step.wait):
			case <-t.Context().Done():
			}
			if _, err := provider.AppOnly(t.Context(), app(), exchange365); err != nil {
				t.Fatal(err)
			}
			if posts := len(service.posts("/token")); posts != step.posts {
				t.Errorf("after another %v there were %d posts, want %d", step.wait, posts, step.posts)
			}
		}
	})
}

func TestAppOnlyOneCallerLeavesTheOthersStay(t *testing.T) {
	t.Parallel()
	reached, release := make(chan struct{}), make(chan struct{})
	service := newAuthority(say{handle: func(w http.ResponseWriter, _ *http.Request) {
		close(reached)
		<-release
		_, _ = fmt.Fprint(w, tokenAnswer(appToken(nil), nil))
	}})
	provider := service.overTLS(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	left, stayed := make(chan error, 1), make(chan error, 1)
	go func() { _, err := provider.AppOnly(ctx, app(), exchange365); left <- err }()
	<-reached
	go func() { _, err := provider.AppOnly(t.Context(), app(), exchange365); stayed <- err }()
	for waiting := 0; waiting < 2; { // until the second caller has joined the first one's request
		provider.grants.mu.Lock()
		waiting = provider.grants.calls[appGrant{keyOf(app()), exchange365}].waiting
		provider.grants.mu.Unlock()
		runtime.Gosched()
	}
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that left got %v", err)
	}
	close(release)
	if err := <-stayed; err != nil {
		t.Errorf("the caller that stayed got %v", err)
	}
}

func TestAppOnlyRefusesBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
	without := app()
	without.Secret = keychain.Secret{}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	provider := service.direct()
	if _, err := provider.AppOnly(t.Context(), without, exchange365); err == nil || err.Error() != "client secret is missing" {
		t.Errorf("without a secret it gives %v", err)
	}
	if _, err := provider.AppOnly(ended, app(), exchange365); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context it gives %v", err)
	}
	if len(service.heard) != 0 {
		t.Errorf("it asked %d times", len(service.heard))
	}
}

func BenchmarkAppOnlyCached(b *testing.B) {
	provider := newAuthority(say{body: tokenAnswer(appToken(nil), nil)}).direct()
	for b.Loop() {
		if _, err := provider.AppOnly(b.Context(), app(), exchange365); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAppOnlyWithAClockAheadOfMSALs(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
	ahead := time.Duration(0)
	provider := New(Options{
		Endpoints: providers.Endpoints{Authority: "https://login.test/"}, Transport: service,
		Now: func() time.Time { return time.Now().Add(ahead) },
	})
	first, err := provider.AppOnly(t.Context(), app(), exchange365)
	if err != nil {
		t.Fatal(err)
	}
	ahead = 2 * time.Hour
	second, err := provider.AppOnly(t.Context(), app(), exchange365)
	if err != nil || !second.Token.Equal(first.Token) || !second.Claims.Has("IMAP.AccessAsApp") || second.Expires.IsZero() {
		t.Errorf("it gives %+v, %v", second, err)
	}
	if posts := len(service.posts("/token")); posts != 1 {
		t.Errorf("it posted %d times", posts)
	}
}
