package practice

import (
	"crypto/tls"
	"io"
	"net"
	"time"
)

// network is what clients meet at the tenant's ports before any sign-in.
type network struct{ https, imap, pop3, smtp gate }

// at is the gate of a protocol: "https", "imap" and "pop3" for both their ports, or "smtp".
func (n *network) at(protocol string) *gate {
	switch protocol {
	case "imap":
		return &n.imap
	case "pop3":
		return &n.pop3
	case "smtp":
		return &n.smtp
	}
	return &n.https
}

// gate is one protocol's way in: the network before the port, whoever listens there, and TLS.
// Only certificates are changed for https: without the sign-in service nothing could be shown.
type gate struct {
	reset       bool        // a firewall lets the connection open and then tears it down
	silent      bool        // nothing is ever said
	stranger    string      // what another service at this port says first; empty for the right one
	clear       bool        // STARTTLS is not offered
	oldTLS      bool        // TLS 1.1 at most
	certificate certificate // which one is shown
}

func (t *Tenant) gate(protocol string) gate {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return *t.state.network.at(protocol)
}

// tls asks for the gate anew with every handshake, so that a fault shows as soon as it is there.
func (t *Tenant) tls(protocol string) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			at := t.gate(protocol)
			config := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{t.trust.servers[at.certificate]}}
			if at.oldTLS {
				config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
			}
			return config, nil
		},
	}
}

// barred plays what keeps a client from the server behind the gate, and reports whether there was
// anything; the connection is over then.
func (t *Tenant) barred(protocol string, conn net.Conn) bool {
	at := t.gate(protocol)
	switch {
	case at.reset:
		t.journal.note(t.clock.now(), protocol, "connection reset")
		reset(conn)
	case at.silent:
		t.journal.note(t.clock.now(), protocol, "connection accepted in silence")
		ignoreClient(conn)
	default:
		return false
	}
	return true
}

// estranged lets another service than the protocol's own speak, and reports whether there is one.
func (t *Tenant) estranged(protocol string, conn net.Conn) bool {
	words := t.gate(protocol).stranger
	if words == "" {
		return false
	}
	t.journal.note(t.clock.now(), protocol, "another service answered at this port")
	if _, err := io.WriteString(conn, words+"\r\n"); err == nil {
		ignoreClient(conn)
	}
	_ = conn.Close()
	return true
}

// ignoreClient reads until the client gives up: closing earlier could tear down what was said.
func ignoreClient(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(patience))
	_, _ = io.Copy(io.Discard, conn)
	_ = conn.Close()
}

// reset closes a connection as devices on the way do, with RST in place of FIN.
func reset(conn net.Conn) {
	if accepted, ok := conn.(*connection); ok {
		if tcp, ok := accepted.Conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
	}
	_ = conn.Close()
}
