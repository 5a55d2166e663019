package providers

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"
)

// pair is a key with a certificate of it.
type pair struct {
	key *rsa.PrivateKey
	der []byte
}

func newPair(t testing.TB, name string) pair {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return pair{key, certify(t, name, key)}
}

func certify(t testing.TB, name string, key crypto.Signer) []byte {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(2028, 11, 1, 12, 0, 0, 0, time.FixedZone("somewhere", 3600)),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func encoded(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func (p pair) certificate() string { return encoded("CERTIFICATE", p.der) }
func (p pair) pkcs1() string {
	return encoded("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(p.key))
}

func (p pair) pkcs8(t testing.TB) string { return pkcs8(t, p.key) }

func pkcs8(t testing.TB, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return encoded("PRIVATE KEY", der)
}

func TestParseCertificate(t *testing.T) {
	t.Parallel()
	own, other := newPair(t, "mailgrant \x1b[31mtest"), newPair(t, "authority")
	again := own
	again.der = certify(t, "renewed", own.key)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	legacy := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte("x")}))
	for _, tc := range []struct {
		name, text string
		words      string // of the error
	}{
		{"key first", own.pkcs8(t) + own.certificate(), ""},
		{"certificate first, older kind of key", own.certificate() + own.pkcs1(), ""},
		{"with what vouches for it", own.pkcs1() + other.certificate() + own.certificate(), ""},
		{"the same certificate twice", own.pkcs1() + own.certificate() + own.certificate(), ""},
		{"as a .pfx comes out of openssl", "Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n" + own.pkcs8(t) + "Bag Attributes\n    localKeyID: 01\nsubject=CN = x\n" + own.certificate(), ""},
		{"with Windows line ends", strings.ReplaceAll(own.pkcs8(t)+own.certificate(), "\n", "\r\n"), ""},
		{"with a part nobody needs", encoded("DH PARAMETERS", []byte("x")) + own.pkcs8(t) + own.certificate(), ""},
		{"nothing", "", "certificate is not PEM"},
		{"a .pfx", "0\x82\x01\x02binary", "openssl pkcs12"},
		{"no key", own.certificate(), "no private key beside it"},
		{"no certificate", own.pkcs8(t), "no certificate beside it"},
		{"key of another certificate", own.pkcs8(t) + other.certificate(), "does not belong to the certificate of CN=authority"},
		{"two keys", own.pkcs8(t) + other.pkcs8(t) + own.certificate(), "2 private keys"},
		{"two certificates of one key", own.pkcs8(t) + own.certificate() + again.certificate(), "several certificates"},
		{"encrypted key", encoded("ENCRYPTED PRIVATE KEY", []byte("x")) + own.certificate(), "private key is encrypted"},
		{"encrypted key of the older kind", legacy + own.certificate(), "private key is encrypted"},
		{"elliptic curve", pkcs8(t, curve) + encoded("CERTIFICATE", certify(t, "curve", curve)), "not an RSA key"},
		{"elliptic curve of the older kind", encoded("EC PRIVATE KEY", []byte("x")) + own.certificate(), "not an RSA key"},
		{"request for a certificate", own.pkcs8(t) + encoded("CERTIFICATE REQUEST", []byte("x")), "only a request"},
		{"damaged key", encoded("PRIVATE KEY", []byte("planted-key")) + own.certificate(), "private key cannot be read"},
		{"damaged certificate", own.pkcs8(t) + encoded("CERTIFICATE", []byte("x")), "certificate cannot be read"},
		{"cut", own.pkcs8(t) + own.certificate()[:200], "cut or damaged"},
		{"only other parts", encoded("DH PARAMETERS", []byte("x")), "cut or damaged"},
		{"far too large", strings.Repeat("x", maxCertificate+1), "larger than"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseCertificate([]byte(tc.text))
			if tc.words != "" {
				if err == nil || !strings.Contains(err.Error(), tc.words) || !got.IsZero() || Clean(err.Error()) != err.Error() {
					t.Errorf("it gives %v, %v", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			one, two := sha1.Sum(own.der), sha256.Sum256(own.der)
			if got.Thumbprint() != fmt.Sprintf("%X", one) || got.ThumbprintSHA256() != fmt.Sprintf("%X", two) {
				t.Errorf("its thumbprints are %s and %s", got.Thumbprint(), got.ThumbprintSHA256())
			}
			if want := time.Date(2028, 11, 1, 11, 0, 0, 0, time.UTC); got.NotAfter() != want || got.Subject() != Clean(got.Subject()) || !strings.Contains(got.Subject(), "mailgrant") {
				t.Errorf("it names %q and ends %v", got.Subject(), got.NotAfter())
			}
			if public, key := got.Reveal(); !bytes.Equal(public.Raw, own.der) || !key.Equal(own.key) {
				t.Error("it reveals another key or certificate")
			}
		})
	}
}

func TestCertificateHidesItsKey(t *testing.T) {
	t.Parallel()
	own := newPair(t, "mailgrant")
	certificate, err := ParseCertificate([]byte(own.pkcs8(t) + own.certificate()))
	if err != nil {
		t.Fatal(err)
	}
	credential := AppCredential{Certificate: &certificate}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "certificate", certificate, "pointer", &certificate, "credential", credential)
	shown := []string{log.String()}
	for _, value := range []any{certificate, &certificate, credential, struct{ C Certificate }{certificate}} {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, string(text), fmt.Sprint(value), fmt.Sprintf("%+v", value), fmt.Sprintf("%#v", value), fmt.Sprintf("%x", value))
	}
	yaml, err := certificate.MarshalYAML()
	if err != nil {
		t.Fatal(err)
	}
	shown = append(shown, fmt.Sprint(yaml), certificate.GoString())
	for _, text := range shown {
		for _, secret := range []string{own.key.D.String(), own.key.Primes[0].String(), fmt.Sprintf("%x", own.key.D), "PRIVATE"} {
			if strings.Contains(text, secret) {
				t.Errorf("the key shows in %s", text)
			}
		}
	}
	if want := "certificate " + certificate.Thumbprint() + " of CN=mailgrant"; fmt.Sprint(certificate) != want {
		t.Errorf("it prints as %v", certificate)
	}
}

func TestNoCertificate(t *testing.T) {
	t.Parallel()
	var none Certificate
	if !none.IsZero() || none.Thumbprint() != "" || none.ThumbprintSHA256() != "" || none.Subject() != "" || !none.NotAfter().IsZero() || none.String() != "no certificate" {
		t.Errorf("it is %v", none)
	}
}

func FuzzParseCertificate(f *testing.F) {
	own := newPair(f, "mailgrant")
	f.Add([]byte(own.pkcs8(f) + own.certificate()))
	f.Add([]byte(own.certificate() + own.pkcs1()))
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE"))
	f.Fuzz(func(t *testing.T, text []byte) {
		certificate, err := ParseCertificate(text)
		if (err == nil) == certificate.IsZero() {
			t.Errorf("it gives %v, %v", certificate, err)
		}
		if err != nil && (err.Error() != Clean(err.Error()) || len(err.Error()) > 3000) {
			t.Errorf("it says %q", err)
		}
	})
}
