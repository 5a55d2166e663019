package practice

import (
	"io"
	"net"
	"strings"
	"sync"
)

// handover is the listener through which connections that have signed in at our own IMAP door
// reach the IMAP library.
type handover struct {
	waiting chan net.Conn
	done    chan struct{}
	once    sync.Once
}

func newHandover() *handover {
	return &handover{waiting: make(chan net.Conn), done: make(chan struct{})}
}

func (h *handover) give(conn net.Conn) bool {
	select {
	case h.waiting <- conn:
		return true
	case <-h.done:
		return false
	}
}

func (h *handover) Accept() (net.Conn, error) {
	select {
	case conn := <-h.waiting:
		return conn, nil
	case <-h.done:
		return nil, net.ErrClosed
	}
}

func (h *handover) Close() error {
	h.once.Do(func() { close(h.done) })
	return nil
}

func (h *handover) Addr() net.Addr { return &net.TCPAddr{} }

// signedIn is a connection past the door. To the library it is a new one, preauthenticated: the
// greeting that it writes for that is swallowed, since the client has had its own.
type signedIn struct {
	net.Conn
	reader  io.Reader // holds what the client has sent already
	house   house
	mailbox string
	inside  bool // the tenant itself reads the mailbox, and wants the greeting
	greeted bool
	ended   chan struct{}
	closing sync.Once
}

func (c *signedIn) Read(into []byte) (int, error) { return c.reader.Read(into) }

func (c *signedIn) Write(data []byte) (int, error) {
	if c.greeted || c.inside {
		return c.Conn.Write(data)
	}
	_, rest, whole := strings.Cut(string(data), "\n")
	if !whole {
		return len(data), nil
	}
	c.greeted = true
	if rest != "" {
		if _, err := c.Conn.Write([]byte(rest)); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// Close tells the door that the library has done with the connection.
func (c *signedIn) Close() error {
	c.closing.Do(func() { close(c.ended) })
	return c.Conn.Close()
}
