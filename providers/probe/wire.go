package probe

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// wire is the connection to one server. Every wait on it is bounded, and what passes is noted.
type wire struct {
	conn     net.Conn
	lines    *lineReader
	journal  *journal
	host     string // host:port as configured
	patience time.Duration
	end      time.Time // of the whole test
	release  func() bool
	broken   atomic.Bool // nothing can be said any more
}

// newWire takes over a connection. When ctx ends, the connection is closed under whoever
// waits for it.
func newWire(ctx context.Context, conn net.Conn, journal *journal) *wire {
	w := &wire{conn: conn, lines: newLineReader(conn, maxSpeech), journal: journal}
	w.release = context.AfterFunc(ctx, func() {
		w.broken.Store(true)
		_ = conn.Close()
	})
	return w
}

// wait begins a new wait for the server: from now on it has the whole patience again.
func (w *wire) wait() { w.waitFor(w.patience) }

func (w *wire) waitFor(patience time.Duration) {
	deadline := time.Now().Add(patience)
	if w.end.Before(deadline) {
		deadline = w.end
	}
	_ = w.conn.SetDeadline(deadline)
}

// read returns the server's next line. With an error it returns what came before it.
func (w *wire) read() (string, error) {
	line, err := w.lines.next()
	if line != "" || err == nil {
		w.journal.received(line)
	}
	if err != nil {
		w.broken.Store(true)
	}
	return line, err
}

// send writes lines at once and begins the wait for what they bring.
func (w *wire) send(lines ...string) error {
	return w.write([]byte(strings.Join(lines, "\r\n")+"\r\n"), lines...)
}

// sendBlock writes text that is noted by its size only.
func (w *wire) sendBlock(what string, text []byte) error {
	return w.write(text, fmt.Sprintf("[%s, %d bytes]", what, len(text)))
}

// write says nothing on a broken wire: a goodbye after a cut answer would be noise.
func (w *wire) write(text []byte, notes ...string) error {
	if w.broken.Load() {
		return net.ErrClosed
	}
	for _, note := range notes {
		w.journal.sent(note)
	}
	w.wait()
	_, err := w.conn.Write(text)
	if err != nil {
		w.broken.Store(true)
	}
	return err
}

// secure puts TLS on the connection.
func (w *wire) secure(config *tls.Config) (tls.ConnectionState, error) {
	secured := tls.Client(w.conn, config)
	w.wait()
	if err := secured.Handshake(); err != nil {
		w.broken.Store(true)
		return tls.ConnectionState{}, err
	}
	state := secured.ConnectionState()
	w.conn, w.lines = secured, newLineReader(secured, maxSpeech)
	w.journal.note(true, fmt.Sprintf("[%s, %s]", tls.VersionName(state.Version), tls.CipherSuiteName(state.CipherSuite)))
	return state, nil
}

// plain reports whether there is no TLS yet.
func (w *wire) plain() bool {
	_, secured := w.conn.(*tls.Conn)
	return !secured
}

// close ends the connection without waiting for the server.
func (w *wire) close() {
	w.broken.Store(true)
	_ = w.conn.Close()
	w.release()
}

// trouble types an error of this connection.
func (w *wire) trouble(stage providers.Stage, err error) error {
	return &providers.StageError{Stage: stage, Host: w.host, Err: explain(err, w.patience)}
}

// rubbish types an answer that is not the protocol's.
func (w *wire) rubbish(stage providers.Stage, what, line string) error {
	line = w.journal.veil.keep(line)
	if len(line) > 200 {
		line = providers.Clean(line[:200]) + "…"
	}
	text := fmt.Sprintf("%s: %q", what, line)
	return &providers.StageError{Stage: stage, Host: w.host, Err: &reason{text: text}}
}
