package microsoft

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// certificateText is a key with its certificate as PEM.
func certificateText(t *testing.T) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mailgrant"}, NotAfter: time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
}

func readCertificate(t *testing.T, text []byte) *providers.Certificate {
	t.Helper()
	certificate, err := providers.ParseCertificate(text)
	if err != nil {
		t.Fatal(err)
	}
	return &certificate
}

func appWith(certificate *providers.Certificate) providers.AppCredential {
	credential := app()
	credential.Secret, credential.Certificate = keychain.Secret{}, certificate
	return credential
}

// mustProve fails unless the form carries an assertion that the certificate signed for the token
// endpoint: RFC 7523 section 2.2, in the form that Entra documents.
func mustProve(t *testing.T, form url.Values, certificate *providers.Certificate) {
	t.Helper()
	if form.Has("client_secret") || form.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
		t.Errorf("the assertion is of the type %q, and there is a secret: %v", form.Get("client_assertion_type"), form.Has("client_secret"))
	}
	parts := strings.Split(form.Get("client_assertion"), ".")
	if len(parts) != 3 {
		t.Fatal("the assertion is no JWT")
	}
	var header map[string]string
	var claims map[string]any
	decode := func(part string) []byte {
		text, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if err := errors.Join(json.Unmarshal(decode(parts[0]), &header), json.Unmarshal(decode(parts[1]), &claims)); err != nil {
		t.Fatal(err)
	}
	public, _ := certificate.Reveal()
	print := sha256.Sum256(public.Raw)
	named := strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(header["x5t#S256"])
	if header["alg"] != "PS256" || header["typ"] != "JWT" || named != base64.RawURLEncoding.EncodeToString(print[:]) {
		t.Errorf("the header is %v", header)
	}
	if claims["iss"] != clientID || claims["sub"] != clientID || claims["aud"] != "https://login.test/"+tenantID+"/oauth2/v2.0/token" || claims["jti"] == "" {
		t.Errorf("the claims are %v", claims)
	}
	signed := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPSS(public.PublicKey.(*rsa.PublicKey), crypto.SHA256, signed[:], decode(parts[2]), nil); err != nil {
		t.Errorf("the signature is not the certificate's: %v", err)
	}
}

func TestAppOnlyWithACertificate(t *testing.T) {
	t.Parallel()
	text := certificateText(t)
	certificate := readCertificate(t, text)
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
	provider := service.direct()
	for range 2 { // the file may be read for every test of a connection
		grant, err := provider.AppOnly(t.Context(), appWith(readCertificate(t, text)), exchange365)
		if err != nil || !grant.Claims.Has("IMAP.AccessAsApp") {
			t.Fatalf("it gives %+v, %v", grant, err)
		}
	}
	posts := service.posts("/token")
	if len(posts) != 1 {
		t.Fatalf("the same certificate read twice made %d posts", len(posts))
	}
	mustProve(t, posts[0].form, certificate)
	if _, err := provider.AppOnly(t.Context(), appWith(readCertificate(t, certificateText(t))), exchange365); err != nil {
		t.Error(err)
	}
	if _, err := provider.AppOnly(t.Context(), app(), exchange365); err != nil {
		t.Error(err)
	}
	if posts := len(service.posts("/token")); posts != 3 {
		t.Errorf("another certificate and a secret made %d posts in all", posts)
	}
}

func TestCodeSignInOfAWebApplicationWithACertificate(t *testing.T) {
	t.Parallel()
	certificate := readCertificate(t, certificateText(t))
	service := newAuthority(signedIn, say{body: personAnswer(smtpScope, nil)})
	provider := service.direct()
	request := code(imapScope)
	request.Certificate = certificate
	first, err := provider.CodeSignIn(t.Context(), request, agree(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Another(t.Context(), device("https://graph.microsoft.com/Mail.Read"), first); err != nil {
		t.Error(err)
	}
	for i, grantType := range []string{"authorization_code", "refresh_token"} {
		form := service.posts("/token")[i].form
		if form.Get("grant_type") != grantType {
			t.Errorf("post %d is %s", i, form.Get("grant_type"))
		}
		mustProve(t, form, certificate)
	}
}

func TestCertificateThatEntraRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		number int
		text   string
	}{
		{"not uploaded", 700027, "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]"},
		{"expired", 700027, "The certificate with identifier used to sign the client assertion is expired on application. [Reason - The key used is expired.]"},
		{"clock is wrong", 700024, "Client assertion is not within its valid time range"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(say{status: 401, body: errorAnswer("invalid_client", tc.number, tc.text)})
			_, err := service.direct().AppOnly(t.Context(), appWith(readCertificate(t, certificateText(t))), exchange365)
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) || refused.Code != "invalid_client" || refused.Number() != tc.number || !strings.Contains(refused.Description, tc.text) {
				t.Errorf("it gives %+v", err)
			}
			mustHide(t, err)
		})
	}
}

func TestCredentialIsASecretOrACertificate(t *testing.T) {
	t.Parallel()
	both := app()
	both.Certificate = readCertificate(t, certificateText(t))
	for _, tc := range []struct {
		name       string
		credential providers.AppCredential
		words      string
	}{
		{"both", both, "one of them"},
		{"an empty certificate", appWith(&providers.Certificate{}), "certificate is missing"},
		{"neither", appWith(nil), "client secret is missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
			if _, err := service.direct().AppOnly(t.Context(), tc.credential, exchange365); err == nil || !strings.Contains(err.Error(), tc.words) || len(service.heard) != 0 {
				t.Errorf("it gives %v after %d requests", err, len(service.heard))
			}
		})
	}
}
