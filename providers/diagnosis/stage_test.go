package diagnosis

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

func TestTroubleOnTheWay(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	reset := &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	proxied := &net.OpError{Op: "proxyconnect", Err: refused}
	for name, test := range map[string]struct {
		layer providers.Layer
		stage providers.Stage
		err   error
		want  string
	}{
		"name unknown":              {providers.LayerDNS, providers.StageResolve, &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}, "certain dns-failure"},
		"name servers silent":       {providers.LayerDNS, providers.StageResolve, context.DeadlineExceeded, "certain dns-failure"},
		"name unknown, sign-in":     {providers.LayerToken, providers.StageConnect, &net.DNSError{Err: "no such host"}, "certain dns-failure"},
		"connection refused":        {providers.LayerTCP, providers.StageConnect, refused, "certain network-blocked"},
		"connection never made":     {providers.LayerTCP, providers.StageConnect, os.ErrDeadlineExceeded, "certain network-blocked"},
		"network unreachable":       {providers.LayerTCP, providers.StageConnect, syscall.ENETUNREACH, "certain network-blocked"},
		"sign-in unreachable":       {providers.LayerToken, providers.StageConnect, refused, "certain network-blocked"},
		"proxy unreachable":         {providers.LayerToken, providers.StageConnect, proxied, "certain proxy-misconfigured"},
		"proxy wants a password":    {providers.LayerToken, providers.StageConnect, errors.New("Proxy Authentication Required"), "certain proxy-auth-required"},
		"silence":                   {providers.LayerTCP, providers.StageGreeting, fmt.Errorf("read: %w", os.ErrDeadlineExceeded), "likely server-timeout, possible smtp-tls-mode-mismatch"},
		"rubbish":                   {providers.LayerTCP, providers.StageGreeting, errors.New(`not a greeting: "HTTP/1.1 400"`), "likely server-protocol-error, possible smtp-tls-mode-mismatch"},
		"closed without a word":     {providers.LayerTCP, providers.StageGreeting, io.EOF, "likely server-protocol-error, possible network-blocked"},
		"reset without a word":      {providers.LayerTCP, providers.StageGreeting, reset, "likely network-blocked, possible server-protocol-error"},
		"turned away":               {providers.LayerTCP, providers.StageGreeting, smtp("greeting", 421, "4.3.2", "Service not available"), "likely service-unavailable, possible throttled"},
		"no STARTTLS":               {providers.LayerTLS, providers.StageStartTLS, errors.New("the server does not offer STARTTLS"), "likely starttls-not-offered, possible server-protocol-error"},
		"STARTTLS refused":          {providers.LayerTLS, providers.StageStartTLS, smtp("STARTTLS", 454, "4.7.0", "TLS not available"), "likely starttls-not-offered, possible server-protocol-error"},
		"STARTTLS, then silence":    {providers.LayerTLS, providers.StageStartTLS, os.ErrDeadlineExceeded, "likely server-timeout, possible server-protocol-error"},
		"words slipped in":          {providers.LayerTLS, providers.StageStartTLS, errors.New("text follows the answer to STARTTLS in the clear"), "likely server-protocol-error, possible starttls-not-offered"},
		"handshake without answer":  {providers.LayerTLS, providers.StageTLS, os.ErrDeadlineExceeded, "likely server-timeout, possible tls-interception"},
		"handshake cut":             {providers.LayerTLS, providers.StageTLS, io.ErrUnexpectedEOF, "likely server-protocol-error, possible network-blocked"},
		"handshake reset":           {providers.LayerTLS, providers.StageTLS, reset, "likely network-blocked, possible server-protocol-error"},
		"handshake damaged":         {providers.LayerTLS, providers.StageTLS, errors.New("local error: tls: bad record MAC"), "likely server-protocol-error, possible tls-interception"},
		"sign-in answers plain":     {providers.LayerToken, providers.StageTLS, tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "likely proxy-misconfigured, possible server-protocol-error"},
		"answer missing":            {providers.LayerSASL, providers.StageDialogue, os.ErrDeadlineExceeded, "likely server-timeout, possible network-blocked"},
		"hung up at the sign-in":    {providers.LayerSASL, providers.StageDialogue, io.EOF, "likely mailbox-not-found-or-unlicensed, possible server-protocol-error"},
		"hung up later":             {providers.LayerMailbox, providers.StageDialogue, io.EOF, "likely server-protocol-error"},
		"endless line":              {providers.LayerSASL, providers.StageDialogue, errors.New("the server sends an endless line"), "likely server-protocol-error"},
		"XOAUTH2 not offered":       {providers.LayerSASL, providers.StageDialogue, &providers.MechanismMissing{Protocol: "imap", Wanted: "XOAUTH2"}, "certain smtp-auth-mechanism-unsupported"},
		"nothing known":             {providers.LayerTCP, providers.StageGreeting, nil, "possible "},
		"the caller's time ran out": {providers.LayerToken, providers.StageDialogue, context.DeadlineExceeded, "likely server-timeout, possible network-blocked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := &providers.StageError{Stage: test.stage, Host: "mail.example:993", Err: test.err}
			got := Diagnose(Symptom{Layer: test.layer, Protocol: "imap", Err: err}, appOnly())
			expectRanking(t, got, test.want)
		})
	}
}

