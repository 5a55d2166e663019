package probe

import (
	"bytes"
	"context"
	"crypto/tls"

	"io"
	"log"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// Servers that nobody here wrote, on loopback.

// bearer accepts one token and no other.
type bearer struct {
	token   keychain.Secret
	welcome func() error
	refuse  error
}

// Next takes the client's response, which comes with the command or after an empty challenge.
func (b bearer) Next(response []byte) ([]byte, bool, error) {
	if response == nil {
		return []byte{}, false, nil
	}
	if !bytes.HasSuffix(response, []byte("\x01auth=Bearer "+b.token.Reveal()+"\x01\x01")) {
		return nil, true, b.refuse
	}
	return nil, true, b.welcome()
}

type imapSession struct {
	*imapmemserver.UserSession
	user  *imapmemserver.User
	token keychain.Secret
}

func (s *imapSession) AuthenticateMechanisms() []string { return []string{mechanism} }

func (s *imapSession) Authenticate(string) (sasl.Server, error) {
	return bearer{
		token:   s.token,
		welcome: func() error { s.UserSession = imapmemserver.NewUserSession(s.user); return nil },
		refuse:  &imap.Error{Type: imap.StatusResponseTypeNo, Text: "AUTHENTICATE failed."},
	}, nil
}

func (s *imapSession) Close() error {
	if s.UserSession == nil {
		return nil
	}
	return s.UserSession.Close()
}

func (s *imapSession) Login(string, string) error { return imapserver.ErrAuthFailed }

// serveIMAP starts an IMAP server with two messages in INBOX.
func serveIMAP(t testing.TB, token keychain.Secret, implicit bool) providers.Server {
	t.Helper()
	user := imapmemserver.NewUser("crm@contoso.example", "")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := user.Append("INBOX", literal{strings.NewReader("Message-ID: <known@contoso.example>\r\nSubject: x\r\n\r\nx\r\n")}, &imap.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &imapSession{user: user, token: token}, nil, nil
		},
		Caps:      imap.CapSet{imap.CapIMAP4rev1: {}},
		TLSConfig: serverTLS(goodCertificate()),
		Logger:    log.New(io.Discard, "", 0),
	})
	listener := listen(t, implicit)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return serverAt("imap", listener.Addr(), implicit)
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// outbox keeps what an SMTP server was given.
type outbox struct {
	token keychain.Secret
	mutex sync.Mutex
	mails [][]byte
}

func (o *outbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &smtpSession{outbox: o}, nil }

type smtpSession struct {
	outbox *outbox
	in     bool
}

func (s *smtpSession) AuthMechanisms() []string { return []string{"LOGIN", mechanism} }

func (s *smtpSession) Auth(string) (sasl.Server, error) {
	return bearer{token: s.outbox.token, welcome: func() error { s.in = true; return nil },
		refuse: &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 3}, Message: "Authentication unsuccessful"}}, nil
}

func (s *smtpSession) Mail(string, *smtp.MailOptions) error {
	if !s.in {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 57}, Message: "Client not authenticated"}
	}
	return nil
}

func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	return nil
}

func (s *smtpSession) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.outbox.mutex.Lock()
	defer s.outbox.mutex.Unlock()
	s.outbox.mails = append(s.outbox.mails, text)
	return err
}

func (s *smtpSession) Reset()        {}
func (s *smtpSession) Logout() error { return nil }

func serveSMTP(t testing.TB, token keychain.Secret, implicit bool) (providers.Server, *outbox) {
	t.Helper()
	box := &outbox{token: token}
	server := smtp.NewServer(box)
	server.Domain, server.MaxLineLength, server.EnableSMTPUTF8 = "mail.example.test", 16384, true
	server.TLSConfig = serverTLS(goodCertificate())
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener := listen(t, implicit)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return serverAt("smtp", listener.Addr(), implicit), box
}

func listen(t testing.TB, implicit bool) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if implicit {
		listener = tls.NewListener(listener, serverTLS(goodCertificate()))
	}
	return listener
}

func serverAt(protocol string, address net.Addr, implicit bool) providers.Server {
	url := protocol + "://" + address.String()
	if implicit {
		url = protocol + "s://" + address.String()
	}
	return must(providers.ParseServer(protocol, url))
}

// flights dials and counts a client's flights.
func flights(count *stage) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &flightCounter{Conn: conn, stage: count, reading: true}, err
	}
}

