// Package practice is a small, honest double of Microsoft Entra and Exchange Online, and of Google's
// sign-in and Gmail, on 127.0.0.1: a tenant to learn on, to demonstrate with and to test against. It
// enforces what Microsoft and Google document, answers in their words and keeps all mail on this
// computer. What is wrong in it is its state; no handler knows the name of a fault.
package practice

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2/imapserver"
)

// Ports is how many ports a tenant takes.
const Ports = 11

// Options say how a tenant is started. Only Dir is needed.
type Options struct {
	// Scenario is planted at the start; empty or "healthy" plants nothing.
	Scenario string
	// PortBase fixes the ports: https on PortBase, then imaps, imap with STARTTLS, smtp, control,
	// pop3s and pop3 with STLS on those after it, and Gmail's imaps, smtp, smtps and pop3s. 0 takes
	// free ports.
	PortBase int
	// Dir is an existing folder; the certificate of the tenant's authority is written there as
	// ca.pem, mode 0644.
	Dir string
	// Now is the clock under the tenant's own; nil means time.Now.
	Now func() time.Time
	// PollInterval is how long a client must wait between polls for a device code, in whole
	// seconds; 0 means Entra's five seconds.
	PollInterval time.Duration
	// Mailboxes replaces the addresses of the connection; the zero value keeps the tenant's own.
	Mailboxes Mailboxes

	// WebRedirects are redirect addresses registered under the platform Web, besides the tenant's
	// own http://localhost for programs on this computer.
	WebRedirects []string

	// ClientKey is the key of the application's own certificates; nil makes one when it is needed.
	ClientKey *rsa.PrivateKey

	// The rest makes the tokens fit for servers that trust another issuer. Zero values mean the
	// tenant's own: a fresh RSA key, https://sts.windows.net/TENANT/, the host that was asked for.
	SigningKey  *rsa.PrivateKey
	KeyID       string
	Issuer      string
	Audience    string
	ExtraClaims map[string]any // added to access tokens, replacing claims of the same name
}

// Tenant is a running practice tenant. Its methods may be called at the same time.
type Tenant struct {
	options Options
	clock   clock
	fixture fixture
	signer  *signer
	proofs  *clientProofs
	journal journal
	trust   trust
	ports   ports

	mutex     sync.Mutex // guards what follows
	state     state
	planted   []planting
	codes     deviceCodes
	authCodes authCodes
	sessions  refreshTokens
	vault     vault // of Google's sign-ins

	post postOffice
	imap *imapserver.Server
	smtp *submissionService
	// Gmail keeps the mail of the same people apart.
	gmailPost postOffice
	gmailSMTP *submissionService
	https     *http.Server
	control   *http.Server
	handed    *handover
	doors     []*listener
	running   sync.WaitGroup
}

// ports are the listeners' addresses, host:port.
type ports struct {
	https, imaps, imap, smtp, control, pop3s, pop3 string
	gmailIMAPS, gmailSMTP, gmailSMTPS, gmailPOP3S  string
}

