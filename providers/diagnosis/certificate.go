package diagnosis

import (
	"bytes"
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"
)

// fromCertificate reads why a server's certificate was not trusted.
func fromCertificate(err error, host string) []finding {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown):
		return untrusted(unknown.Cert, hostOf(host))
	case errors.As(err, &name) && ofGreatProvider(hostOf(host)):
		return likely(ServerCertificateNameMismatch, TLSInterception)
	case errors.As(err, &name):
		return certain(ServerCertificateNameMismatch)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return outOfTime(invalid, hostOf(host))
	case errors.As(err, &invalid):
		return likely(ServerCertificateUntrusted)
	}
	return nil
}

// untrusted tells a private or self-signed authority from a device that opens the traffic. Microsoft
// and Google never show a private authority's certificate, so there something else did.
func untrusted(certificate *x509.Certificate, host string) []finding {
	switch {
	case certificate == nil:
		return likely(ServerCertificateUntrusted, TLSInterception)
	case names(certificate, inspectors):
		return likely(TLSInterception, ServerCertificateUntrusted)
	case ofGreatProvider(host) && names(certificate, publicAuthorities):
		return likely(CABundleOutdated, TLSInterception)
	case ofGreatProvider(host):
		return likely(TLSInterception, ServerCertificateUntrusted)
	case names(certificate, publicAuthorities):
		return likely(CABundleOutdated, ServerCertificateUntrusted)
	case len(certificate.RawIssuer) > 0 && bytes.Equal(certificate.RawIssuer, certificate.RawSubject):
		return certain(ServerCertificateUntrusted)
	}
	return likely(ServerCertificateUntrusted, TLSInterception)
}

// outOfTime tells an old certificate from a wrong clock here. Operators renew late by hours, clocks
// are wrong by more; and the great providers do not let certificates end.
func outOfTime(invalid x509.CertificateInvalidError, host string) []finding {
	if invalid.Cert == nil {
		return likely(ServerCertificateExpired, ClockSkew)
	}
	now, known := verifiedAt(invalid.Detail)
	switch {
	case known && now.Before(invalid.Cert.NotBefore), ofGreatProvider(host):
		return likely(ClockSkew, ServerCertificateExpired)
	case known && now.Sub(invalid.Cert.NotAfter) > 24*time.Hour:
		return certain(ServerCertificateExpired)
	}
	return likely(ServerCertificateExpired, ClockSkew)
}

// verifiedAt is the time that the certificate was compared with. crypto/x509 keeps it nowhere else
// than in the detail: "current time 2026-11-21T16:00:00Z is after ...".
func verifiedAt(detail string) (time.Time, bool) {
	for _, word := range strings.Fields(detail) {
		if at, err := time.Parse(time.RFC3339, word); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

func names(certificate *x509.Certificate, words []string) bool {
	issuer := strings.ToLower(certificate.Issuer.String())
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(issuer, word) })
}

// inspectors are words in the issuers that devices and programs write which open TLS on the way.
var inspectors = []string{
	"zscaler", "fortinet", "fortigate", "palo alto", "netskope", "sophos", "kaspersky", "eset ", "avast", "avg ",
	"bitdefender", "mcafee", "trellix", "umbrella", "blue coat", "bluecoat", "symantec web", "check point", "checkpoint",
	"sonicwall", "watchguard", "barracuda", "forcepoint", "websense", "cato networks", "untangle", "squid", "mitmproxy",
	"inspection", "interception", "proxy", "firewall",
}

// publicAuthorities are words in the issuers of the certificates that the great providers use.
var publicAuthorities = []string{
	"digicert", "microsoft corporation", "google trust services", "globalsign", "let's encrypt", "sectigo", "entrust",
	"baltimore", "isrg", "comodo", "godaddy", "amazon",
}

// ofGreatProvider reports whether a host is Microsoft's or Google's.
func ofGreatProvider(host string) bool { return ofMicrosoft(host) || ofGoogle(host) }

// ofMicrosoft knows the hosts of sign-in and mail in every Microsoft cloud.
func ofMicrosoft(host string) bool {
	return within(host, "office365.com", "office.com", "office365.us", "outlook.com", "microsoft.com", "microsoftonline.com",
		"microsoftonline.us", "windows.net", "partner.outlook.cn", "partner.microsoftonline.cn", "chinacloudapi.cn", "apps.mil")
}

func ofGoogle(host string) bool {
	return within(host, "gmail.com", "google.com", "googleapis.com", "googlemail.com")
}

func within(host string, domains ...string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(domains, func(domain string) bool {
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}