// shake is the client's error of a TLS handshake with serve on the other side.
func shake(t *testing.T, serve func(net.Conn)) error {
	t.Helper()
	client, server := net.Pipe()
	defer client.Close()
	go func() {
		defer server.Close()
		serve(server)
		_, _ = io.Copy(io.Discard, server) // a pipe has no room for the client's last alert
	}()
	return tls.Client(client, &tls.Config{ServerName: "mail.example", MinVersion: tls.VersionTLS12}).Handshake()
}

func TestHandshakesThatFail(t *testing.T) {
	t.Parallel()
	leaf := issue(t, certificateOf("mail.example"), nil)
	old := func(conn net.Conn) {
		config := &tls.Config{Certificates: []tls.Certificate{leaf.pair}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
		_ = tls.Server(conn, config).Handshake()
	}
	plain := func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 1<<14))
		_, _ = io.WriteString(conn, "220 mail.example ESMTP\r\n")
	}
	alert := func(number byte) func(net.Conn) {
		return func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 1<<14))
			_, _ = conn.Write([]byte{0x15, 3, 3, 0, 2, 2, number})
		}
	}
	for name, test := range map[string]struct {
		serve func(net.Conn)
		want  string
	}{
		"plain greeting on a TLS port": {plain, "likely smtp-tls-mode-mismatch, possible server-protocol-error"},
		"TLS 1.1 at best":              {old, "certain tls-version-unsupported"},
		"alert: protocol version":      {alert(70), "certain tls-version-unsupported"},
		"alert: handshake failure":     {alert(40), "likely tls-version-unsupported, possible server-protocol-error"},
		"alert: internal error":        {alert(80), "likely server-protocol-error, possible tls-interception"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := shake(t, test.serve)
			if err == nil {
				t.Fatal("the handshake succeeded")
			}
			symptom := Symptom{Layer: providers.LayerTLS, Protocol: "imap", Err: &providers.StageError{Stage: providers.StageTLS, Host: "mail.example:993", Err: err}}
			expectRanking(t, Diagnose(symptom, appOnly()), test.want)
		})
	}
}

// issued is a certificate with its key.
type issued struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pair        tls.Certificate
}

func certificateOf(host string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: noon().AddDate(0, -1, 0), NotAfter: noon().AddDate(0, 1, 0), BasicConstraintsValid: true,
	}
}

// authority is a certificate authority's own certificate.
func authorityNamed(t *testing.T, organisation string) *issued {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{Organization: []string{organisation}, CommonName: organisation + " CA"},
		NotBefore: noon().AddDate(-1, 0, 0), NotAfter: noon().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	made := issue(t, template, nil)
	return &made
}

