package probe

import (
	"crypto/tls"
	"errors"
	"net"
	"os"

	"github.com/mailgrant/mailgrant/providers"
)

// readGreeting returns the server's first line. A server that speaks TLS where plain text is
// due gives a StageError of StageTLS with a tls.RecordHeaderError inside, as the reverse does.
func (w *wire) readGreeting() (string, error) {
	w.wait()
	line, err := w.read()
	if w.plain() && (isTLS(line) || line == "" && errors.Is(err, os.ErrDeadlineExceeded) && w.answersTLS()) {
		header := tls.RecordHeaderError{Msg: "TLS record where a plain greeting is due", Conn: w.conn}
		copy(header.RecordHeader[:], line)
		return "", &providers.StageError{Stage: providers.StageTLS, Host: w.host,
			Err: &reason{"the server speaks TLS from the first byte, not STARTTLS", header}}
	}
	if err != nil {
		return "", w.trouble(providers.StageGreeting, err)
	}
	return line, nil
}

// isTLS recognises a handshake (0x16) or an alert (0x15) record (RFC 8446 section 5.1).
func isTLS(line string) bool {
	return len(line) >= 2 && (line[0] == 0x16 || line[0] == 0x15) && line[1] == 0x03
}

// answersTLS tells a silent server from one that waits for a TLS handshake, as every server
// behind an implicit TLS port does when it is taken for one with STARTTLS.
func (w *wire) answersTLS() bool {
	w.waitFor(w.patience / 4) // such a server answers at once
	listener := &firstBytes{Conn: w.conn}
	// Nothing is trusted or shown on this connection: only whether TLS comes back matters.
	_ = tls.Client(listener, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}).Handshake()
	return isTLS(string(listener.seen))
}

// firstBytes remembers how the other side begins to speak.
type firstBytes struct {
	net.Conn
	seen []byte
}

func (c *firstBytes) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if room := 5 - len(c.seen); room > 0 {
		c.seen = append(c.seen, p[:min(n, room)]...)
	}
	return n, err
}
