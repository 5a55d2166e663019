package microsoft

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
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
	tenantID    = "8d4a1f6e-0b6c-4f0e-9a51-2f6f0c3f1a01"
	clientID    = "11111111-2222-3333-4444-555555555555"
	planted     = "Zq8~Planted+secret/v4lue=="
	exchange365 = "https://outlook.office365.com/.default"
	graphScope  = "https://graph.microsoft.com/.default"
	imapScope   = "https://outlook.office.com/IMAP.AccessAsUser.All"
	smtpScope   = "https://outlook.office.com/SMTP.Send"
)

// say is one answer of the fake sign-in service.
type say struct {
	status int // 0 means 200
	body   string
	header http.Header
	fault  error                                    // no answer, but this on the wire; only without TLS
	handle func(http.ResponseWriter, *http.Request) // instead of the above; only with TLS
}

// heard is one request that came.
type heard struct {
	method, path string
	form         url.Values
	at           time.Time
}

// authority is a sign-in service that says what it is told to. It serves over TLS as a handler,
// or without a network as a transport, so that tests can run on a fake clock.
type authority struct {
	mu       sync.Mutex
	metadata say
	device   say
	tokens   []say // in order; the last one is repeated
	heard    []heard
}

func newAuthority(tokens ...say) *authority {
	return &authority{device: say{body: deviceAnswer(nil)}, tokens: tokens}
}

func (a *authority) next(method, path string, form url.Values, base string) say {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.heard = append(a.heard, heard{method, path, form, time.Now()})
	switch {
	case strings.HasSuffix(path, "/v2.0/.well-known/openid-configuration"):
		if a.metadata.body == "" && a.metadata.status == 0 && a.metadata.fault == nil && a.metadata.handle == nil {
			return say{body: metadataAnswer(base, nil)}
		}
		return a.metadata
	case strings.HasSuffix(path, "/devicecode"), strings.HasSuffix(path, "/auth/device"):
		return a.device
	case strings.HasSuffix(path, "/token"):
		answer := a.tokens[0]
		if len(a.tokens) > 1 {
			a.tokens = a.tokens[1:]
		}
		return answer
	}
	return say{status: http.StatusNotFound, body: "<html><title>Not here</title></html>"}
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	answer := a.next(r.Method, r.URL.Path, r.PostForm, "https://"+r.Host+"/")
	if answer.handle != nil {
		answer.handle(w, r)
		return
	}
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	if answer.status != 0 {
		w.WriteHeader(answer.status)
	}
	_, _ = io.WriteString(w, answer.body)
}

func (a *authority) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	var form url.Values
	if r.Body != nil {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if form, err = url.ParseQuery(string(text)); err != nil {
			return nil, err
		}
	}
	answer := a.next(r.Method, r.URL.Path, form, "https://"+r.URL.Host+"/")
	if answer.fault != nil {
		return nil, answer.fault
	}
	status := answer.status
	if status == 0 {
		status = http.StatusOK
	}
	header := answer.header
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewBufferString(answer.body)), Request: r}, nil
}

// posts are the requests to addresses that end so.
func (a *authority) posts(suffix string) []heard {
	a.mu.Lock()
	defer a.mu.Unlock()
	var found []heard
	for _, h := range a.heard {
		if strings.HasSuffix(h.path, suffix) {
			found = append(found, h)
		}
	}
	return found
}

// overTLS starts the authority on loopback and returns a provider that reaches it.
func (a *authority) overTLS(t *testing.T, trace func(oauth.Call)) *Provider {
	t.Helper()
	server := httptest.NewTLSServer(a)
	server.Config.ErrorLog = nil
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return New(Options{Endpoints: providers.Endpoints{Authority: server.URL + "/", Roots: roots}, Trace: trace})
}

// direct returns a provider that reaches the authority without a network.
func (a *authority) direct() *Provider {
	return New(Options{Endpoints: providers.Endpoints{Authority: "https://login.test/"}, Transport: a})
}

func with(members, changes map[string]any) string {
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

func metadataAnswer(base string, changes map[string]any) string {
	return with(map[string]any{
		"issuer":                 base + tenantID + "/v2.0",
		"authorization_endpoint": base + tenantID + "/oauth2/v2.0/authorize",
		"token_endpoint":         base + tenantID + "/oauth2/v2.0/token",
		"tenant_region_scope":    "EU",
		"cloud_instance_name":    "microsoftonline.com",
	}, changes)
}

func deviceAnswer(changes map[string]any) string {
	return with(map[string]any{
		"device_code": "dev-" + planted, "user_code": "F7KQ2XW9", "verification_uri": "https://microsoft.com/devicelogin",
		"expires_in": 900, "interval": 5, "message": "To sign in …",
	}, changes)
}

func tokenAnswer(access string, changes map[string]any) string {
	return with(map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": access}, changes)
}

// errorAnswer is a body as Entra writes it.
func errorAnswer(code string, number int, text string) string {
	return with(map[string]any{
		"error":             code,
		"error_description": fmt.Sprintf("AADSTS%d: %s. Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333 Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd Timestamp: 2026-11-21 16:00:00Z", number, text),
		"error_codes":       []int{number},
		"timestamp":         "2026-11-21 16:00:00Z",
		"trace_id":          "0000aaaa-11bb-cccc-dd22-eeeeee333333",
		"correlation_id":    "aaaa0000-bb11-2222-33cc-444444dddddd",
	}, nil)
}

func jwt(claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString(body) + ".c2lnbmF0dXJl"
}

func appToken(changes map[string]any) string {
	claims := map[string]any{"aud": "https://outlook.office365.com", "tid": tenantID, "appid": clientID, "roles": []string{"IMAP.AccessAsApp"}}
	for name, value := range changes {
		claims[name] = value
	}
	return jwt(claims)
}

func personAnswer(scope string, claims map[string]any) string {
	all := map[string]any{"aud": "https://outlook.office.com", "scp": "IMAP.AccessAsUser.All", "upn": "crm@contoso.example"}
	for name, value := range claims {
		all[name] = value
	}
	return tokenAnswer(jwt(all), map[string]any{
		"scope": scope, "refresh_token": "refresh-" + planted,
		"id_token":    jwt(map[string]any{"sub": "s1", "oid": "o1", "tid": tenantID, "preferred_username": "crm@contoso.example"}),
		"client_info": base64.RawURLEncoding.EncodeToString([]byte(`{"uid":"o1","utid":"` + tenantID + `"}`)),
	})
}

func app() providers.AppCredential {
	return providers.AppCredential{Tenant: "contoso.example", ClientID: clientID, Secret: keychain.NewSecret(planted)}
}

func device(scopes ...string) providers.DeviceRequest {
	return providers.DeviceRequest{Tenant: "contoso.example", ClientID: clientID, Scopes: scopes}
}

// mustHide fails when a secret of these tests stands in what an error prints.
func mustHide(t *testing.T, err error) {
	t.Helper()
	for _, text := range []string{fmt.Sprintf("%v", err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err), fmt.Sprintf("%q", err)} {
		for _, secret := range []string{planted, url.QueryEscape(planted), "Planted", "eyJ", "refresh-"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q shows in %s", secret, text)
			}
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r == 0x1b || r == 0x07 }) {
			t.Errorf("control characters show in %q", text)
		}
	}
}
