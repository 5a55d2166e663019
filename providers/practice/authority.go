package practice

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

// certificate names one of the certificates that a server may show.
type certificate string

const (
	ownCertificate        certificate = ""            // the right one
	expiredCertificate    certificate = "expired"     // the one before
	othersCertificate     certificate = "others"      // of a server with another name
	selfSignedCertificate certificate = "self-signed" // as made when a server is installed
	inspectedCertificate  certificate = "inspected"   // made by a device that opens TLS on the way
)

// trust is the tenant's certificate authority, made at the start and forgotten at the end, and
// the certificates that its servers may show.
type trust struct {
	authority []byte // DER
	servers   map[certificate]tls.Certificate
}

// newTrust makes the certificates valid around both times: clients check them against the
// computer's clock, or against the one that the program was given. The expired one is over for both.
func newTrust(computer, tenant time.Time) (trust, error) {
	from, until := computer, tenant
	if until.Before(from) {
		from, until = until, from
	}
	over := from.AddDate(0, 0, -10)
	from, until = from.Add(-24*time.Hour), until.AddDate(1, 0, 0)
	authority, err := newIssuer("Mailgrant practice authority", over.AddDate(-1, 0, -1), until)
	if err != nil {
		return trust{}, err
	}
	device, err := newIssuer("Contoso TLS inspection", from, until)
	if err != nil {
		return trust{}, err
	}
	own := serverCertificate(from, until)
	expired := serverCertificate(over.AddDate(-1, 0, 0), over)
	others := serverCertificate(from, until)
	others.Subject.CommonName, others.DNSNames, others.IPAddresses = "mail.fabrikam.example", []string{"mail.fabrikam.example"}, nil
	made := trust{authority: authority.certificate.Raw, servers: map[certificate]tls.Certificate{}}
	for name, wanted := range map[certificate]struct {
		template *x509.Certificate
		by       *issuer
	}{
		ownCertificate: {own, authority}, expiredCertificate: {expired, authority}, othersCertificate: {others, authority},
		selfSignedCertificate: {own, nil}, inspectedCertificate: {own, device},
	} {
		if made.servers[name], err = issue(wanted.template, wanted.by); err != nil {
			return trust{}, err
		}
	}
	return made, nil
}

func serverCertificate(from, until time.Time) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: "localhost", Organization: []string{"Mailgrant practice tenant"}},
		NotBefore:    from,
		NotAfter:     until,
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
}

// issuer is a certificate authority with its key.
type issuer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newIssuer(name string, from, until time.Time) (*issuer, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{CommonName: name, Organization: []string{"Mailgrant practice tenant"}},
		NotBefore:             from,
		NotAfter:              until,
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("certificate of %s: %w", name, err)
	}
	// The signer must be the parsed form: only that carries the subject key id which strict
	// verifiers (OpenSSL 3 under Python 3.13) look for in the server's certificate.
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("certificate of %s: %w", name, err)
	}
	return &issuer{parsed, key}, nil
}

// issue makes a server's certificate with a key of its own. Without an issuer it signs itself.
func issue(template *x509.Certificate, by *issuer) (tls.Certificate, error) {
	key, err := newKey()
	if err != nil {
		return tls.Certificate{}, err
	}
	signer := issuer{template, key}
	if by != nil {
		signer = *by
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer.certificate, &key.PublicKey, signer.key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("practice server's certificate: %w", err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("practice server's certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: parsed}, nil
}

func newKey() (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("practice tenant's TLS key: %w", err)
	}
	return key, nil
}

func serial() *big.Int {
	var number [16]byte
	_, _ = rand.Read(number[:]) // crypto/rand never fails
	number[0] &= 0x7f           // a serial number is positive
	number[15] |= 1             // and not zero
	return new(big.Int).SetBytes(number[:])
}

// write stores the authority's certificate where clients written in other languages can read it.
func (c trust) write(file string) error {
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.authority})
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return fmt.Errorf("practice authority's certificate cannot be written: %w", err)
	}
	return nil
}
