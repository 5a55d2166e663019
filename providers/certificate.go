package providers

import (
	"crypto/rsa"
	"crypto/sha1" // the portal names certificates by it; nothing is trusted for it
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
)

// maxCertificate bounds a file with a key and its certificates, in bytes.
const maxCertificate = 64 << 10

// Certificate is what an app signs in with in place of a client secret: an RSA key and its
// certificate, which is uploaded to the app registration
// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials). Like a
// keychain.Secret it hides its key in every format; only Reveal gives it.
type Certificate struct {
	own *x509.Certificate
	key *rsa.PrivateKey
}

// ParseCertificate reads one RSA key and its certificate, in any order, from PEM: one file, or
// two after one another. Certificates that vouch for it may stand there too and are left out, for
// Entra knows the app's by what was uploaded. The error says what to do and shows nothing of the key.
func ParseCertificate(text []byte) (Certificate, error) {
	if len(text) > maxCertificate {
		return Certificate{}, fmt.Errorf("certificate is larger than %d bytes: give the key and its own certificate only", maxCertificate)
	}
	blocks, err := readBlocks(text)
	if err != nil {
		return Certificate{}, err
	}
	key, err := blocks.key()
	if err != nil {
		return Certificate{}, err
	}
	own, err := blocks.certificateOf(key)
	if err != nil {
		return Certificate{}, err
	}
	return Certificate{own: own, key: key}, nil
}

// Reveal returns the certificate and its key. Call it only where the key signs.
func (c Certificate) Reveal() (*x509.Certificate, *rsa.PrivateKey) { return c.own, c.key }

// IsZero reports whether there is no certificate at all.
func (c Certificate) IsZero() bool { return c.own == nil }

// Thumbprint is the SHA-1 sum of the certificate in capital hexadecimal digits, as the Entra
// admin center shows it beside an uploaded certificate.
func (c Certificate) Thumbprint() string {
	if c.IsZero() {
		return ""
	}
	sum := sha1.Sum(c.own.Raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// ThumbprintSHA256 is the SHA-256 sum in the same form. It names the certificate in a sign-in.
func (c Certificate) ThumbprintSHA256() string {
	if c.IsZero() {
		return ""
	}
	sum := sha256.Sum256(c.own.Raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// NotAfter is when the certificate ends, in UTC.
func (c Certificate) NotAfter() time.Time {
	if c.IsZero() {
		return time.Time{}
	}
	return c.own.NotAfter.UTC()
}

// Subject is whom the certificate names, such as "CN=mailgrant", cleaned.
func (c Certificate) Subject() string {
	if c.IsZero() {
		return ""
	}
	return Clean(c.own.Subject.String())
}

func (c Certificate) String() string {
	if c.IsZero() {
		return "no certificate"
	}
	return "certificate " + c.Thumbprint() + " of " + c.Subject()
}

func (c Certificate) GoString() string               { return c.String() }
func (c Certificate) LogValue() slog.Value           { return slog.StringValue(c.String()) }
func (c Certificate) MarshalText() ([]byte, error)   { return []byte(c.String()), nil }
func (c Certificate) MarshalYAML() (any, error)      { return c.String(), nil }
func (c Certificate) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, c.String()) }
