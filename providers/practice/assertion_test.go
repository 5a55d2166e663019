package practice

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// papersOf reads a certificate with its key as the consultant would.
func papersOf(t *testing.T, text []byte) (*rsa.PrivateKey, *x509.Certificate) {
	t.Helper()
	first, rest := pem.Decode(text)
	second, rest := pem.Decode(rest)
	if first == nil || second == nil || len(rest) > 0 || first.Type != "PRIVATE KEY" || second.Type != "CERTIFICATE" {
		t.Fatalf("not a key and a certificate: %d bytes", len(text))
	}
	key, err := x509.ParsePKCS8PrivateKey(first.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(second.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*rsa.PrivateKey), made
}

// signedAssertion is what an application sends in place of its secret.
type signedAssertion struct {
	header, claims map[string]any
	key            *rsa.PrivateKey
}

func (w *world) assertion() signedAssertion { return w.assertionOf(currentCertificate) }

func (w *world) assertionOf(name clientCertificate) signedAssertion {
	w.Helper()
	key, made := papersOf(w.T, w.proofs.pem(name))
	print := sha256.Sum256(made.Raw)
	return signedAssertion{
		header: map[string]any{"alg": "PS256", "typ": "JWT", "x5t#S256": encode(print[:])},
		claims: map[string]any{
			"iss": clientID, "sub": clientID, "aud": w.authority() + tokenPath, "jti": randomText(12),
			"nbf": noon.Unix(), "exp": noon.Add(10 * time.Minute).Unix(),
		},
		key: key,
	}
}

func (a signedAssertion) text(t *testing.T) string {
	t.Helper()
	header, err := json.Marshal(a.header)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := json.Marshal(a.claims)
	if err != nil {
		t.Fatal(err)
	}
	signed := encode(header) + "." + encode(claims)
	digest := sha256.Sum256([]byte(signed))
	var signature []byte
	if a.header["alg"] == "PS256" {
		signature, err = rsa.SignPSS(rand.Reader, a.key, crypto.SHA256, digest[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	} else {
		signature, err = rsa.SignPKCS1v15(nil, a.key, crypto.SHA256, digest[:])
	}
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + encode(signature)
}

func certificateForm(assertion string) url.Values {
	return url.Values{
		"grant_type": {grantCredentials}, "client_id": {clientID}, "scope": {exchange1 + ".default"},
		"client_assertion_type": {assertionType}, "client_assertion": {assertion},
	}
}

func TestACertificateStandsInForTheSecret(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{WebRedirects: []string{"https://crm.example/return"}})
	got := w.post(tokenPath, certificateForm(w.assertion().text(t)))
	if got.status != http.StatusOK || claims(t, got.word("access_token"))["appidacr"] != "2" {
		t.Fatalf("answer %s", got.text)
	}
	if said := w.tryIMAP(contracts, got.word("access_token")); said != "" {
		t.Error(said)
	}
	older := w.assertion()
	_, made := papersOf(t, w.Certificate())
	print := sha1.Sum(made.Raw)
	older.header = map[string]any{"alg": "RS256", "typ": "JWT", "x5t": encode(print[:])}
	older.claims["aud"] = []string{w.authority() + tenantID + "/v2.0"}
	if got := w.post(tokenPath, certificateForm(older.text(t))); got.status != http.StatusOK {
		t.Errorf("in the older form: %s", got.text)
	}
	fraction := w.assertion()
	delete(fraction.claims, "nbf")
	fraction.claims["exp"] = float64(noon.Unix()) + 600.5
	if got := w.post(tokenPath, certificateForm(fraction.text(t))); got.status != http.StatusOK {
		t.Errorf("with a fraction of a second: %s", got.text)
	}
	back := w.pressButton(w.open(authorizePath, with(codeForm(imapScope), "redirect_uri", "https://crm.example/return")), crm).returned()
	form := with(redeemForm(back.Get("code")), "redirect_uri", "https://crm.example/return", "client_assertion_type", assertionType, "client_assertion", w.assertion().text(t))
	if got := w.post(tokenPath, form); got.status != http.StatusOK {
		t.Errorf("for a person: %s", got.text)
	}
}

func TestAssertionsThatProveNothing(t *testing.T) {
	t.Parallel()
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		change  func(*world, *signedAssertion)
		number  int
		says    string
		replace string // sent in place of the assertion
	}{
		"a certificate that was never uploaded": {change: func(w *world, _ *signedAssertion) { w.change(func(s *state) { s.app.certificates = nil }) }, number: 700027, says: "[Reason - The key was not found., Thumbprint of key used by client: '"},
		"the certificate of last year": {change: func(w *world, a *signedAssertion) {
			w.change(func(s *state) { s.app.certificates = []clientCertificate{previousCertificate} })
			*a = w.assertionOf(previousCertificate)
		}, number: 700027, says: "[Reason - The key used is expired., Thumbprint of key used by client: '"},
		"another key":            {change: func(_ *world, a *signedAssertion) { a.key = stranger }, number: 700027, says: "did not match the expected signature value."},
		"another application":    {change: func(_ *world, a *signedAssertion) { a.claims["sub"] = "someone" }, number: 700021},
		"another issuer":         {change: func(_ *world, a *signedAssertion) { a.claims["iss"] = "someone" }, number: 700021},
		"another audience":       {change: func(_ *world, a *signedAssertion) { a.claims["aud"] = "https://login.example/token" }, number: 700023},
		"an audience of numbers": {change: func(_ *world, a *signedAssertion) { a.claims["aud"] = 1 }, number: 700023},
		"an assertion of before": {change: func(w *world, _ *signedAssertion) { w.Advance(16 * time.Minute) }, number: 700024},
		"an assertion of later":  {change: func(_ *world, a *signedAssertion) { a.claims["nbf"] = noon.Add(6 * time.Minute).Unix() }, number: 700024},
		"no end":                 {change: func(_ *world, a *signedAssertion) { delete(a.claims, "exp") }, number: 700024},
		"no thumbprint":          {change: func(_ *world, a *signedAssertion) { delete(a.header, "x5t#S256") }, number: 700027},
		"no signature at all":    {change: func(_ *world, a *signedAssertion) { a.header["alg"] = "none" }, number: 50027},
		"no JWT":                 {replace: "a.b", number: 50027},
		"no JSON":                {replace: "a.b.c", number: 50027},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			a := w.assertion()
			if c.change != nil {
				c.change(w, &a)
			}
			form := certificateForm(a.text(t))
			if c.replace != "" {
				form.Set("client_assertion", c.replace)
			}
			got := w.post(tokenPath, form)
			if got.number() != c.number || !strings.Contains(got.word("error_description"), c.says) || got.word("error") != "invalid_client" {
				t.Errorf("AADSTS%d, want %d %q: %s", got.number(), c.number, c.says, got.text)
			}
		})
	}
	w := practise(t, Options{})
	if got := w.post(tokenPath, with(certificateForm(w.assertion().text(t)), "client_assertion_type", "")); got.number() != 900144 {
		t.Errorf("without its type: %s", got.text)
	}
}

func FuzzAssertions(f *testing.F) {
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	f.Add("", "", "")
	f.Add(`{"alg":"PS256"}`, `{"iss":"`+clientID+`","sub":"`+clientID+`","aud":["`+tenant.authority()+tokenPath+`"],"exp":9e9}`, "AA")
	f.Add(`{"alg":"RS256","x5t":"AA"}`, `{"aud":{},"nbf":-1}`, "")
	f.Fuzz(func(t *testing.T, header, claims, signature string) {
		text := encode([]byte(header)) + "." + encode([]byte(claims)) + "." + encode([]byte(signature))
		tenant.mutex.Lock()
		defer tenant.mutex.Unlock()
		if tenant.checkAssertion(client{id: clientID, assertion: text}) == nil {
			t.Errorf("%s was taken for a proof", text)
		}
	})
}
