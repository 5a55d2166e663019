package diagnosis

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"github.com/mailgrant/mailgrant/providers"
)

// fromStage reads trouble with a server beside its protocol's own refusals. At layer token the
// server is the sign-in service, to which a proxy may lead; mail servers are met directly.
func fromStage(stage *providers.StageError, symptom Symptom, evidence Evidence) []finding {
	if stage.Err == nil {
		return nil
	}
	if findings := fromInside(stage, symptom, evidence); findings != nil {
		return findings
	}
	var lookup *net.DNSError
	if stage.Stage == providers.StageResolve || errors.As(stage.Err, &lookup) {
		return certain(DNSFailure)
	}
	if findings := fromHandshake(stage, symptom); findings != nil {
		return findings
	}
	switch stage.Stage {
	case providers.StageConnect:
		return certain(NetworkBlocked)
	case providers.StageGreeting:
		return fromSilence(stage.Err, ServerProtocolError, SMTPTLSModeMismatch)
	case providers.StageStartTLS:
		if contains(stage.Err.Error(), "in the clear") {
			return likely(ServerProtocolError, STARTTLSNotOffered)
		}
		return fromSilence(stage.Err, STARTTLSNotOffered, ServerProtocolError)
	case providers.StageTLS:
		return fromSilence(stage.Err, ServerProtocolError, TLSInterception)
	}
	return fromDialogue(stage.Err, symptom)
}

// fromSilence tells no answer and a torn connection from a wrong answer.
func fromSilence(err error, wrong, neighbour Cause) []finding {
	switch {
	case timedOut(err):
		return likely(ServerTimeout, neighbour)
	case errors.Is(err, syscall.ECONNRESET):
		return likely(NetworkBlocked, ServerProtocolError)
	case closed(err):
		return likely(ServerProtocolError, NetworkBlocked)
	}
	return likely(wrong, neighbour)
}

func fromDialogue(err error, symptom Symptom) []finding {
	switch {
	case timedOut(err):
		return likely(ServerTimeout, NetworkBlocked)
	case symptom.Layer == providers.LayerSASL && closed(err) && !overHTTPS(symptom):
		// Dovecot hangs up without a word on a good token of a user without a mailbox.
		return likely(MailboxNotFoundOrUnlicensed, ServerProtocolError)
	}
	return likely(ServerProtocolError)
}

// fromInside reads the refusals that a stage may hold: a proxy's answer on the way to the sign-in
// service, a server's words in its greeting, a sign-in method that is not there.
func fromInside(stage *providers.StageError, symptom Symptom, evidence Evidence) []finding {
	var authority *providers.AuthorityError
	var mechanism *providers.MechanismMissing
	var reply *providers.Reply
	switch {
	case errors.As(stage.Err, &authority) && authority != nil:
		return fromAuthority(authority, symptom, evidence)
	case errors.As(stage.Err, &mechanism):
		return certain(SMTPAuthMechanismUnsupported)
	case errors.As(stage.Err, &reply) && reply != nil && stage.Stage != providers.StageStartTLS:
		return fromPhrase(reply)
	}
	return fromProxy(stage.Err)
}

// fromProxy reads the errors of Go's own http.Transport, which have no types: the words of a CONNECT
// that was refused, and the operation "proxyconnect".
func fromProxy(err error) []finding {
	var operation *net.OpError
	switch {
	case contains(err.Error(), "proxy authentication required"):
		return certain(ProxyAuthRequired)
	case errors.As(err, &operation) && operation.Op == "proxyconnect":
		return certain(ProxyMisconfigured)
	}
	return nil
}

// fromHandshake reads trouble with TLS. Alerts and versions have no type in crypto/tls that errors.As
// could find; their words follow RFC 8446 section 6.
func fromHandshake(stage *providers.StageError, symptom Symptom) []finding {
	if findings := fromCertificate(stage.Err, stage.Host); findings != nil {
		return findings
	}
	var record tls.RecordHeaderError
	switch {
	case errors.As(stage.Err, &record) && symptom.Layer == providers.LayerToken:
		return likely(ProxyMisconfigured, ServerProtocolError)
	case errors.As(stage.Err, &record) && overHTTPS(symptom):
		return likely(ServerProtocolError)
	case errors.As(stage.Err, &record):
		return likely(SMTPTLSModeMismatch, ServerProtocolError)
	case contains(stage.Err.Error(), "tls:", "protocol version"):
		return certain(TLSVersionUnsupported)
	case contains(stage.Err.Error(), "tls: handshake failure"):
		return likely(TLSVersionUnsupported, ServerProtocolError)
	}
	return nil
}

func timedOut(err error) bool {
	var waiting net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &waiting) && waiting.Timeout()
}

func closed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
