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
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// walk connects as the product would on a route, with what was written down, and returns what went
// wrong, one line for each mailbox: empty when all is well. It sends one message from the outbound
// mailbox to itself, where the route sends.
func (w *world) walk(id string) []string {
	w.Helper()
	if id == RouteGoogleCode {
		return w.walkBrowser(id)
	}
	var wrong []string
	written, way := w.Papers(), routeNamed(id)
	unreachable := w.reachAuthority()
	for _, box := range append([]Mailbox{written.Mailboxes.Outbound}, written.Mailboxes.Inbound...) {
		outbound := box == written.Mailboxes.Outbound
		protocol := way.reads
		if outbound {
			protocol = way.sends
		}
		if protocol == "" {
			continue
		}
		token, problem := "", unreachable
		if problem == "" {
			token, problem = w.tokenFor(way, protocol, box.Address)
		}
		if problem != "" {
			problem = "token: " + problem
		} else {
			problem = w.try(way, protocol, box, token, outbound)
		}
		if problem != "" {
			wrong = append(wrong, box.Address+" "+anyTime(problem))
		}
	}
	return wrong
}

func routeNamed(id string) route {
	list := routes()
	return list[slices.IndexFunc(list, func(r route) bool { return r.id == id })]
}

// try uses one mailbox: IMAP and SMTP by hand, the others by the program's own tests.
func (w *world) try(way route, protocol string, box Mailbox, token string, outbound bool) string {
	w.Helper()
	served := w.Papers().Endpoints
	switch protocol {
	case "smtp":
		return w.tryServer(box.Address, token, strings.HasPrefix(served.SMTP, "smtps://"))
	case "imap":
		return w.tryFolder(box, token)
	}
	attempt := probe.Attempt{Mailbox: providers.Address(box.Address), AppOnly: way.signIn == "app", Folder: box.Folder}
	if outbound {
		attempt.Recipient = attempt.Mailbox
	}
	server := map[string]string{"pop3": served.POP3, "graph": served.Graph, "ews": served.EWS}[protocol]
	result := w.test(protocol, server, attempt, token)
	for _, layer := range result.Layers {
		if layer.Outcome == providers.Failed && trouble(result.Failure) == "reset" {
			return protocol + " reset" // while TLS begins, or right before
		}
		if layer.Outcome == providers.Failed {
			return protocol + " " + string(layer.Layer) + ": " + strings.Replace(trouble(result.Failure), result.Server.Addr()+" ", "", 1)
		}
	}
	return ""
}

func (w *world) reachAuthority() string {
	conn, err := tls.Dial("tcp", w.ports.https, w.tls())
	if err != nil {
		return trouble(err)
	}
	_ = conn.Close()
	return ""
}

// tokenFor signs in as the route does, for one protocol.
func (w *world) tokenFor(way route, protocol, address string) (token, problem string) {
	w.Helper()
	scope := map[string]string{"smtp": smtpScope, "imap": imapScope, "pop3": popScope, "ews": ewsScope, "graph": graphScope}[protocol]
	var a answer
	switch way.signIn {
	case "app":
		resource, _, _ := strings.Cut(scope, " ")
		a = w.post(tokenPath, with(w.appForm(), "scope", resource[:strings.LastIndexByte(resource, '/')+1]+".default"))
	case "device":
		a = w.signIn(address, scope+" offline_access")
	default:
		a = w.signInByCode(address, scope)
	}
	if a.status != http.StatusOK {
		return "", a.word("error") + " " + a.word("error_description")
	}
	return a.word("access_token"), ""
}

// signInByCode is a sign-in in a browser, by the account's button. A refusal that stays on the page
// is the page's text.
func (w *world) signInByCode(account, scope string) answer {
	w.Helper()
	form := with(codeForm(scope+" offline_access"), "account", account, "action", "approve")
	back := w.browse(http.MethodPost, w.authority()+authorizePath, form)
	switch returned := back.returned(); {
	case returned == nil:
		_, said, _ := strings.Cut(htmlText(back.text), "AADSTS")
		return answer{status: back.status, json: map[string]any{"error": "page", "error_description": "AADSTS" + said}}
	case returned.Get("code") == "":
		return answer{status: http.StatusBadRequest, json: map[string]any{"error": returned.Get("error"), "error_description": returned.Get("error_description")}}
	default:
		return w.post(tokenPath, redeemForm(returned.Get("code")))
	}
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
