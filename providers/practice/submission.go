package practice

import (
	"context"
	"errors"
	"io"
	"log"
	"net"

	"github.com/emersion/go-smtp"
)

// maxMessage is how large a message may be, in bytes.
const maxMessage = 35 << 20

// maxConnections is how many SMTP connections one computer may hold open at a time: the receive
// connector's limit per source
// (https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector).
const maxConnections = 20

// submissionService is the SMTP of one provider. It has two of the library's servers, which decide
// when they are made whether STARTTLS is offered: the second serves where something took it away.
type submissionService struct{ upgrading, inClear *submissionServer }

// submissionServer is the library's SMTP server behind the gate.
type submissionServer struct {
	*smtp.Server
	handed *handover
}

// exchangeSMTP is Exchange's; its name completes to "… Microsoft ESMTP Service Ready".
func (t *Tenant) exchangeSMTP() *submissionService {
	return t.submissionService("practice."+t.fixture.domains[0]+" Microsoft", func() smtp.Session { return &submission{tenant: t} })
}

func (t *Tenant) submissionService(name string, session func() smtp.Session) *submissionService {
	return &submissionService{t.submissionServer(name, session, true), t.submissionServer(name, session, false)}
}

// take gives a connection to the server that offers what the gate lets through.
func (s *submissionService) take(conn net.Conn, clear bool) {
	server := s.upgrading
	if clear {
		server = s.inClear
	}
	if !server.handed.give(conn) {
		_ = conn.Close()
	}
}

func (s *submissionService) stop() error { return errors.Join(s.upgrading.stop(), s.inClear.stop()) }

func (t *Tenant) submissionServer(name string, session func() smtp.Session, startTLS bool) *submissionServer {
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return session(), nil }))
	server.Domain = name
	if startTLS {
		server.TLSConfig = t.tls("smtp")
	}
	server.MaxLineLength = 16 << 10 // the library's default is too short for tokens
	server.MaxMessageBytes = maxMessage
	server.ReadTimeout = patience
	server.WriteTimeout = patience
	server.EnableSMTPUTF8 = true
	server.ErrorLog = log.New(io.Discard, "", 0)
	return &submissionServer{server, newHandover()}
}

// serve returns when the server is stopped.
func (s *submissionServer) serve() { _ = s.Serve(s.handed) }

// stop waits for the handlers of connections, which were closed before.
func (s *submissionServer) stop() error {
	_ = s.handed.Close() // the library closes only what it has begun to serve
	err := s.Shutdown(context.Background())
	if errors.Is(err, smtp.ErrServerClosed) {
		return nil
	}
	return err
}

// serveSMTP leads a client through the gate to Exchange.
func (t *Tenant) serveSMTP(accepted net.Conn) {
	if t.barred("smtp", accepted) || t.estranged("smtp", accepted) {
		return
	}
	if t.crowded() {
		t.journal.note(t.clock.now(), "smtp", "connection refused: too many are open")
		_, _ = io.WriteString(accepted, "421 4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel\r\n")
		_ = accepted.Close()
		return
	}
	t.smtp.take(accepted, t.gate("smtp").clear)
}

func (t *Tenant) crowded() bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.state.exchange.heldConnections >= maxConnections
}
