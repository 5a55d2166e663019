// Package loopback waits on a port of this computer for the one answer that a browser is sent
// back with when a person has signed in (RFC 8252 section 7.3).
package loopback

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

const (
	maxAnswer    = 64 << 10         // bytes: of a header, of a form, of a pasted address
	callTimeout  = 10 * time.Second // for one request of the browser
	partingLimit = time.Second      // for the last page to reach the browser
)

// Listener waits for the answer to one sign-in. It is safe for concurrent use.
type Listener struct {
	redirect redirect
	state    string
	server   *http.Server

	mu      sync.Mutex
	settled chan struct{} // closed when the answer is there, or none can come any more
	code    keychain.Secret
	err     error
}

// Listen begins to listen where a redirect such as http://localhost:8421/path leads; without a
// port any free one is taken. For "localhost" it listens on 127.0.0.1 and, if it can, on ::1,
// because browsers try either. Close it in the end.
func Listen(address string) (*Listener, error) {
	to, err := parseRedirect(address)
	if err != nil {
		return nil, err
	}
	sockets, port, err := open(to)
	if err != nil {
		return nil, err
	}
	to.port = port
	l := &Listener{redirect: to, state: rand.Text(), settled: make(chan struct{})}
	l.server = &http.Server{
		Handler:           l,
		ReadHeaderTimeout: callTimeout,
		ReadTimeout:       callTimeout,
		WriteTimeout:      callTimeout,
		MaxHeaderBytes:    maxAnswer,
		ErrorLog:          log.New(io.Discard, "", 0), // it would write to the person's terminal
	}
	l.server.SetKeepAlivesEnabled(false)
	for _, socket := range sockets {
		go func() {
			err := l.server.Serve(socket)
			l.settle(keychain.Secret{}, fmt.Errorf("listening for the browser's answer ended: %w", err))
		}()
	}
	return l, nil
}

// open opens the sockets that a redirect leads to, all at the same port.
func open(to redirect) (sockets []net.Listener, port string, err error) {
	port = to.port
	if port == "" {
		port = "0"
	}
	address := net.JoinHostPort("127.0.0.1", port)
	first, err := net.Listen("tcp", address)
	if err != nil {
		return nil, "", &providers.PortUnusable{Address: address, Err: err}
	}
	_, port, _ = net.SplitHostPort(first.Addr().String()) // an address of a socket always has a port
	sockets = []net.Listener{first}
	if to.host == "localhost" {
		if second, err := net.Listen("tcp", net.JoinHostPort("::1", port)); err == nil {
			sockets = append(sockets, second)
		}
	}
	return sockets, port, nil
}

// Redirect is the address to name in the request, with its port.
func (l *Listener) Redirect() string { return l.redirect.String() }

// State is what the request must carry: random, and the answer is known by it.
func (l *Listener) State() string { return l.state }

// Wait returns the authorization code, or what came instead: the service's refusal as
// *providers.AuthorityError, or ctx's own error. Answers to other sign-ins do not end it.
func (l *Listener) Wait(ctx context.Context) (keychain.Secret, error) {
	select {
	case <-l.settled:
		return l.code, l.err
	case <-ctx.Done():
		return keychain.Secret{}, ctx.Err()
	}
}

// Close ends listening, as soon as the browser has its page.
func (l *Listener) Close() {
	l.settle(keychain.Secret{}, errors.New("the sign-in was given up"))
	ctx, cancel := context.WithTimeout(context.Background(), partingLimit)
	defer cancel()
	if l.server.Shutdown(ctx) != nil {
		_ = l.server.Close() // nothing is left to be said to who still hangs on
	}
}

// settle notes the answer, and reports whether it is the first.
func (l *Listener) settle(code keychain.Secret, err error) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.settled:
		return false
	default:
	}
	l.code, l.err = code, err
	close(l.settled)
	return true
}
