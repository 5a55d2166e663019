package practice

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"strings"
	"syscall"
	"time"
)

// walk connects as the product would on a route, with what was written down for it, and returns
// what went wrong, one line for each mailbox: empty when all is well. It sends one message from
// the outbound mailbox to itself.
func (w *world) walk(route string) []string {
	w.Helper()
	var wrong []string
	written := w.Describe().Answers[route]
	unreachable := w.reachAuthority()
	for _, box := range append([]Mailbox{written.Mailboxes.Outbound}, written.Mailboxes.Inbound...) {
		outbound := box == written.Mailboxes.Outbound
		token, problem := "", unreachable
		if problem == "" {
			token, problem = w.tokenFor(route, box.Address, outbound)
		}
		switch {
		case problem != "":
			problem = "token: " + problem
		case outbound:
			problem = w.tryServer(box.Address, token, strings.HasPrefix(written.Endpoints.SMTP, "smtps://"))
		default:
			problem = w.tryFolder(box, token)
		}
		if problem != "" {
			wrong = append(wrong, box.Address+" "+anyTime(problem))
		}
	}
	return wrong
}

func (w *world) reachAuthority() string {
	conn, err := tls.Dial("tcp", w.ports.https, w.tls())
	if err != nil {
		return trouble(err)
	}
	_ = conn.Close()
	return ""
}

func (w *world) tokenFor(route, address string, outbound bool) (token, problem string) {
	w.Helper()
	var a answer
	switch {
	case route == RouteAppOnly:
		a = w.post(tokenPath, w.appForm())
	case outbound:
		a = w.signIn(address, smtpScope+" offline_access")
	default:
		a = w.signIn(address, imapScope+" offline_access")
	}
	if a.status != http.StatusOK {
		return "", a.word("error") + " " + a.word("error_description")
	}
	return a.word("access_token"), ""
}

func (w *world) tryIMAP(address, token string) string {
	w.Helper()
	return w.tryFolder(Mailbox{Address: address}, token)
}

func (w *world) tryFolder(box Mailbox, token string) string {
	w.Helper()
	plain, err := w.dial("imap", w.ports.imaps)
	if err != nil {
		return "imap connect: " + trouble(err)
	}
	conn := tls.Client(plain, w.tls())
	if err := conn.Handshake(); err != nil {
		return "imap tls: " + trouble(err)
	}
	c := &imapClient{T: w.T, conn: conn, reader: bufio.NewReader(conn)}
	if greeting, err := c.reader.ReadString('\n'); err != nil || !strings.HasPrefix(greeting, "* OK ") {
		return "imap greeting: " + greeting + trouble(err)
	}
	if got, _ := c.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response(box.Address, token)); got != "OK AUTHENTICATE completed." {
		return "imap: " + got
	}
	folder := "INBOX"
	if box.Folder != "" {
		folder = box.Folder
	}
	if got, _ := c.ask(fmt.Sprintf("EXAMINE %q", folder)); !strings.HasPrefix(got, "OK ") {
		return "imap EXAMINE: " + got
	}
	return ""
}

func (w *world) trySMTP(address, token string) string {
	w.Helper()
	return w.tryServer(address, token, false)
}

func (w *world) tryServer(address, token string, implicitTLS bool) string {
	w.Helper()
	conn, err := w.dial("smtp", w.ports.smtp)
	if err != nil {
		return "smtp connect: " + trouble(err)
	}
	if implicitTLS {
		conn = tls.Client(conn, w.tls())
		if err := conn.(*tls.Conn).Handshake(); err != nil {
			return "smtp tls: " + trouble(err)
		}
	}
	c := &smtpClient{T: w.T, conn: conn, text: textproto.NewConn(conn)}
	if greeting, err := c.text.ReadLine(); err != nil || !strings.HasPrefix(greeting, "220 ") {
		return "smtp greeting: " + greeting + trouble(err)
	}
	if !strings.Contains(c.ask("EHLO client.example"), "\nSTARTTLS") {
		return "smtp: STARTTLS is not offered"
	}
	c.want("STARTTLS", "220 ")
	secured := tls.Client(conn, w.tls())
	if err := secured.Handshake(); err != nil {
		return "smtp tls: " + trouble(err)
	}
	c.text = textproto.NewConn(secured)
	if offer := c.ask("EHLO client.example"); !strings.Contains(offer, " XOAUTH2") {
		return "smtp: XOAUTH2 is not offered"
	}
	if got := c.auth(address, token); got != "235 2.7.0 Authentication successful" {
		return "smtp: " + got
	}
	got := c.mail(address, address, "From: <"+address+">\r\nTo: <"+address+">\r\nSubject: walk\r\n\r\nhello\r\n")
	if !strings.HasPrefix(got, "250 2.6.0 ") {
		return "smtp send: " + got
	}
	return ""
}

// dial connects with little patience where nothing will be said, and with much elsewhere.
func (w *world) dial(protocol, address string) (net.Conn, error) {
	w.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	w.Cleanup(func() { _ = conn.Close() })
	patience := 20 * time.Second
	if w.silent == protocol {
		patience = 200 * time.Millisecond
	}
	_ = conn.SetDeadline(time.Now().Add(patience))
	return conn, nil
}

// anyTime leaves out when a connection was reset: that may be seen while it opens, or right after.
func anyTime(problem string) string {
	for _, when := range []string{"connect: ", "tls: ", "greeting: "} {
		problem = strings.Replace(problem, when+"reset", "reset", 1)
	}
	return problem
}

// trouble is an error without the addresses in it.
func trouble(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "silence"
	}
	return err.Error()
}