// issue signs a certificate; without an authority it signs itself.
func issue(t *testing.T, template *x509.Certificate, by *issued) issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return issued{certificate, key, tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}}
}

func TestCertificatesThatAreNotTrusted(t *testing.T) {
	t.Parallel()
	private, known := authorityNamed(t, "Contoso"), authorityNamed(t, "Known")
	for name, test := range map[string]struct {
		host string
		by   *issued
		at   time.Duration // from noon, when the certificate is checked
		of   string        // the name in the certificate
		want string
	}{
		"self-signed":                         {host: "mail.example", want: "certain server-certificate-untrusted"},
		"private authority":                   {host: "mail.example", by: private, want: "likely server-certificate-untrusted, possible tls-interception"},
		"device with its name":                {host: "mail.example", by: authorityNamed(t, "Zscaler Inc."), want: "likely tls-interception, possible server-certificate-untrusted"},
		"private authority for Microsoft":     {host: "outlook.office365.com", by: private, want: "likely tls-interception, possible server-certificate-untrusted"},
		"private authority for the sign-in":   {host: "login.microsoftonline.com", by: private, want: "likely tls-interception, possible server-certificate-untrusted"},
		"private authority for Gmail":         {host: "imap.gmail.com", by: private, want: "likely tls-interception, possible server-certificate-untrusted"},
		"public authority not in the list":    {host: "smtp.office365.com", by: authorityNamed(t, "DigiCert Inc"), want: "likely ca-bundle-outdated, possible tls-interception"},
		"public authority, host of others":    {host: "mail.example", by: authorityNamed(t, "Let's Encrypt"), want: "likely ca-bundle-outdated, possible server-certificate-untrusted"},
		"another name":                        {host: "mail.example", by: known, of: "other.example", want: "certain server-certificate-name-mismatch"},
		"another name for Microsoft":          {host: "outlook.office365.com", by: known, of: "portal.hotel.example", want: "likely server-certificate-name-mismatch, possible tls-interception"},
		"ended months ago":                    {host: "mail.example", by: known, at: 90 * 24 * time.Hour, want: "certain server-certificate-expired"},
		"ended an hour ago":                   {host: "mail.example", by: known, at: 30*24*time.Hour + time.Hour, want: "likely server-certificate-expired, possible clock-skew"},
		"not valid yet":                       {host: "mail.example", by: known, at: -60 * 24 * time.Hour, want: "likely clock-skew, possible server-certificate-expired"},
		"ended at Microsoft, so we are wrong": {host: "outlook.office365.com", by: known, at: 90 * 24 * time.Hour, want: "likely clock-skew, possible server-certificate-expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			of := test.of
			if of == "" {
				of = test.host
			}
			leaf := issue(t, certificateOf(of), test.by)
			roots := x509.NewCertPool()
			roots.AddCert(known.certificate)
			_, err := leaf.certificate.Verify(x509.VerifyOptions{DNSName: test.host, Roots: roots, CurrentTime: noon().Add(test.at)})
			if err == nil {
				t.Fatal("the certificate was trusted")
			}
			err = &providers.StageError{Stage: providers.StageTLS, Host: test.host + ":993", Err: &tls.CertificateVerificationError{Err: err}}
			expectRanking(t, Diagnose(Symptom{Layer: providers.LayerTLS, Err: err}, appOnly()), test.want)
		})
	}
}

func TestCertificateErrorsWithoutACertificate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"authority unknown": {x509.UnknownAuthorityError{}, "likely server-certificate-untrusted, possible tls-interception"},
		"out of time":       {x509.CertificateInvalidError{Reason: x509.Expired}, "likely server-certificate-expired, possible clock-skew"},
		"not for servers":   {x509.CertificateInvalidError{Reason: x509.IncompatibleUsage}, "likely server-certificate-untrusted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectRanking(t, Diagnose(Symptom{Err: &providers.StageError{Stage: providers.StageTLS, Err: test.err}}, Evidence{}), test.want)
		})
	}
}
