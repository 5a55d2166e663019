package probe

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// tlsConfig asks for TLS 1.2, which Microsoft requires, and for the server's own name.
func (t *test) tlsConfig() *tls.Config {
	host, extra := t.attempt.Server.Host, t.prober.Endpoints.Roots
	return &tls.Config{
		ServerName: host,
		MinVersion: tls.VersionTLS12,
		// Chain and name are verified all the same, by VerifyConnection: a pool cannot hold the
		// system's authorities and others besides on every platform.
		InsecureSkipVerify: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			return verify(state.PeerCertificates, host, extra)
		},
	}
}

// verify accepts a chain that ends at one of the extra authorities or of the system's, and a
// certificate for this host. Of two refusals it returns the one that tells more.
func verify(chain []*x509.Certificate, host string, extra *x509.CertPool) error {
	if len(chain) == 0 {
		return errors.New("the server showed no certificate")
	}
	options := x509.VerifyOptions{DNSName: host, Roots: extra, Intermediates: x509.NewCertPool()}
	for _, certificate := range chain[1:] {
		options.Intermediates.AddCert(certificate)
	}
	_, err := chain[0].Verify(options)
	if extra != nil && errors.As(err, new(x509.UnknownAuthorityError)) {
		options.Roots = nil
		_, err = chain[0].Verify(options)
	}
	if err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: chain, Err: err}
	}
	return nil
}

// describe is the line for a person about a finished handshake.
func describe(state tls.ConnectionState) string {
	certificate := state.PeerCertificates[0]
	return fmt.Sprintf("%s, certificate for %s by %s, ends %s", tls.VersionName(state.Version),
		names(certificate), issuer(certificate.Issuer), certificate.NotAfter.UTC().Format(time.DateOnly))
}

func issuer(name pkix.Name) string {
	switch {
	case name.CommonName != "":
		return name.CommonName
	case len(name.Organization) > 0:
		return name.Organization[0]
	}
	return "an issuer without a name"
}

// aboutTLS words what a handshake ended with, or is empty for errors of another kind.
func aboutTLS(err error) string {
	var (
		plain   tls.RecordHeaderError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &plain):
		return "the server does not answer in TLS: this port may want STARTTLS"
	case errors.As(err, &name) && name.Certificate != nil:
		return providers.Clean(fmt.Sprintf("the certificate is for %s, not for %s", names(name.Certificate), name.Host))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		return fmt.Sprintf("the certificate is valid from %s to %s only",
			invalid.Cert.NotBefore.UTC().Format(time.DateOnly), invalid.Cert.NotAfter.UTC().Format(time.DateOnly))
	case errors.As(err, &unknown) && unknown.Cert != nil:
		return providers.Clean("the certificate comes from an authority that is not trusted: " + issuer(unknown.Cert.Issuer))
	}
	return ""
}

func names(certificate *x509.Certificate) string {
	all := slices.Clone(certificate.DNSNames)
	for _, address := range certificate.IPAddresses {
		all = append(all, address.String())
	}
	switch {
	case len(all) > 3:
		return fmt.Sprintf("%s and %d others", all[0], len(all)-1)
	case len(all) > 0:
		return strings.Join(all, ", ")
	case certificate.Subject.CommonName != "":
		return certificate.Subject.CommonName
	}
	return "no name"
}
