package steps

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// mailhost speaks IMAP over TLS and SMTP with STARTTLS over pipes, and refuses what a test
// tells it to.
type mailhost struct {
	certificate tls.Certificate
	caFile      string
	// refuse gives the answer to a command of a signed-in or signing-in user, empty to accept it:
	// "NO AUTHENTICATE failed." or "535 5.7.3 Authentication unsuccessful".
	refuse func(protocol, command, user string) string

	served sync.WaitGroup
	mu     sync.Mutex
	users  []string // who tried to sign in: "imap crm@contoso.example"
	sent   []string // MAIL and RCPT commands
}

func newMailhost(t *testing.T) *mailhost {
	t.Helper()
	m := &mailhost{certificate: hostCertificate(), caFile: filepath.Join(t.TempDir(), "ca.pem")}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: m.certificate.Certificate[0]})
	if err := os.WriteFile(m.caFile, block, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.served.Wait)
	return m
}

// hostCertificate signs itself; it is made once, because keys are costly.
var hostCertificate = sync.OnceValue(func() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example.test"}, DNSNames: []string{"mail.example.test"},
		NotBefore: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
})

func (m *mailhost) dial(_ context.Context, _, address string) (net.Conn, error) {
	client, server := net.Pipe()
	m.served.Go(func() {
		defer func() { _ = server.Close() }()
		if strings.HasSuffix(address, ":993") {
			m.imap(m.secured(server))
		} else {
			m.smtp(server)
		}
	})
	return client, nil
}

// secured turns tickets off: on a pipe without buffers they would wait for a reader.
func (m *mailhost) secured(conn net.Conn) net.Conn {
	return tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{m.certificate}, SessionTicketsDisabled: true})
}

func (m *mailhost) answer(protocol, command, user string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if command == "AUTHENTICATE" || command == "AUTH" {
		m.users = append(m.users, protocol+" "+user)
	}
	if m.refuse == nil {
		return ""
	}
	return m.refuse(protocol, command, user)
}

func (m *mailhost) signedIn() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return sortedCopy(m.users)
}

// userOf reads the user of an XOAUTH2 response.
func userOf(response string) string {
	raw, _ := base64.StdEncoding.DecodeString(response)
	user, _, _ := strings.Cut(strings.TrimPrefix(string(raw), "user="), "\x01")
	return user
}

func (m *mailhost) imap(conn net.Conn) {
	lines := bufio.NewReader(conn)
	say := func(format string, values ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", values...) }
	say("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR] ready")
	user := ""
	for {
		line, err := lines.ReadString('\n')
		words := strings.Fields(line)
		if err != nil || len(words) < 2 {
			return
		}
		tag, command := words[0], strings.ToUpper(words[1])
		if command == "AUTHENTICATE" {
			user = userOf(words[len(words)-1])
		}
		refusal := m.answer("imap", command, user)
		switch {
		case refusal != "":
			say("%s %s", tag, refusal)
		case command == "LOGOUT":
			return // the client does not wait for an answer
		case command == "EXAMINE":
			say("* 3 EXISTS")
			say("%s OK [READ-ONLY] done", tag)
		default:
			say("%s OK done", tag)
		}
	}
}

func (m *mailhost) smtp(conn net.Conn) {
	lines := bufio.NewReader(conn)
	say := func(text string) { _, _ = io.WriteString(conn, text+"\r\n") }
	say("220 mail.example.test ready")
	user := ""
	for {
		line, err := lines.ReadString('\n')
		words := strings.Fields(line)
		if err != nil || len(words) == 0 {
			return
		}
		command := strings.ToUpper(words[0])
		if command == "AUTH" && len(words) == 2 {
			say("334 ")
			response, _ := lines.ReadString('\n')
			words = append(words, strings.TrimSpace(response))
		}
		if command == "AUTH" {
			user = userOf(words[2])
		}
		refusal := m.answer("smtp", command, user)
		switch {
		case refusal != "":
			say(refusal)
		case command == "EHLO":
			say("250-mail.example.test\r\n250-STARTTLS\r\n250 AUTH XOAUTH2")
		case command == "STARTTLS":
			say("220 go")
			conn = m.secured(conn)
			lines = bufio.NewReader(conn)
		case command == "AUTH":
			say("235 2.7.0 accepted")
		case command == "MAIL", command == "RCPT":
			m.mu.Lock()
			m.sent = append(m.sent, strings.TrimSpace(line))
			m.mu.Unlock()
			say("250 2.1.0 fine")
		case command == "DATA":
			say("354 go on")
			for line != ".\r\n" && err == nil {
				line, err = lines.ReadString('\n')
			}
			say("250 2.6.0 queued")
		case command == "QUIT":
			return // the client does not wait for an answer
		default:
			say("500 what")
		}
	}
}
