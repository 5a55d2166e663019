package google

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

const (
	clientID  = "1234567890-abc.apps.googleusercontent.com"
	planted   = "GOCSPX-Planted~secret/v4lue"
	aCode     = "4/0AX-code-" + planted
	access    = "ya29.a0-Planted-access"
	mailScope = "https://mail.google.com/"
	granted   = "openid https://www.googleapis.com/auth/userinfo.email " + mailScope
	person    = "crm@workspace.example"
)

// noon is the time of the provider's clock.
func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// say is one answer of the fake sign-in service.
type say struct {
	status int // 0 means 200
	kind   string
	body   string
	cut    bool // the connection ends in the middle
}

// service is a double of Google's sign-in service: metadata, and a token endpoint that says what
// it is told to. The page to sign in at is the test's own business.
type service struct {
	metadata say
	token    say

	mu    sync.Mutex
	forms []url.Values // posted to the token endpoint
	calls []oauth.Call
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := say{status: http.StatusNotFound}
	switch r.Method + " " + r.URL.Path {
	case "GET /.well-known/openid-configuration":
		if answer = s.metadata; answer.body == "" && answer.status == 0 {
			answer.body = metadata("https://"+r.Host, nil)
		}
	case "POST /token":
		_ = r.ParseForm()
		s.mu.Lock()
		s.forms = append(s.forms, r.PostForm)
		s.mu.Unlock()
		answer = s.token
	}
	if answer.cut {
		panic(http.ErrAbortHandler)
	}
	if answer.kind == "" {
		answer.kind = "application/json; charset=utf-8"
	}
	w.Header().Set("Content-Type", answer.kind)
	w.Header().Set("Location", "https://portal.example/login")
	if answer.status != 0 {
		w.WriteHeader(answer.status)
	}
	_, _ = io.WriteString(w, answer.body)
}

// start serves on loopback and returns a provider that reaches it.
func (s *service) start(t *testing.T) *Provider {
	t.Helper()
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return New(Options{
		Endpoints: providers.Endpoints{Authority: server.URL + "/", Roots: roots},
		Now:       noon,
		Trace: func(call oauth.Call) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.calls = append(s.calls, call)
		},
	})
}

func encode(members, changes map[string]any) string {
	for name, value := range changes {
		if value == nil {
			delete(members, name)
		} else {
			members[name] = value
		}
	}
	text, err := json.Marshal(members)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func metadata(base string, changes map[string]any) string {
	return encode(map[string]any{
		"issuer":                        base,
		"authorization_endpoint":        base + "/o/oauth2/v2/auth",
		"device_authorization_endpoint": base + "/device/code",
		"token_endpoint":                base + "/token",
	}, changes)
}

func idToken(claims map[string]any) string {
	return "eyJhbGciOiJSUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(encode(claims, nil))) + ".c2ln"
}

// success is a token answer as Google writes it.
func success(changes map[string]any) say {
	return say{body: encode(map[string]any{
		"access_token": access, "expires_in": 3599, "refresh_token": "1//0Planted-refresh", "scope": granted, "token_type": "Bearer",
		"id_token": idToken(map[string]any{"iss": "https://accounts.google.com", "aud": clientID, "azp": clientID, "sub": "1", "hd": "workspace.example", "email": person, "email_verified": true}),
	}, changes)}
}

func refusal(status int, code, text string) say {
	return say{status: status, body: encode(map[string]any{"error": code, "error_description": text}, nil)}
}

func request(scopes ...string) providers.CodeRequest {
	return providers.CodeRequest{ClientID: clientID, Secret: keychain.NewSecret(planted), Scopes: scopes, Redirect: "http://127.0.0.1", Account: person}
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

// come sends a browser back with an answer and this sign-in's state.
func come(t *testing.T, page providers.CodePage, answer url.Values) {
	t.Helper()
	answer.Set("state", asked(t, page).Get("state"))
	got, err := http.Get(page.Redirect + "?" + answer.Encode())
	if err != nil {
		t.Error(err)
		return
	}
	_ = got.Body.Close()
}

// agree is a person who signs in.
func agree(t *testing.T) func(providers.CodePage) {
	return func(page providers.CodePage) { come(t, page, url.Values{"code": {aCode}, "scope": {granted}}) }
}

// mustHide fails when a secret of these tests stands in what is printed.
func mustHide(t *testing.T, value any) {
	t.Helper()
	for _, text := range []string{fmt.Sprintf("%v", value), fmt.Sprintf("%+v", value), fmt.Sprintf("%#v", value)} {
		for _, secret := range []string{planted, url.QueryEscape(planted), "Planted", "eyJ"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q shows in %s", secret, text)
			}
		}
		if strings.ContainsRune(text, 0x1b) {
			t.Errorf("control characters show in %q", text)
		}
	}
}
