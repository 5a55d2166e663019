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

// trust is the tenant's certificate authority, made at the start and forgotten at the end, and
// the one certificate that all its servers show.
type trust struct {
	authority []byte // DER
	server    tls.Certificate
}

// newTrust makes the certificates valid around both times: clients check them against the
// computer's clock, or against the one that the program was given.
func newTrust(computer, tenant time.Time) (trust, error) {
	from, until := computer, tenant
	if until.Before(from) {
		from, until = until, from
	}
	from, until = from.Add(-24*time.Hour), until.AddDate(1, 0, 0)
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return trust{}, fmt.Errorf("practice authority's key: %w", err)
	}
	serverKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return trust{}, fmt.Errorf("practice server's key: %w", err)
	}
	authority := &x509.Certificate{
		SerialNumber:          serial(),
		Subject:               pkix.Name{CommonName: "Mailgrant practice authority", Organization: []string{"Mailgrant practice tenant"}},
		NotBefore:             from,
		NotAfter:              until,
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	authorityDER, err := x509.CreateCertificate(rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	if err != nil {
		return trust{}, fmt.Errorf("practice authority's certificate: %w", err)
	}
	// The signer must be the parsed form: only that carries the subject key id which strict
	// verifiers (OpenSSL 3 under Python 3.13) look for in the server's certificate.
	if authority, err = x509.ParseCertificate(authorityDER); err != nil {
		return trust{}, fmt.Errorf("practice authority's certificate: %w", err)
	}
	server := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: "localhost", Organization: []string{"Mailgrant practice tenant"}},
		NotBefore:    from,
		NotAfter:     until,
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	serverDER, err := x509.CreateCertificate(rand.Reader, server, authority, &serverKey.PublicKey, authorityKey)
	if err != nil {
		return trust{}, fmt.Errorf("practice server's certificate: %w", err)
	}
	return trust{
		authority: authorityDER,
		server:    tls.Certificate{Certificate: [][]byte{serverDER}, PrivateKey: serverKey},
	}, nil
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

func (c trust) config() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c.server}, MinVersion: tls.VersionTLS12}
}
