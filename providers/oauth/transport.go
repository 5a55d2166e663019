package oauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// NewTransport returns a transport that trusts roots besides the system's authorities and asks
// proxy for the way. A refusal by the proxy itself comes out with its HTTP status.
func NewTransport(roots *x509.CertPool, proxy func(*http.Request) (*url.URL, error)) *http.Transport {
	transport := &http.Transport{
		Proxy:               proxy,
		ForceAttemptHTTP2:   true, // a TLSClientConfig of one's own switches it off otherwise
		TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout:     90 * time.Second,
		OnProxyConnectResponse: func(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
			if answer.StatusCode == http.StatusOK {
				return nil
			}
			return &providers.AuthorityError{
				Status:      answer.StatusCode,
				Description: "proxy " + proxy.Host + " answered " + providers.Clean(answer.Status),
			}
		},
	}
	if roots != nil {
		transport.TLSClientConfig = trustAlso(roots)
	}
	return transport
}

// trustAlso accepts a certificate that the system's authorities or the given ones vouch for. Two
// pools cannot be joined, so the check of package tls is done here, once for each.
func trustAlso(roots *x509.CertPool) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // VerifyConnection below does what this leaves out
		VerifyConnection: func(state tls.ConnectionState) error {
			options := x509.VerifyOptions{DNSName: state.ServerName, Intermediates: x509.NewCertPool()}
			for _, certificate := range state.PeerCertificates[1:] {
				options.Intermediates.AddCert(certificate)
			}
			_, systemErr := state.PeerCertificates[0].Verify(options)
			if systemErr == nil {
				return nil
			}
			options.Roots = roots
			_, err := state.PeerCertificates[0].Verify(options)
			if err == nil {
				return nil
			}
			return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
		},
	}
}