// Start opens the listeners, plants the scenario and returns when clients may connect.
func Start(options Options) (*Tenant, error) {
	if info, err := os.Stat(options.Dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("practice folder %q does not exist: make it, or name another", options.Dir)
	}
	dir, err := filepath.Abs(options.Dir)
	if err != nil {
		return nil, fmt.Errorf("practice folder %q: %w", options.Dir, err)
	}
	options.Dir = dir
	t := &Tenant{options: options, clock: newClock(options.Now)}
	t.fixture = newFixture(options.Mailboxes, options.WebRedirects, t.clock.now())
	t.state = t.fixture.healthy()
	t.post.open(t.fixture.people(), exchangeFolders())
	t.gmailPost.open(t.fixture.people(), gmailFolders())
	if options.Scenario != "" {
		if err := t.Plant(options.Scenario); err != nil {
			return nil, err
		}
	}
	if t.trust, err = newTrust(time.Now(), t.clock.now()); err != nil {
		return nil, err
	}
	if err := t.trust.write(t.caFile()); err != nil {
		return nil, err
	}
	t.signer = newSigner(options.SigningKey, options.KeyID)
	t.proofs = newClientProofs(options.ClientKey, t.clock.now())
	if err := t.listen(); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

// Close ends every connection and returns when nothing of the tenant runs any more. The
// certificate file stays.
func (t *Tenant) Close() error {
	var problems []error
	for _, door := range t.doors {
		problems = append(problems, door.Close())
	}
	if t.handed != nil {
		problems = append(problems, t.handed.Close(), t.smtp.stop(), t.gmailSMTP.stop())
	}
	t.running.Wait()
	// The listeners and their connections are closed by now, so these only wait for handlers.
	for _, server := range []*http.Server{t.https, t.control} {
		if server != nil {
			problems = append(problems, server.Shutdown(context.Background()))
		}
	}
	t.signer.wait()
	return errors.Join(problems...)
}

func (t *Tenant) listen() error {
	t.handed = newHandover()
	t.imap = t.imapServer()
	t.smtp, t.gmailSMTP = t.exchangeSMTP(), t.googleSMTP()
	t.https = t.httpServer(t.webRoutes())
	t.https.TLSConfig = t.tls("https")
	t.control = t.httpServer(t.controlRoutes())
	mail := func(serve func(net.Conn)) func(net.Listener) error {
		return func(l net.Listener) error { return t.accept(l, serve) }
	}
	services := [Ports]struct {
		name    string
		address *string
		serve   func(net.Listener) error
	}{
		{"https", &t.ports.https, func(l net.Listener) error { return t.https.ServeTLS(l, "", "") }},
		{"imaps", &t.ports.imaps, mail(func(c net.Conn) { t.serveIMAP(c, true) })},
		{"imap", &t.ports.imap, mail(func(c net.Conn) { t.serveIMAP(c, false) })},
		{"smtp", &t.ports.smtp, mail(t.serveSMTP)},
		{"control", &t.ports.control, t.control.Serve},
		{"pop3s", &t.ports.pop3s, mail(func(c net.Conn) { t.servePOP3(c, true) })},
		{"pop3", &t.ports.pop3, mail(func(c net.Conn) { t.servePOP3(c, false) })},
		{"Gmail's imaps", &t.ports.gmailIMAPS, mail(t.serveGmailIMAP)},
		{"Gmail's smtp", &t.ports.gmailSMTP, mail(func(c net.Conn) { t.serveGmailSMTP(c, false) })},
		{"Gmail's smtps", &t.ports.gmailSMTPS, mail(func(c net.Conn) { t.serveGmailSMTP(c, true) })},
		{"Gmail's pop3s", &t.ports.gmailPOP3S, mail(t.serveGmailPOP3)},
	}
	// All listeners are open before anything is served: an occupied port stops the start cleanly,
	// and no handler sees a half-filled t.ports.
	for i, service := range services {
		port := 0
		if t.options.PortBase != 0 {
			port = t.options.PortBase + i
		}
		opened, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			return fmt.Errorf("practice tenant's %s port %d cannot be opened: choose another port base, or 0 for free ports: %w", service.name, port, err)
		}
		*service.address = opened.Addr().String()
		t.doors = append(t.doors, newListener(opened))
	}
	for i, service := range services {
		// A server's error here only says that its listener was closed.
		t.running.Go(func() { _ = service.serve(t.doors[i]) })
	}
	t.running.Go(func() { _ = t.imap.Serve(t.handed) })
	for _, service := range []*submissionService{t.smtp, t.gmailSMTP} {
		t.running.Go(service.upgrading.serve)
		t.running.Go(service.inClear.serve)
	}
	return nil
}

func (t *Tenant) caFile() string { return filepath.Join(t.options.Dir, "ca.pem") }

func (t *Tenant) httpServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          t.journal.logger(t.clock.now),
		TLSNextProto:      noHTTP2(),
	}
}