func TestServersOfOthers(t *testing.T) {
	t.Parallel()
	short, real, huge := testToken(200), testToken(2166), testToken(5000)
	cases := []struct {
		name     string
		protocol string
		implicit bool
		token    keychain.Secret
		edit     func(*Attempt)
		failed   providers.Layer
		says     string
		flights  int // goodbye included; 0: not counted
	}{
		{name: "IMAP", protocol: "imap", implicit: true, token: real, flights: 5},
		{name: "IMAP with STARTTLS", protocol: "imap", token: real},
		{name: "IMAP with a long token", protocol: "imap", implicit: true, token: testToken(2900)},
		{name: "IMAP with another token", protocol: "imap", implicit: true, token: real, edit: func(a *Attempt) { a.Token = huge }, failed: providers.LayerSASL},
		{name: "IMAP, folder missing", protocol: "imap", implicit: true, token: real, edit: func(a *Attempt) { a.Folder = "Nowhere" }, failed: providers.LayerMailbox, says: "NO [NONEXISTENT] No such mailbox"},
		{name: "SMTP, short token", protocol: "smtp", token: short, says: "nothing sent", flights: 6},
		{name: "SMTP", protocol: "smtp", token: real, says: "nothing sent", flights: 7},
		{name: "SMTP with implicit TLS", protocol: "smtp", implicit: true, token: real, says: "nothing sent", flights: 6},
		{name: "SMTP with a long token", protocol: "smtp", token: huge, says: "nothing sent"},
		{name: "SMTP with another token", protocol: "smtp", token: real, edit: func(a *Attempt) { a.Token = huge }, failed: providers.LayerSASL, says: "535 5.7.3 Authentication unsuccessful"},
		{name: "SMTP with a message", protocol: "smtp", token: real, edit: send, says: "accepted: 2.0.0", flights: 9},
		{name: "SMTP with implicit TLS and a message", protocol: "smtp", implicit: true, token: real, edit: send, says: "accepted: 2.0.0", flights: 8},
		{name: "SMTP, recipient missing", protocol: "smtp", token: real, edit: func(a *Attempt) { a.Recipient = "nobody@contoso.example" }, failed: providers.LayerSend, says: "550 5.1.1"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			attempt := Attempt{Mailbox: "crm@contoso.example", Token: tc.token}
			box := new(outbox)
			if tc.protocol == "imap" {
				attempt.Server = serveIMAP(t, tc.token, tc.implicit)
			} else {
				attempt.Server, box = serveSMTP(t, tc.token, tc.implicit)
			}
			if tc.edit != nil {
				tc.edit(&attempt)
			}
			var counted stage
			var trace transcript
			result := Prober{Dial: flights(&counted), Endpoints: providers.Endpoints{Roots: testAuthority().pool}, Patience: testPatience, Trace: trace.add}.Run(t.Context(), attempt)
			checkShape(t, result)
			checkSecrecy(t, result, trace.text(), attempt)
			failed, detail := failedLayer(result)
			if failed != tc.failed || !strings.Contains(detail, tc.says) {
				t.Errorf("failed at %q saying %q, want %q saying %q\n%s\n%s", failed, detail, tc.failed, tc.says, show(result), trace.text())
			}
			if tc.flights != 0 && counted.writes != tc.flights {
				t.Errorf("%d flights, want %d\n%s", counted.writes, tc.flights, trace.text())
			}
			if tc.protocol == "imap" && tc.failed == "" && result.Messages != 2 {
				t.Errorf("%d messages, want 2", result.Messages)
			}
			if sent := tc.failed == "" && attempt.Recipient != ""; sent != (len(box.mails) == 1) {
				t.Errorf("%d mails arrived", len(box.mails))
			}
			for _, text := range box.mails {
				checkMail(t, text, attempt, detail)
			}
		})
	}
}

func checkMail(t *testing.T, text []byte, attempt Attempt, detail string) {
	t.Helper()
	got, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"From": "<" + string(attempt.Mailbox) + ">", "To": "<" + string(attempt.Recipient) + ">",
		"Subject": "Mailgrant connection test", "Auto-Submitted": "auto-generated", "Mime-Version": "1.0",
	} {
		if got.Header.Get(header) != want {
			t.Errorf("%s is %q, want %q", header, got.Header.Get(header), want)
		}
	}
	if id := got.Header.Get("Message-Id"); id == "" || !strings.Contains(detail, id) {
		t.Errorf("detail %q does not name the message %q", detail, id)
	}
	if _, err := got.Header.Date(); err != nil {
		t.Error(err)
	}
}

func TestOneProberMakesManyTestsAtOnce(t *testing.T) {
	t.Parallel()
	token := testToken(2166)
	imapServer := serveIMAP(t, token, true)
	smtpServer, _ := serveSMTP(t, token, false)
	var trace transcript
	prober := Prober{Endpoints: providers.Endpoints{Roots: testAuthority().pool}, Patience: testPatience, Trace: trace.add}
	var group sync.WaitGroup
	for n := range 16 {
		server := imapServer
		if n%2 == 0 {
			server = smtpServer
		}
		group.Go(func() {
			result := prober.Run(t.Context(), Attempt{Server: server, Mailbox: "crm@contoso.example", Token: token})
			if result.Outcome != providers.Passed {
				t.Error(show(result))
			}
		})
	}
	group.Wait()
}

func BenchmarkIMAP(b *testing.B) {
	token := testToken(2166)
	benchmark(b, Attempt{Server: serveIMAP(b, token, true), Mailbox: "crm@contoso.example", Token: token})
}

func BenchmarkSMTP(b *testing.B) {
	token := testToken(2166)
	server, _ := serveSMTP(b, token, false)
	benchmark(b, Attempt{Server: server, Mailbox: "crm@contoso.example", Token: token})
}

func benchmark(b *testing.B, attempt Attempt) {
	prober := Prober{Endpoints: providers.Endpoints{Roots: testAuthority().pool}}
	b.ReportAllocs()
	for b.Loop() {
		if result := prober.Run(b.Context(), attempt); result.Outcome != providers.Passed {
			b.Fatal(show(result))
		}
	}
}
