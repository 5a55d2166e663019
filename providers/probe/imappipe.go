package probe

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// imapPipe is the connection as the library sees it: whole lines, bounded and noted by the wire
// below. It remembers what the library forgets.
type imapPipe struct {
	wire *wire
	net.Conn
	unread  []byte // of a line from the server
	unsent  []byte // of a line from the library
	mutex   sync.Mutex
	earlier imapHeard
}

// imapHeard is what came from the server, for the time after something went wrong.
type imapHeard struct {
	last string      // line
	bye  *imapStatus // an untagged BYE, which the library reads over
	err  error       // how reading or writing ended
}

func newIMAPPipe(w *wire, greeting string) *imapPipe {
	return &imapPipe{wire: w, Conn: w.conn, unread: []byte(greeting + "\r\n")}
}

func (p *imapPipe) heard() imapHeard {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.earlier
}

func (p *imapPipe) remember(line string, err error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if line != "" {
		p.earlier.last = line
	}
	if status, ok := parseStatus(line); ok && status.tag == "*" && status.kind == "BYE" {
		p.earlier.bye = &status
	}
	if p.earlier.err == nil {
		p.earlier.err = err
	}
}

func (p *imapPipe) Read(into []byte) (int, error) {
	if len(p.unread) == 0 {
		line, err := p.wire.read()
		p.remember(line, err)
		if err != nil {
			return 0, err
		}
		p.unread = []byte(line + "\r\n")
	}
	n := copy(into, p.unread)
	p.unread = p.unread[n:]
	return n, nil
}

func (p *imapPipe) Write(text []byte) (int, error) {
	p.unsent = append(p.unsent, text...)
	for {
		line, rest, whole := bytes.Cut(p.unsent, []byte("\r\n"))
		if !whole {
			return len(text), nil
		}
		p.unsent = rest
		// The library writes an empty answer to a challenge as "=", which is right only beside
		// the command itself (RFC 4959 section 3). RFC 3501 section 6.2.2 wants an empty line.
		if string(line) == "=" {
			line = nil
		}
		if err := p.wire.send(string(line)); err != nil {
			p.remember("", err)
			return 0, err
		}
	}
}

// The library's own time limits cannot be set: the wire's hold.

func (p *imapPipe) SetDeadline(time.Time) error      { return nil }
func (p *imapPipe) SetReadDeadline(time.Time) error  { return nil }
func (p *imapPipe) SetWriteDeadline(time.Time) error { return nil }
