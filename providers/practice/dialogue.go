package practice

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// maxLine bounds one line of a client, in bytes: a token of 6 kB is 11 kB long as it is sent.
const maxLine = 64 << 10

// patience is how long a client may be silent before it has signed in.
const patience = 2 * time.Minute

// errOver ends a dialogue in order.
var errOver = errors.New("the dialogue is over")

// dialogue is a connection of a protocol that is spoken in lines.
type dialogue struct {
	tenant   *Tenant
	protocol string // of the gate and the journal: "imap", "pop3"
	farewell string // what a client is told whose line does not end
	conn     net.Conn
	reader   *bufio.Reader
	private  bool // TLS is on
}

func (t *Tenant) dialogue(protocol, farewell string, conn net.Conn) dialogue {
	return dialogue{tenant: t, protocol: protocol, farewell: farewell, conn: conn, reader: bufio.NewReader(conn)}
}

// secure starts TLS. What a client sent in clear before that must not count as sent inside TLS, so
// the reader is a new one.
func (d *dialogue) secure() error {
	secured := tls.Server(d.conn, d.tenant.tls(d.protocol))
	_ = secured.SetDeadline(time.Now().Add(patience))
	if err := secured.Handshake(); err != nil {
		d.note("TLS handshake failed: " + err.Error())
		return err
	}
	d.conn, d.reader, d.private = secured, bufio.NewReader(secured), true
	return nil
}

// offersTLS is whether TLS can be started in this connection.
func (d *dialogue) offersTLS() bool { return !d.private && !d.tenant.gate(d.protocol).clear }

func (d *dialogue) note(summary string) {
	d.tenant.journal.note(d.tenant.clock.now(), d.protocol, summary)
}

func (d *dialogue) say(format string, values ...any) error {
	_, err := fmt.Fprintf(d.conn, format+"\r\n", values...)
	return err
}

// ask says a line and returns the client's answer to it.
func (d *dialogue) ask(line string) (string, error) {
	if err := d.say("%s", line); err != nil {
		return "", err
	}
	return d.read()
}

// read returns one line without its end.
func (d *dialogue) read() (string, error) {
	_ = d.conn.SetDeadline(time.Now().Add(patience))
	var line []byte
	for {
		part, err := d.reader.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			return strings.TrimRight(string(line), "\r\n"), nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", err
		}
		if len(line) > maxLine {
			_ = d.say("%s", d.farewell)
			return "", errOver
		}
	}
}
