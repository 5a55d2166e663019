package oauth

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"github.com/mailgrant/mailgrant/providers"
)

// progress follows how far a connection came, to name the stage at which it failed.
type progress struct {
	reached atomic.Pointer[providers.Stage]
}

// watch returns a context with which a request reports its progress.
func (p *progress) watch(ctx context.Context) context.Context {
	to := func(stage providers.Stage) { p.reached.Store(&stage) }
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { to(providers.StageResolve) },
		ConnectStart:      func(string, string) { to(providers.StageConnect) },
		TLSHandshakeStart: func() { to(providers.StageTLS) },
		GotConn:           func(httptrace.GotConnInfo) { to(providers.StageDialogue) },
	})
}

// stage names the stage that err belongs to: by its type where that is clear, or else as far as
// the connection came.
func (p *progress) stage(err error) providers.Stage {
	var (
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		alert       tls.AlertError
		record      tls.RecordHeaderError
		proxy       *providers.AuthorityError
		operation   *net.OpError
	)
	switch {
	case errors.As(err, &dns):
		return providers.StageResolve
	case errors.As(err, &certificate), errors.As(err, &alert), errors.As(err, &record):
		return providers.StageTLS
	case errors.As(err, &proxy):
		return providers.StageConnect
	case errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect"):
		return providers.StageConnect
	}
	if reached := p.reached.Load(); reached != nil {
		return *reached
	}
	return providers.StageDialogue
}

// hostPort is the server that an address leads to, with its port.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// tidied is an error whose text was cleaned because a server had a hand in it.
type tidied struct {
	text string
	err  error
}

func (t *tidied) Error() string { return t.text }
func (t *tidied) Unwrap() error { return t.err }

func tidy(err error) error {
	if text := providers.Clean(err.Error()); text != err.Error() {
		return &tidied{text: text, err: err}
	}
	return err
}
