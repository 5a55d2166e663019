package tui

import (
	"context"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// The values of the tests' connection.
const (
	testTenant = "contoso.example"
	testClient = "11111111-2222-3333-4444-555555555555"
	testObject = "66666666-7777-8888-9999-000000000000"
	testSecret = "abc8Q~aVeryWellKnownTestValueOf40Letters"
)

func testNow() time.Time { return time.Date(2026, 11, 21, 12, 4, 0, 0, time.UTC) }

// authority is a sign-in service that says what a test tells it to.
type authority struct {
	mu        sync.Mutex
	roles     []string
	user      string        // who signs in; empty means whoever is asked
	refuse    error         // what AppOnly answers instead of a token
	approve   chan struct{} // a device sign-in waits for one; nil means it is approved at once
	expired   bool          // nobody uses the code in time
	cancelled chan struct{} // closed when a waiting sign-in was given up
	once      sync.Once
}

func (a *authority) LookUp(_ context.Context, tenant string) (providers.Tenant, error) {
	return providers.Tenant{ID: "22222222-3333-4444-5555-666666666666", Asked: tenant, Cloud: "microsoftonline.com"}, nil
}

func (a *authority) AppOnly(_ context.Context, credential providers.AppCredential, _ string) (providers.Grant, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refuse != nil {
		return providers.Grant{}, a.refuse
	}
	claims := providers.Claims{Readable: true, Roles: a.roles, ObjectID: testObject, Audience: "https://outlook.office365.com", TenantID: credential.Tenant}
	return providers.Grant{Token: keychain.NewSecret("token-of-the-app"), Claims: claims, Expires: testNow().Add(time.Hour)}, nil
}

func (a *authority) DeviceSignIn(ctx context.Context, request providers.DeviceRequest, show func(providers.DeviceCode)) (providers.Grant, error) {
	show(providers.DeviceCode{UserCode: "F7K2PQ9MX", VerificationURI: "https://microsoft.com/devicelogin", Expires: testNow().Add(13*time.Minute + 41*time.Second)})
	if a.expired {
		return providers.Grant{}, &providers.DeviceCodeExpired{At: testNow().Add(15 * time.Minute)}
	}
	return a.approved(ctx, request.Scopes)
}

// approved waits until the person has agreed.
func (a *authority) approved(ctx context.Context, scopes []string) (providers.Grant, error) {
	if a.approve != nil {
		select {
		case <-a.approve:
		case <-ctx.Done():
			a.once.Do(func() { close(a.cancelled) })
			return providers.Grant{}, ctx.Err()
		}
	}
	claims := providers.Claims{Readable: true, Scopes: []string{"IMAP.AccessAsUser.All", "SMTP.Send"}, User: a.user, Audience: "https://outlook.office.com"}
	return providers.Grant{Token: keychain.NewSecret("token-of-a-person"), Claims: claims, Scopes: scopes, Expires: testNow().Add(time.Hour)}, nil
}

func (a *authority) CodeSignIn(ctx context.Context, request providers.CodeRequest, show func(providers.CodePage)) (providers.Grant, error) {
	show(providers.CodePage{URL: testPage(request), Redirect: "http://localhost:53682", Expires: testNow().Add(14*time.Minute + 5*time.Second), Paste: a.paste})
	if a.expired {
		return providers.Grant{}, &providers.CodePageExpired{At: testNow().Add(15 * time.Minute)}
	}
	return a.approved(ctx, request.Scopes)
}

// testPage is as long as the address of a real sign-in.
func testPage(request providers.CodeRequest) string {
	if request.Tenant == "" {
		request.Tenant = "google"
	}
	return "https://login.example.test/" + request.Tenant + "/oauth2/v2.0/authorize?client_id=" + string(request.ClientID) +
		"&code_challenge=Yh2zKpQ3vX9sLr7TqWmEo5NcUb1GdJf8RaVi4ZkStw0&code_challenge_method=S256&login_hint=" + url.QueryEscape(string(request.Account)) +
		"&prompt=select_account&redirect_uri=http%3A%2F%2Flocalhost%3A53682&response_type=code&scope=" + url.QueryEscape(strings.Join(request.Scopes, " ")) +
		"&state=q7Xn2Lk9PzR4vT8wYb3MfA"
}

// paste takes the address that a browser elsewhere ended at, and refuses what has no code in it.
func (a *authority) paste(address string) error {
	if !strings.Contains(address, "code=") {
		return errors.New("the pasted text holds no code: copy the whole of the browser's address line")
	}
	if a.approve != nil {
		a.approve <- struct{}{}
	}
	return nil
}

func (a *authority) Another(context.Context, providers.DeviceRequest, providers.Grant) (providers.Grant, error) {
	return providers.Grant{}, &providers.AuthorityError{Status: 400, Code: "invalid_grant"}
}

func (a *authority) Replay(context.Context, string, url.Values) (providers.Grant, error) {
	return providers.Grant{Token: keychain.NewSecret("token-of-the-text")}, nil
}

// world is a road whose servers live in the test.
type world struct {
	road      *steps.Road
	authority *authority
	mail      *mailServer
	store     *keychain.Memory
}

// newWorld makes a road that works: the tenant knows the app, and the mail server lets it into
// every mailbox. Files go to the working directory's folder "home".
func newWorld(t testing.TB) *world {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	trusted := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(trusted, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	w := &world{
		authority: &authority{roles: []string{"IMAP.AccessAsApp", "SMTP.SendAsApp"}, cancelled: make(chan struct{})},
		mail:      &mailServer{tls: web.TLS, refused: map[string]bool{}},
		store:     keychain.NewMemory(),
	}
	w.road = &steps.Road{
		Catalogue: product.Embedded(),
		Sign:      func(string, providers.Endpoints) (providers.Provider, error) { return w.authority, nil },
		Probe: probe.Prober{
			Dial: w.mail.dial, Now: testNow,
			Resolve: func(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil },
		},
		Store:   w.store,
		StoreOf: func(string) (keychain.Store, error) { return w.store, nil },
		Folder:  steps.Folder{Root: "home"},
		Now:     testNow,
		Random:  rand.Reader,
		Version: "0.1.0",
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		CAFile:  trusted,
	}
	return w
}

// answers are a complete set for a route, with servers that the test's certificate is for.
func answers(route string) steps.Answers {
	a := steps.Answers{
		Product: "agiloft", Route: route, Name: "contoso-agiloft", Tenant: testTenant, ClientID: testClient, SecretEnds: "2028-11-20",
		Mailboxes: steps.MailboxAnswers{
			Outbound: &steps.MailboxAnswer{Address: "crm@contoso.example"},
			Inbound:  []steps.MailboxAnswer{{Address: "contracts@contoso.example", Table: "Contract"}, {Address: "sourcing@contoso.example", Table: "Sourcing Event"}},
		},
		Endpoints: steps.EndpointAnswers{IMAP: "imaps://imap.example.com:993", SMTP: "smtp://smtp.example.com:587"},
	}
	if route == "ms-mail-device" {
		a.SecretEnds = ""
		a.Values = map[string]string{"base_kb_uri": "https://kb.contoso.example"}
	}
	return a
}

// ready is the state of somebody who typed everything.
func ready(route string) steps.State {
	return steps.State{Answers: answers(route)}.WithSecret(keychain.NewSecret(testSecret))
}
