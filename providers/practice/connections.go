package practice

import (
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// listener remembers the connections it accepted, so that closing it ends them too. The servers
// behind it then find closed connections and stop by themselves.
type listener struct {
	net.Listener
	mutex  sync.Mutex
	open   map[net.Conn]struct{}
	closed bool
}

func newListener(opened net.Listener) *listener {
	return &listener{Listener: opened, open: map[net.Conn]struct{}{}}
}

func (l *listener) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.closed {
		_ = accepted.Close()
		return nil, net.ErrClosed
	}
	l.open[accepted] = struct{}{}
	return &connection{Conn: accepted, from: l}, nil
}

// Close ends the listener and its connections; a second call does nothing.
func (l *listener) Close() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	err := l.Listener.Close()
	for accepted := range l.open {
		_ = accepted.Close()
	}
	return err
}

// accept serves every connection in a goroutine of its own, until the listener is closed.
func (t *Tenant) accept(from net.Listener, serve func(net.Conn)) error {
	for {
		accepted, err := from.Accept()
		if err != nil {
			return err
		}
		t.running.Go(func() { serve(accepted) })
	}
}

type connection struct {
	net.Conn
	from *listener
}

func (c *connection) Close() error {
	c.from.mutex.Lock()
	delete(c.from.open, c.Conn)
	c.from.mutex.Unlock()
	return c.Conn.Close()
}

// noHTTP2 keeps the servers to HTTP/1.1, whose connections end when they are closed.
func noHTTP2() map[string]func(*http.Server, *tls.Conn, http.Handler) {
	return map[string]func(*http.Server, *tls.Conn, http.Handler){}
}
