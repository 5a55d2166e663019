package practice

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// Microsoft's own library, unmodified, judges the sign-in service.

func (w *world) confidential(secret string) confidential.Client {
	w.Helper()
	credential, err := confidential.NewCredFromSecret(secret)
	if err != nil {
		w.Fatal(err)
	}
	return w.confidentialWith(credential)
}

func (w *world) confidentialWith(credential confidential.Credential) confidential.Client {
	w.Helper()
	client, err := confidential.New(w.authority()+tenantID, clientID, credential,
		confidential.WithInstanceDiscovery(false), confidential.WithHTTPClient(w.http))
	if err != nil {
		w.Fatal(err)
	}
	return client
}

func (w *world) public() public.Client {
	w.Helper()
	client, err := public.New(clientID, public.WithAuthority(w.authority()+tenantID),
		public.WithInstanceDiscovery(false), public.WithHTTPClient(w.http))
	if err != nil {
		w.Fatal(err)
	}
	return client
}

func TestMSALSignsTheApplicationIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now})
	result, err := w.confidential(w.Describe().ClientSecret).AcquireTokenByCredential(t.Context(), []string{exchange1 + ".default"})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.tryIMAP(contracts, result.AccessToken); got != "" {
		t.Error(got)
	}
	_, err = w.confidential("wrong").AcquireTokenByCredential(t.Context(), []string{exchange1 + ".default"})
	if err == nil || !strings.Contains(err.Error(), "AADSTS7000215") {
		t.Errorf("with a wrong secret: %v", err)
	}
}

func TestMSALSignsAPersonIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now, PollInterval: time.Second})
	client := w.public()
	code, err := client.AcquireTokenByDeviceCode(t.Context(), []string{imapScope, smtpScope})
	if err != nil {
		t.Fatal(err)
	}
	w.press(code.Result.UserCode, crm, "approve")
	result, err := code.AuthenticationResult(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if result.Account.PreferredUsername != crm || len(result.DeclinedScopes) > 0 {
		t.Errorf("account %q, declined %q", result.Account.PreferredUsername, result.DeclinedScopes)
	}
	if got := w.trySMTP(crm, result.AccessToken); got != "" {
		t.Error(got)
	}
	again, err := client.AcquireTokenSilent(t.Context(), []string{"https://graph.microsoft.com/User.Read"}, public.WithSilentAccount(result.Account))
	if err != nil {
		t.Fatal(err)
	}
	if aud := claims(t, again.AccessToken)["aud"]; aud != graphAudience {
		t.Errorf("silently for Graph: audience %v", aud)
	}
}

func TestMSALUnderstandsRefusals(t *testing.T) {
	t.Parallel()
	for scenario, want := range map[string]string{
		"device-code-declined":        "authorization_declined",
		"public-client-flow-disabled": "AADSTS7000218",
		"conditional-access-blocked":  "AADSTS53003",
		"admin-consent-required":      "AADSTS90094",
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{Now: time.Now, PollInterval: time.Second, Scenario: scenario})
			code, err := w.public().AcquireTokenByDeviceCode(t.Context(), []string{imapScope})
			if err != nil {
				t.Fatal(err)
			}
			w.press(code.Result.UserCode, crm, "approve")
			if _, err := code.AuthenticationResult(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}

func TestMSALMeetsACodeThatEndsAtOnce(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now, Scenario: "device-code-expired"})
	code, err := w.public().AcquireTokenByDeviceCode(t.Context(), []string{imapScope})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := code.AuthenticationResult(t.Context()); err == nil || !strings.Contains(err.Error(), "expired_token") {
		t.Errorf("%v, want expired_token", err)
	}
}

func BenchmarkApplicationToken(b *testing.B) {
	tenant, err := Start(Options{Dir: b.TempDir(), SigningKey: testKey()})
	if err != nil {
		b.Fatal(err)
	}
	defer tenant.Close()
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {clientID},
		"client_secret": {tenant.Describe().ClientSecret}, "scope": {exchange1 + ".default"},
	}
	handler := tenant.entraRoutes()
	for b.Loop() {
		request, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, "/"+tokenPath, strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		handler.ServeHTTP(discard{http.Header{}}, request)
	}
}

type discard struct{ header http.Header }

func (d discard) Header() http.Header            { return d.header }
func (d discard) Write(data []byte) (int, error) { return len(data), nil }
func (d discard) WriteHeader(int)                {}

// BenchmarkStart measures what a person waits for, the RSA key being made meanwhile.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		tenant, err := Start(Options{Dir: dir, SigningKey: testKey()})
		if err != nil {
			b.Fatal(err)
		}
		_ = tenant.Close()
	}
}

func TestMSALSignsAPersonInThroughTheBrowser(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now})
	client := w.public()
	address, err := client.AuthCodeURL(t.Context(), clientID, callback, []string{imapScope}, public.WithLoginHint(contracts))
	if err != nil {
		t.Fatal(err)
	}
	back := w.pressButton(w.browse(http.MethodGet, address+"&code_challenge_method=S256&code_challenge="+s256(verifier), nil), contracts).returned()
	result, err := client.AcquireTokenByAuthCode(t.Context(), back.Get("code"), callback, []string{imapScope}, public.WithChallenge(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if result.Account.PreferredUsername != contracts || len(result.DeclinedScopes) > 0 {
		t.Errorf("account %q, declined %q", result.Account.PreferredUsername, result.DeclinedScopes)
	}
	if again, err := client.AcquireTokenSilent(t.Context(), []string{smtpScope}, public.WithSilentAccount(result.Account)); err != nil || again.AccessToken == "" {
		t.Errorf("silently: %v", err)
	}
	if _, err := client.AcquireTokenByAuthCode(t.Context(), back.Get("code"), callback, []string{imapScope}, public.WithChallenge(verifier)); err == nil || !strings.Contains(err.Error(), "AADSTS54005") {
		t.Errorf("once more: %v", err)
	}
}

func TestMSALSignsTheApplicationInWithACertificate(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now})
	certificates, key, err := confidential.CertFromPEM(w.Certificate(), "")
	if err != nil {
		t.Fatal(err)
	}
	credential, err := confidential.NewCredFromCert(certificates, key)
	if err != nil {
		t.Fatal(err)
	}
	result, err := w.confidentialWith(credential).AcquireTokenByCredential(t.Context(), []string{exchange1 + ".default"})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.tryIMAP(contracts, result.AccessToken); got != "" {
		t.Error(got)
	}
}
