package probe

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"
)

// authority signs the test servers' certificates. They are valid from long ago, because a
// synctest bubble's clock begins in the year 2000.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pool        *x509.CertPool
}

// testAuthority is made once: keys are costly.
var testAuthority = sync.OnceValue(func() authority {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "Test Authority"},
		NotBefore:             long(1990),
		NotAfter:              long(2090),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	der := must(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key))
	a := authority{certificate: must(x509.ParseCertificate(der)), key: key, pool: x509.NewCertPool()}
	a.pool.AddCert(a.certificate)
	return a
})

// certificate signs one for mail.example.test and 127.0.0.1 after edit has changed it.
func (a authority) certify(edit func(*x509.Certificate)) tls.Certificate {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2),
		Subject:      pkix.Name{CommonName: "mail.example.test"},
		DNSNames:     []string{"mail.example.test"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore:    long(1990),
		NotAfter:     long(2080),
	}
	if edit != nil {
		edit(template)
	}
	der := must(x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key))
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

var goodCertificate = sync.OnceValue(func() tls.Certificate { return testAuthority().certify(nil) })

// serverTLS is a test server's side. Session tickets are off: on a pipe without buffers they
// would wait for the client to read.
func serverTLS(certificate tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{certificate}, SessionTicketsDisabled: true}
}

func long(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestVerifyTrustsOnlyTheRightHostAndAuthority(t *testing.T) {
	t.Parallel()
	other := x509.NewCertPool()
	cases := []struct {
		name  string
		edit  func(*x509.Certificate)
		roots *x509.CertPool
		says  string // "" = trusted
		kind  func(error) bool
	}{
		{name: "right name, known authority", roots: testAuthority().pool},
		{name: "authority known neither here nor to the system", roots: other, kind: isError[x509.UnknownAuthorityError],
			says: "the certificate comes from an authority that is not trusted: Test Authority"},
		{name: "only the system's authorities", kind: isError[x509.UnknownAuthorityError],
			says: "the certificate comes from an authority that is not trusted: Test Authority"},
		{name: "ended", roots: testAuthority().pool, edit: func(c *x509.Certificate) { c.NotAfter = long(1995) }, kind: isInvalid(x509.Expired),
			says: "the certificate is valid from 1990-01-01 to 1995-01-01 only"},
		{name: "not begun", roots: testAuthority().pool, edit: func(c *x509.Certificate) { c.NotBefore = long(2079) }, kind: isInvalid(x509.Expired),
			says: "the certificate is valid from 2079-01-01 to 2080-01-01 only"},
		{name: "another name", roots: testAuthority().pool, edit: func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = []string{"other.example"}, nil }, kind: isError[x509.HostnameError],
			says: "the certificate is for other.example, not for mail.example.test"},
		{name: "no name but the old common name", roots: testAuthority().pool, edit: func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = nil, nil }, kind: isError[x509.HostnameError],
			says: "the certificate is for mail.example.test, not for mail.example.test"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			certificate := testAuthority().certify(tc.edit)
			leaf := must(x509.ParseCertificate(certificate.Certificate[0]))
			err := verify([]*x509.Certificate{leaf}, "mail.example.test", tc.roots)
			if tc.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !tc.kind(err) {
				t.Fatalf("error of another kind: %v", err)
			}
			if got := explain(err, testPatience).Error(); got != tc.says {
				t.Errorf("says %q, want %q", got, tc.says)
			}
		})
	}
	if err := verify(nil, "mail.example.test", testAuthority().pool); err == nil {
		t.Error("a server without a certificate is trusted")
	}
}
