package tui

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"sync"
)

// mailServer is as much of an IMAP and an SMTP server as a test of a mailbox talks to. It lives
// on loopback for one connection.
type mailServer struct {
	tls     *tls.Config
	mu      sync.Mutex
	refused map[string]bool // mailboxes that no app may open
	dialled int
}

func (s *mailServer) refuse(mailbox string, yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[mailbox] = yes
}

func (s *mailServer) refuses(mailbox string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused[mailbox]
}

func (s *mailServer) dials() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dialled
}

func (s *mailServer) dial(_ context.Context, _, address string) (net.Conn, error) {
	s.mu.Lock()
	s.dialled++
	s.mu.Unlock()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() {
		theirs, err := listener.Accept()
		listener.Close()
		if err != nil {
			return
		}
		defer theirs.Close()
		if strings.HasSuffix(address, ":993") {
			s.imap(tls.Server(theirs, s.tls))
			return
		}
		s.smtp(theirs)
	}()
	return net.Dial("tcp", listener.Addr().String())
}

// line reads one line without its end; false when the client has gone.
func line(in *bufio.Reader) (string, bool) {
	text, err := in.ReadString('\n')
	return strings.TrimRight(text, "\r\n"), err == nil
}

func (s *mailServer) imap(conn net.Conn) {
	in := bufio.NewReader(conn)
	fmt.Fprint(conn, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n")
	mailbox := ""
	for {
		text, ok := line(in)
		if !ok {
			return
		}
		tag, rest, _ := strings.Cut(text, " ")
		verb, args, _ := strings.Cut(rest, " ")
		switch strings.ToUpper(verb) {
		case "AUTHENTICATE":
			_, blob, _ := strings.Cut(args, " ")
			mailbox = user(blob)
			if s.refuses(mailbox) {
				fmt.Fprintf(conn, "%s NO AUTHENTICATE failed.\r\n", tag)
				continue
			}
			fmt.Fprintf(conn, "%s OK AUTHENTICATE completed.\r\n", tag)
		case "EXAMINE":
			fmt.Fprintf(conn, "* 12 EXISTS\r\n* 0 RECENT\r\n%s OK [READ-ONLY] EXAMINE completed.\r\n", tag)
		case "LOGOUT":
			fmt.Fprintf(conn, "* BYE\r\n%s OK LOGOUT completed.\r\n", tag)
			return
		default:
			fmt.Fprintf(conn, "%s OK done\r\n", tag)
		}
	}
}

func (s *mailServer) smtp(conn net.Conn) {
	in := bufio.NewReader(conn)
	fmt.Fprint(conn, "220 smtp.example.com ready\r\n")
	for {
		text, ok := line(in)
		if !ok {
			return
		}
		verb, args, _ := strings.Cut(text, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			fmt.Fprint(conn, "250-smtp.example.com\r\n250-STARTTLS\r\n250-AUTH XOAUTH2\r\n250 8BITMIME\r\n")
		case "STARTTLS":
			fmt.Fprint(conn, "220 go ahead\r\n")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewReader(conn)
		case "AUTH":
			_, blob, initial := strings.Cut(args, " ")
			if !initial {
				fmt.Fprint(conn, "334 \r\n")
				if blob, ok = line(in); !ok {
					return
				}
			}
			if s.refuses(user(blob)) {
				fmt.Fprint(conn, "535 5.7.3 Authentication unsuccessful\r\n")
				continue
			}
			fmt.Fprint(conn, "235 2.7.0 Authentication successful\r\n")
		case "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		default:
			fmt.Fprint(conn, "250 ok\r\n")
		}
	}
}

// user reads the mailbox out of an XOAUTH2 string.
func user(blob string) string {
	text, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(blob))
	first, _, _ := strings.Cut(string(text), "\x01")
	return strings.TrimPrefix(first, "user=")
}
