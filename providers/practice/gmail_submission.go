package practice

import (
	"crypto/tls"
	"net"
	"time"

	"github.com/emersion/go-smtp"
)

// googleSMTP is Gmail's; its name completes to "smtp.gmail.com ESMTP Service Ready".
func (t *Tenant) googleSMTP() *submissionService {
	return t.submissionService("smtp.gmail.com", func() smtp.Session { return &gmailSubmission{tenant: t} })
}

// serveGmailSMTP leads a client through the gate to Gmail, with TLS from the first byte or STARTTLS.
func (t *Tenant) serveGmailSMTP(accepted net.Conn, implicitTLS bool) {
	if t.barred("smtp", accepted) {
		return
	}
	if implicitTLS {
		secured := tls.Server(accepted, t.tls("smtp"))
		_ = secured.SetDeadline(time.Now().Add(patience))
		if err := secured.Handshake(); err != nil {
			t.journal.note(t.clock.now(), "smtp", "TLS handshake failed: "+err.Error())
			_ = secured.Close()
			return
		}
		accepted = secured
	}
	if t.estranged("smtp", accepted) {
		return
	}
	t.gmailSMTP.take(accepted, t.gate("smtp").clear)
}
