package practice

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"sync"
	"time"
)

// clientCertificate names one of the certificates that the application may prove itself with.
type clientCertificate string

const (
	currentCertificate  clientCertificate = "current"
	previousCertificate clientCertificate = "previous" // the one before, which has ended
)

// clientProofs are the application's own certificates with their key. Few connections need them,
// and an RSA key takes long to make, so they are made when they are first asked for.
type clientProofs struct {
	made func() madeProofs
}

type madeProofs struct {
	key          *rsa.PrivateKey
	certificates map[clientCertificate]*x509.Certificate
}

func newClientProofs(key *rsa.PrivateKey, now time.Time) *clientProofs {
	return &clientProofs{made: sync.OnceValue(func() madeProofs {
		if key == nil {
			key = newRSAKey()
		}
		start := now.AddDate(0, 0, -30)
		return madeProofs{key, map[clientCertificate]*x509.Certificate{
			currentCertificate:  selfSigned(key, start, start.AddDate(2, 0, 0)),
			previousCertificate: selfSigned(key, start.AddDate(-1, 0, 0), now.AddDate(0, 0, -1)),
		}}
	})}
}

func selfSigned(key *rsa.PrivateKey, from, until time.Time) *x509.Certificate {
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: appName},
		NotBefore:    from, NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic("practice: a certificate cannot be signed: " + err.Error()) // the template is our own
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		panic("practice: a certificate cannot be read back: " + err.Error())
	}
	return made
}

func (c *clientProofs) certificate(name clientCertificate) *x509.Certificate {
	return c.made().certificates[name]
}

// Certificate is what the application may prove itself with in place of the client secret, as the
// consultant was given it: PEM, the private key (PKCS #8) and the certificate whose public half
// was uploaded to the registration. It is a secret.
func (t *Tenant) Certificate() []byte { return t.proofs.pem(currentCertificate) }

func (c *clientProofs) pem(name clientCertificate) []byte {
	made := c.made()
	key, err := x509.MarshalPKCS8PrivateKey(made.key)
	if err != nil {
		panic("practice: an RSA key cannot be written: " + err.Error())
	}
	var text bytes.Buffer
	_ = pem.Encode(&text, &pem.Block{Type: "PRIVATE KEY", Bytes: key})
	_ = pem.Encode(&text, &pem.Block{Type: "CERTIFICATE", Bytes: made.certificates[name].Raw})
	return text.Bytes()
}
